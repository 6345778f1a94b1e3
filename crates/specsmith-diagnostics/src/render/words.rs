//! Words fit for one line of a terminal or a log: nothing moves the cursor, nothing is endless.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::{Finding, Level, visible};

/// How many code points of a message, a help or a name are shown.
const WIDTH: usize = 400;

/// The text on one line: characters that move the cursor or turn the direction are replaced, and
/// what is longer than 400 code points is cut.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    // All bytes are looked at, since many are at once.
    let plain = |all: bool, byte: u8| all & (b' '..0x7f).contains(&byte);
    if text.len() <= WIDTH && text.bytes().fold(true, plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len().min(WIDTH));
    for (index, character) in text.chars().enumerate() {
        if index == WIDTH {
            out.push('…');
            break;
        }
        out.push(visible(character));
    }
    Cow::Owned(out)
}

/// Lines for a log, which GitHub's runner takes for commands by `::` at the head of one or `##[` anywhere.
/// At the head stands nothing that others have named but a file, which has the same place by `./`.
pub fn no_commands(text: &str) -> Cow<'_, str> {
    if !has_twice(text, b'#') && !has_twice(text, b':') {
        return Cow::Borrowed(text);
    }
    let begins = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !text.lines().any(begins) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let head = if begins(line) { "./" } else { "" };
        format!("{head}{}", line.replace("##[", "## ["))
    });
    Cow::Owned(lines.collect())
}

/// Whether a byte follows itself anywhere. All are looked at, since many are at once.
fn has_twice(text: &str, byte: u8) -> bool {
    let ones = text.as_bytes();
    let nexts = ones.get(1..).unwrap_or_default();
    ones.iter().zip(nexts).fold(false, |any, (one, next)| {
        any | ((*one == byte) & (*next == byte))
    })
}

/// The same of a text that is done.
pub(super) fn harmless(text: String) -> String {
    match no_commands(&text) {
        Cow::Owned(harmless) => harmless,
        Cow::Borrowed(_) => text,
    }
}

/// The word that people know for a level.
pub(super) fn word(level: Level) -> &'static str {
    match level {
        Level::Allow => "note",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

/// Writes `file:line:column`.
pub(super) fn put_location(out: &mut String, file: &str, line: u64, column: u64) {
    out.push_str(&one_line(file));
    // Writing to a `String` cannot fail.
    let _ = write!(out, ":{line}:{column}");
}

/// Which item or line a finding is in, and the value's pointer: `record 3, /items/3/platform`; with
/// the record's id where that may be shown: `record 3, id agent-7, /items/3/platform`.
pub(super) fn whereabouts(finding: &Finding) -> Option<String> {
    let pointer = finding.pointer.as_deref().filter(|it| !it.is_empty());
    let pointer = pointer.map(one_line);
    let Some(record) = &finding.record else {
        return pointer.map(Cow::into_owned);
    };
    let mut out = format!("record {}", record.index);
    if let Some(id) = &record.id {
        out.extend([", id ", &one_line(id)]);
    }
    if let Some(pointer) = pointer {
        out.extend([", ", &pointer]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_log_is_a_command() {
        let check = |text: &str, expected: &str| assert_eq!(no_commands(text), expected);
        check("a::b: c\nd # [e]\n", "a::b: c\nd # [e]\n");
        check("a\n ::error ::b.json:1:1\n", "a\n./ ::error ::b.json:1:1\n");
        check("a ###[error]b\n##[c", "a ### [error]b\n## [c");
    }
}
