//! One list of findings with names and texts that no format may trip over.

use std::sync::Arc;

use super::{Base, Report};
use crate::{
    Checked, Code, CodeInfo, Excerpt, Finding, Level, Location, Record, Related, SpecPlace,
    Suggestion, Summary,
};

/// What renderers are tested on: line breaks, `%`, `::`, markup, control and direction characters,
/// what opens and never closes, 10 MB, and a plain finding with everything that a finding can have.
pub(super) fn nasty() -> Vec<Finding> {
    let place = |file: &str, line: u64, column: u64, width: u64| Location {
        file: file.into(),
        line,
        column,
        end_line: line,
        end_column: column + width,
        byte_start: 100 * line + column,
        byte_end: 100 * line + column + width,
    };
    let plain = Finding {
        code: Code("schema/max-length"),
        level: Level::Deny,
        message: "`phoneNumber` is 40 characters long, the limit is 32".to_owned(),
        help: Some("send 32 characters or less".to_owned()),
        location: Some(place("./payloads/customer.json", 6, 18, 42)),
        excerpt: Some(Excerpt {
            line: 6,
            text: "  \"phoneNumber\": \"…\",".to_owned(),
            start: 17,
            end: 20,
        }),
        pointer: Some("/items/1/phoneNumber".to_owned()),
        record: Some(Record {
            index: 1,
            line: 4,
            id: None,
        }),
        operation: Some("manyCustomerMetadata".into()),
        spec: Some(Arc::new(SpecPlace {
            file: "specs/customer.yaml".to_owned(),
            line: 120,
            column: 11,
            pointer: "/components/schemas/CustomerMetadata/properties/phoneNumber/maxLength"
                .to_owned(),
            built_in: false,
        })),
        suggestion: None,
        related: Vec::new(),
    };
    let joined = Finding {
        code: Code("schema/required"),
        message: "`externalConversationId` is required".to_owned(),
        help: Some("did you mean that by `externlConversationId`?".to_owned()),
        record: Some(Record {
            index: 1,
            line: 4,
            id: Some("a\n::%\u{202e}<b>".to_owned()),
        }),
        location: Some(place("dir with space/a,b:c%d::e.json", 12, 3, 23)),
        excerpt: Some(Excerpt {
            line: 12,
            text: "🙂   \"externlConversationId\": \"…\"".to_owned(),
            start: 4,
            end: 27,
        }),
        suggestion: Some(Suggestion {
            replacement: "\"externalConversationId\"".to_owned(),
            byte_start: 1203,
            byte_end: 1226,
        }),
        related: vec![Related {
            message: "the item that lacks it".to_owned(),
            location: place("dir with space/a,b:c%d::e.json", 11, 1, 1),
        }],
        ..plain.clone()
    };
    let markup = Finding {
        code: Code("lint/unknown-property"),
        level: Level::Warn,
        message: "<script>alert('1')</script> ]]> & \"quoted\" `code` | *b*".to_owned(),
        help: None,
        location: Some(place("-", 1, 1, 1)),
        excerpt: None,
        pointer: Some(String::new()),
        record: None,
        operation: None,
        spec: None,
        suggestion: None,
        related: Vec::new(),
    };
    let controls = Finding {
        message:
            "one\r\n::error::two\u{1b}[31m three\0 \u{202e}four\u{2066} %0A ##[error] \u{ffff}"
                .to_owned(),
        location: Some(place("line\nbreak\u{202e}.json", 1, 1, 0)),
        pointer: Some("/a\n::b/\u{0}".to_owned()),
        ..markup.clone()
    };
    let every_control = Finding {
        message: ('\0'..='\u{9f}').filter(|it| it.is_control()).collect(),
        help: Some(
            "\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{2066}\
             \u{2067}\u{2068}\u{2069}\u{feff}\u{fffe}"
                .to_owned(),
        ),
        ..markup.clone()
    };
    let unpaired = Finding {
        message: "\" ' ` [ { ( < <!-- <![CDATA[ /* ${x $(y {0} {{1} [a](2) \\ \\ud800 \\"
            .to_owned(),
        location: Some(place("a\\b`c'd\"e;$(id)|[f](g)&{0}.json", 2, 4, 10)),
        pointer: Some("/a~1b/~0/\"/\\/{0}".to_owned()),
        spec: Some(Arc::new(SpecPlace {
            file: "specs/[a](b) %41&<.yaml".to_owned(),
            line: 1,
            column: 1,
            pointer: "/%\n::".to_owned(),
            built_in: true,
        })),
        suggestion: Some(Suggestion {
            replacement: "{\"items\": [\0<".to_owned(),
            byte_start: 7,
            byte_end: 9,
        }),
        ..joined.clone()
    };
    let endless = Finding {
        message: "é".repeat(10_000_000),
        location: None,
        pointer: None,
        ..markup.clone()
    };
    let endless_everywhere = Finding {
        message: "é".repeat(100_000),
        help: Some("é".repeat(100_000)),
        location: Some(place("é.json", 1, 1, 2)),
        pointer: Some(format!("/{}", "é".repeat(100_000))),
        operation: Some("é".repeat(100_000).into()),
        suggestion: Some(Suggestion {
            replacement: "é".repeat(100_000),
            byte_start: 101,
            byte_end: 103,
        }),
        related: vec![Related {
            message: "é".repeat(100_000),
            location: place("é.json", 1, 1, 2),
        }],
        ..endless.clone()
    };
    vec![
        plain,
        joined,
        markup,
        controls,
        every_control,
        unpaired,
        endless,
        endless_everywhere,
    ]
}

/// Renders [`nasty`].
pub(super) fn with_report(render: impl FnOnce(&Report<'_>) -> String) -> String {
    report_of(&nasty(), render)
}

/// Renders a list.
pub(super) fn report_of(
    findings: &[Finding],
    render: impl FnOnce(&Report<'_>) -> String,
) -> String {
    let mut summary = Summary {
        files: 3,
        records: 7,
        exit_code: Some(1),
        ..Summary::default()
    };
    summary.operations.insert("manyCustomerMetadata".into(), 3);
    for finding in findings {
        summary.count(finding.code, finding.level);
    }
    let codes = [CodeInfo {
        code: Code("schema/max-length"),
        level: Level::Deny,
        summary: "a string is longer than `maxLength` allows",
        explanation: "Lengths are counted in code points.",
    }];
    let checked = [Checked {
        file: "payloads/valid.json".into(),
        operation: Some("manyCustomerMetadata".into()),
        records: 2,
    }];
    render(&Report {
        findings,
        summary: &summary,
        checked: &checked,
        codes: &codes,
        base: &Base::new("/repository", "/repository"),
    })
}

/// The text with runs of the endless character cut short, for formats that keep all of it.
pub(super) fn shortened(text: &str) -> String {
    let mut out = String::new();
    let mut run = 0;
    for character in text.chars() {
        run = if character == 'é' { run + 1 } else { 0 };
        if run <= 5 {
            out.push(character);
        }
    }
    out
}
