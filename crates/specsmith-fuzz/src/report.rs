//! Reports: every format takes any findings, and those that machines read can be read.

use std::sync::Arc;

use specsmith_diagnostics::render::{Base, Format, Report, Style};
use specsmith_diagnostics::{
    Checked, Excerpt, Finding, Level, Location, Record, Related, SpecPlace, Suggestion, Summary,
};

use crate::taking::Taking;

/// The bytes are findings.
///
/// # Panics
/// If a report is not of its format, or a report for people holds a control character.
pub fn report(data: &[u8]) {
    let mut taking = Taking(data);
    let mut findings = Vec::new();
    while !taking.is_empty() && findings.len() < 50 {
        findings.push(finding(&mut taking));
    }
    let mut summary = Summary {
        files: taking.number(),
        records: taking.number(),
        ..Summary::default()
    };
    for finding in &findings {
        summary.count(finding.code, finding.level);
    }
    let checked: Vec<Checked> = findings
        .iter()
        .filter_map(|it| {
            Some(Checked {
                file: it.location.as_ref()?.file.clone(),
                operation: it.operation.clone(),
                records: 1,
            })
        })
        .collect();
    let base = match taking.yes() {
        true => Base::new("/repository/here", "/repository"),
        false => Base::default(),
    };
    let report = Report {
        findings: &findings,
        summary: &summary,
        checked: &checked,
        codes: specsmith::codes::all(),
        base: &base,
    };
    for format in Format::ALL {
        let text = format.render(&report, Style::Plain);
        match format {
            Format::Json | Format::Sarif | Format::Gitlab => is_json(&text),
            Format::Ndjson => text.lines().for_each(is_json),
            Format::Junit => {
                if let Err(error) = roxmltree::Document::parse(&text) {
                    panic!("{error}: {text}");
                }
            }
            Format::Text | Format::Concise | Format::Github => is_harmless(&text),
        }
    }
    Format::Text.render(&report, Style::Coloured);
}

fn is_json(text: &str) {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        panic!("{error}: {text}");
    }
}

/// Nothing that moves the cursor or turns the direction of the text.
fn is_harmless(text: &str) {
    let harmful = |it: &char| it.is_control() && !matches!(it, '\n' | '\t');
    let turning = |it: &char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if let Some(found) = text.chars().find(|it| harmful(it) || turning(it)) {
        panic!("{found:?} in {text:?}");
    }
}

fn finding(taking: &mut Taking<'_>) -> Finding {
    let codes = specsmith::codes::all();
    let code = codes
        .get(taking.below(codes.len()))
        .map_or(specsmith_diagnostics::Code("schema/type"), |it| it.code);
    let level = taking.of(&[Level::Warn, Level::Deny, Level::Allow], Level::Deny);
    let mut finding = Finding::new(code, level, taking.text());
    finding.help = taking.yes().then(|| taking.text());
    finding.location = taking.yes().then(|| location(taking));
    finding.excerpt = taking.yes().then(|| {
        let line = taking.text();
        let (first, last) = (taking.below(256), taking.below(256));
        let line = line.replace(['\n', '\r'], " ");
        let length = line.chars().count();
        let first = first.min(length);
        Excerpt::cut(
            taking.number(),
            &line,
            first..last.clamp(first, length.max(first)),
            Excerpt::WIDTH,
        )
    });
    finding.pointer = taking.yes().then(|| taking.text());
    finding.record = taking.yes().then(|| Record {
        index: taking.number(),
        line: taking.number(),
        id: taking.yes().then(|| taking.text()),
    });
    finding.operation = taking.yes().then(|| taking.text().into());
    finding.spec = taking.yes().then(|| {
        Arc::new(SpecPlace {
            file: taking.text(),
            line: taking.number(),
            column: taking.number(),
            pointer: taking.text(),
            built_in: taking.yes(),
        })
    });
    finding.suggestion = taking.yes().then(|| Suggestion {
        replacement: taking.text(),
        byte_start: taking.number(),
        byte_end: taking.number(),
    });
    for _ in 0..taking.below(3) {
        finding.related.push(Related {
            message: taking.text(),
            location: location(taking),
        });
    }
    finding
}

fn location(taking: &mut Taking<'_>) -> Location {
    Location {
        file: taking.text().into(),
        line: taking.number(),
        column: taking.number(),
        end_line: taking.number(),
        end_column: taking.number(),
        byte_start: taking.number(),
        byte_end: taking.number(),
    }
}
