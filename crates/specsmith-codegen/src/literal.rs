//! Literals: values of the specification as JSON text and as names.

use std::fmt::Write as _;

use specsmith_ir::Literal;

/// The value as JSON text, numbers in canonical form.
pub(crate) fn json(literal: &Literal) -> String {
    let mut out = String::new();
    write_json(literal, &mut out);
    out
}

/// What a variant for the value is named after.
pub(crate) fn name(literal: &Literal) -> String {
    match literal {
        Literal::Null => "Null".to_owned(),
        Literal::Boolean(true) => "True".to_owned(),
        Literal::Boolean(false) => "False".to_owned(),
        Literal::Number(number) => number.to_string(),
        Literal::String(text) => text.clone(),
        Literal::List(_) | Literal::Record(_) => json(literal),
    }
}

/// Text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_text(text, &mut out);
    out
}

fn write_json(literal: &Literal, out: &mut String) {
    match literal {
        Literal::Null => out.push_str("null"),
        Literal::Boolean(true) => out.push_str("true"),
        Literal::Boolean(false) => out.push_str("false"),
        Literal::Number(number) => out.push_str(number.as_str()),
        Literal::String(text) => write_text(text, out),
        Literal::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(item, out);
            }
            out.push(']');
        }
        Literal::Record(members) => {
            out.push('{');
            for (index, (key, value)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write_json(value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
