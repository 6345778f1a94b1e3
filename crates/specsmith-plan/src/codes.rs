//! The codes that this crate raises itself; those of broken JSON and broken rules come from
//! `specsmith-json` and `specsmith-rules`.

use specsmith_diagnostics::{Code, CodeInfo, Level};

pub(crate) const UNKNOWN_PROPERTY: &str = "lint/unknown-property";
pub(crate) const PARTIAL_PATTERN: &str = "lint/partial-pattern";
pub(crate) const DUPLICATE_KEY: &str = "json/duplicate-key";
pub(crate) const BYTE_ORDER_MARK: &str = "json/byte-order-mark";
pub(crate) const RECORD_LIMIT: &str = "limit/record";

/// What is written about each code that this crate raises.
pub const CODES: &[CodeInfo] = &[
    CodeInfo {
        code: Code(RECORD_LIMIT),
        level: Level::Deny,
        summary: "a record is longer than the limit",
        explanation: "A record is read into memory whole before it is judged, so its length is \
                      limited. A longer one is skipped and counted as invalid; the records after \
                      it are judged as ever.",
    },
    CodeInfo {
        code: Code(PARTIAL_PATTERN),
        level: Level::Warn,
        summary: "only a part of a value matches its pattern",
        explanation: "A pattern without `^` and `$` is satisfied by any value that holds a match \
                      somewhere, so `%%a%%` satisfies `[a-z]+`. The value is valid as the \
                      specification is written, and probably not as it is meant.",
    },
    CodeInfo {
        code: Code(UNKNOWN_PROPERTY),
        level: Level::Warn,
        summary: "a property that the specification does not know",
        explanation: "The specification allows other properties and says nothing about this one, \
                      so the receiver drops it in silence. A misspelt name looks just like that.",
    },
];
