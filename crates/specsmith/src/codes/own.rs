//! The codes that the command itself raises.

use specsmith_diagnostics::{Code, CodeInfo, Level};

const fn code(name: &'static str, level: Level, summary: &'static str) -> CodeInfo {
    CodeInfo {
        code: Code(name),
        level,
        summary,
        explanation: "",
    }
}

/// The codes of lints, of the configuration and of limits.
pub(super) const CODES: &[CodeInfo] = &[
    code(
        "config/ambiguous-operation",
        Level::Deny,
        "the names in a file fit several operations equally well",
    ),
    code(
        "config/invalid-value",
        Level::Deny,
        "a setting has a value that it cannot have",
    ),
    code(
        "config/mixed-operations",
        Level::Deny,
        "the records of a file are for different operations",
    ),
    code("config/no-input", Level::Deny, "there is no file to check"),
    code(
        "config/no-operation",
        Level::Deny,
        "no operation knows any name in a file",
    ),
    code(
        "config/spec-as-payload",
        Level::Deny,
        "an OpenAPI document was given as a payload",
    ),
    code(
        "config/stale-baseline",
        Level::Warn,
        "the baseline lists findings that no longer occur",
    ),
    code(
        "config/syntax",
        Level::Deny,
        "a configuration file or a baseline is not written as it should be",
    ),
    code(
        "config/unknown-key",
        Level::Deny,
        "the configuration has a key that means nothing",
    ),
    code(
        "config/unread-target",
        Level::Deny,
        "what payloads would be held against could not be read whole",
    ),
    code(
        "config/unknown-operation",
        Level::Deny,
        "there is no operation or schema of the name asked for",
    ),
    code(
        "config/unreadable-file",
        Level::Deny,
        "a file could not be read",
    ),
    code(
        "lint/attribute-shadows-field",
        Level::Warn,
        "an attribute is named like a field of the specification",
    ),
    code(
        "lint/blank-value",
        Level::Warn,
        "an id or a name consists of white space",
    ),
    code(
        "lint/duplicate-attribute",
        Level::Warn,
        "two attributes of one list have the same name",
    ),
    code(
        "lint/duplicate-id",
        Level::Warn,
        "two records have the same id",
    ),
    code(
        "lint/incomplete-attribute",
        Level::Warn,
        "an attribute has no name, an empty one, or no value",
    ),
    code(
        "lint/missing-items",
        Level::Deny,
        "a batch does not hold the list that it is there for",
    ),
];
