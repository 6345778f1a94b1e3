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
