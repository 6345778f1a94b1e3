//! Trees back to text, numbers as they were written.

use std::fmt::{self, Write};

use crate::{Node, Value};

/// The text without white space.
pub fn compact(node: &Node) -> String {
    let mut text = String::new();
    write_node(&mut text, node, None);
    text
}

/// The text with one item or property a line, indented by two spaces a level, and a last line
/// break.
pub fn pretty(node: &Node) -> String {
    let mut text = String::new();
    write_node(&mut text, node, Some(0));
    text.push('\n');
    text
}

/// Appends `value` as a JSON string, in quotes; escapes what must be escaped and nothing else.
pub fn push_string(text: &mut String, value: &str) {
    text.push('"');
    let mut rest = value;
    while let Some(at) = rest.find(|c: char| matches!(c, '"' | '\\' | '\0'..='\x1f')) {
        let (plain, special) = rest.split_at(at);
        text.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('"') => text.push_str("\\\""),
            Some('\\') => text.push_str("\\\\"),
            Some('\n') => text.push_str("\\n"),
            Some('\r') => text.push_str("\\r"),
            Some('\t') => text.push_str("\\t"),
            Some('\u{8}') => text.push_str("\\b"),
            Some('\u{c}') => text.push_str("\\f"),
            Some(other) => {
                write!(text, "\\u{:04x}", u32::from(other)).expect("a String takes all text");
            }
            None => {}
        }
        rest = chars.as_str();
    }
    text.push_str(rest);
    text.push('"');
}

/// `level` is how far to indent, or none for no white space at all.
fn write_node(text: &mut String, node: &Node, level: Option<usize>) {
    let inner = level.map(|level| level + 1);
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Boolean(true) => text.push_str("true"),
        Value::Boolean(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(number.as_str()),
        Value::String(value) => push_string(text, value),
        Value::Array(items) if items.is_empty() => text.push_str("[]"),
        Value::Object(object) if object.is_empty() => text.push_str("{}"),
        Value::Array(items) => {
            let mut before = '[';
            for item in items {
                text.push(before);
                before = ',';
                new_line(text, inner);
                write_node(text, item, inner);
            }
            new_line(text, level);
            text.push(']');
        }
        Value::Object(object) => {
            let mut before = '{';
            for member in object {
                text.push(before);
                before = ',';
                new_line(text, inner);
                push_string(text, &member.key);
                text.push_str(if level.is_some() { ": " } else { ":" });
                write_node(text, &member.node, inner);
            }
            new_line(text, level);
            text.push('}');
        }
    }
}

fn new_line(text: &mut String, level: Option<usize>) {
    if let Some(level) = level {
        text.push('\n');
        text.extend(std::iter::repeat_n("  ", level));
    }
}

impl fmt::Display for Node {
    /// Compact JSON text; with `{:#}` one item or property a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            f.write_str(pretty(self).trim_end_matches('\n'))
        } else {
            f.write_str(&compact(self))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, read};

    #[test]
    fn both_forms() {
        let text = r#"{"a":[1.0,{},[]],"b\n\u0001":"é\"\\/","c":{"d":null,"e":[true,-0]}}"#;
        let node = read(text.as_bytes(), &Limits::default())
            .root
            .expect("well-formed");
        assert_eq!(node.to_string(), text);
        let pretty = format!("{node:#}");
        assert!(
            pretty.starts_with("{\n  \"a\": [\n    1.0,\n    {},\n    []\n  ],\n"),
            "{pretty}"
        );
        let again = read(pretty.as_bytes(), &Limits::default())
            .root
            .expect("well-formed");
        assert!(again.same_value(&node));
    }
}
