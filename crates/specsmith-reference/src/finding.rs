//! What can keep a specification from being judged by.

use std::sync::Arc;

use specsmith_diagnostics::{Code, CodeInfo, Finding, Level, Sources, Span, SpecPlace};

/// Why a reference means nothing. The codes are those of reading the documents, where
/// `specsmith-source` says the same of every reference; here it is said of those reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal(Code, &'static str);

/// It is not written as a reference.
pub(crate) const NO_REFERENCE: Refusal =
    Refusal(Code("spec/invalid-reference"), "this is no reference");

/// Nothing is there.
pub(crate) const NO_TARGET: Refusal = Refusal(
    Code("spec/missing-target"),
    "the reference leads to nothing",
);

const INVALID_PATTERN: Code = Code("spec/invalid-pattern");
const UNUSABLE_SCHEMA: Code = Code("spec/unusable-schema");
const UNKNOWN_TARGET: Code = Code("spec/unknown-target");

/// Every code that building a [`Reference`](crate::Reference) can raise, besides those of reading
/// the documents.
pub const CODES: &[CodeInfo] = &[
    CodeInfo {
        code: INVALID_PATTERN,
        level: Level::Deny,
        summary: "a pattern is no regular expression that can be run",
        explanation: "Patterns are regular expressions of ECMA-262, as JavaScript has them. \
            Nothing can be judged by a pattern that cannot be run.",
    },
    CodeInfo {
        code: UNKNOWN_TARGET,
        level: Level::Deny,
        summary: "there is no such schema or operation in the specification",
        explanation: "Payloads are judged by a schema under `components.schemas`, or by what an \
            operation sends or receives as JSON. Names are matched exactly.",
    },
    CodeInfo {
        code: UNUSABLE_SCHEMA,
        level: Level::Deny,
        summary: "the reference engine cannot use a schema",
        explanation: "The `jsonschema` crate refused a schema that was made from the \
            specification; its own words are in the message.",
    },
];

/// A reference that leads nowhere.
pub(crate) fn refused(why: Refusal, span: Span, pointer: &str, sources: &Sources) -> Finding {
    let Refusal(code, message) = why;
    placed(
        Finding::new(code, Level::Deny, message),
        span,
        pointer,
        sources,
    )
}

/// A pattern that cannot be run.
pub(crate) fn invalid_pattern(span: Span, pointer: &str, sources: &Sources) -> Finding {
    let message = "the pattern is no regular expression that can be run";
    placed(
        Finding::new(INVALID_PATTERN, Level::Deny, message),
        span,
        pointer,
        sources,
    )
}

/// Something asked for that the specification does not have.
pub(crate) fn unknown_target(what: &str) -> Finding {
    let message = format!("the specification has no {what}");
    Finding::new(UNKNOWN_TARGET, Level::Deny, message)
}

/// What the crate says that no other finding here says.
pub(crate) fn unusable_schema(words: &str) -> Finding {
    let words: String = words.chars().take(200).collect();
    let message = format!("a schema made from the specification cannot be used: {words}");
    Finding::new(UNUSABLE_SCHEMA, Level::Deny, message)
}

fn placed(finding: Finding, span: Span, pointer: &str, sources: &Sources) -> Finding {
    let source = sources.get(span.source);
    let (line, column) = source.line_column(span.start);
    let mut finding = finding.at(sources, span);
    finding.pointer = Some(pointer.to_owned());
    finding.spec = Some(Arc::new(SpecPlace {
        file: source.name().to_owned(),
        line,
        column,
        pointer: pointer.to_owned(),
        built_in: false,
    }));
    finding
}
