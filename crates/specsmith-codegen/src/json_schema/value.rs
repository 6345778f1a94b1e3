//! JSON text in the order in which it was put together.

use specsmith_ir::Literal;

use crate::literal::{json, quoted};

/// A JSON value to be written.
pub(super) enum Value {
    Text(String),
    List(Vec<Value>),
    Record(Vec<(String, Value)>),
}

impl Value {
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members: &[(String, Value)] = match self {
            Self::Record(members) => members,
            Self::Text(_) | Self::List(_) => &[],
        };
        members.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(super) fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        match self {
            Self::Text(text) => out.push_str(text),
            Self::List(items) if items.iter().all(|it| matches!(it, Self::Text(_))) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    item.write(out, depth);
                }
                out.push(']');
            }
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ",\n" } else { "\n" });
                    out.push_str(&format!("{indent}  "));
                    item.write(out, depth + 1);
                }
                out.push_str(&format!("\n{indent}]"));
            }
            Self::Record(members) if members.is_empty() => out.push_str("{}"),
            Self::Record(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index > 0 { ",\n" } else { "\n" });
                    out.push_str(&format!("{indent}  {}: ", quoted(key)));
                    value.write(out, depth + 1);
                }
                out.push_str(&format!("\n{indent}}}"));
            }
        }
    }
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(quoted(text))
}

pub(super) fn literal(value: &Literal) -> Value {
    Value::Text(json(value))
}
