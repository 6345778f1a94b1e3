//! Instances as JSON text, in more than one hand.

use specsmith_ir::Literal;

/// How an instance is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without a space.
    Compact,
    /// A space behind each comma and colon.
    Spaced,
    /// One member or item a line, two spaces deeper each time.
    Pretty,
    /// Every character beyond ASCII escaped.
    Escaped,
}

/// The instance as JSON text, without a line break at its end.
pub fn write(value: &Literal, style: Style) -> String {
    let mut out = String::new();
    put(value, style, 0, &mut out);
    out
}

fn put(value: &Literal, style: Style, depth: usize, out: &mut String) {
    match value {
        Literal::Null => out.push_str("null"),
        Literal::Boolean(true) => out.push_str("true"),
        Literal::Boolean(false) => out.push_str("false"),
        Literal::Number(number) => out.push_str(number.as_str()),
        Literal::String(text) => put_string(text, style, out),
        Literal::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, style, depth + 1, out);
                put(item, style, depth + 1, out);
            }
            close(items.is_empty(), style, depth, out);
            out.push(']');
        }
        Literal::Record(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                separate(index, style, depth + 1, out);
                put_string(name, style, out);
                out.push_str(match style {
                    Style::Compact | Style::Escaped => ":",
                    Style::Spaced | Style::Pretty => ": ",
                });
                put(value, style, depth + 1, out);
            }
            close(members.is_empty(), style, depth, out);
            out.push('}');
        }
    }
}

fn separate(index: usize, style: Style, depth: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    match style {
        Style::Compact | Style::Escaped => {}
        Style::Spaced if index > 0 => out.push(' '),
        Style::Spaced => {}
        Style::Pretty => new_line(depth, out),
    }
}

fn close(empty: bool, style: Style, depth: usize, out: &mut String) {
    if style == Style::Pretty && !empty {
        new_line(depth, out);
    }
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

fn put_string(text: &str, style: Style, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            it if u32::from(it) < 0x20 => put_escape(it, out),
            it if style == Style::Escaped && !it.is_ascii() => put_escape(it, out),
            it => out.push(it),
        }
    }
    out.push('"');
}

fn put_escape(character: char, out: &mut String) {
    let mut units = [0; 2];
    for unit in character.encode_utf16(&mut units) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}
