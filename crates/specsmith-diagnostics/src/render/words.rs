//! Words fit for one line of a terminal or a log: nothing moves the cursor, nothing is endless.

use std::borrow::Cow;

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

/// `file:line:column`, as far as it is known.
pub(super) fn place(finding: &Finding) -> Option<String> {
    let location = finding.location.as_ref()?;
    Some(format!(
        "{}:{}:{}",
        one_line(&location.file),
        location.line,
        location.column
    ))
}

/// Which item or line a finding is in, and the value's pointer: `record 3, /items/3/platform`; with
/// the record's id where that may be shown: `record 3, id agent-7, /items/3/platform`.
pub(super) fn whereabouts(finding: &Finding) -> Option<String> {
    let record = finding.record.as_ref().map(|record| match &record.id {
        Some(id) => format!("record {}, id {}", record.index, one_line(id)),
        None => format!("record {}", record.index),
    });
    let pointer = finding.pointer.as_deref().filter(|it| !it.is_empty());
    match (record, pointer.map(one_line)) {
        (None, pointer) => pointer.map(Cow::into_owned),
        (record, None) => record,
        (Some(record), Some(pointer)) => Some(format!("{record}, {pointer}")),
    }
}
