//! `json` and `ndjson`: findings as data.

use crate::{Finding, Level, Location, Summary};

use super::Report;
use super::writer::{Object, array, object};

/// One object: `{version, summary, findings}`.
pub fn json(report: &Report<'_>) -> String {
    let mut out = String::new();
    object(&mut out, |it| {
        it.number("version", 1);
        it.object("summary", |it| summary(it, report.summary));
        it.array("findings", report.findings, |out, finding| {
            out.push('\n');
            object(out, |it| members(it, finding));
        });
    });
    out.push('\n');
    out
}

/// One line for each finding.
pub fn ndjson(report: &Report<'_>) -> String {
    report.findings.iter().map(ndjson_line).collect()
}

/// The line of one finding, with its line break.
pub fn ndjson_line(finding: &Finding) -> String {
    let mut out = String::new();
    object(&mut out, |it| members(it, finding));
    out.push('\n');
    out
}

fn summary(it: &mut Object<'_>, summary: &Summary) {
    it.number("files", summary.files);
    it.number("records", summary.records);
    it.number("findings", summary.findings());
    it.number("deny", summary.at(Level::Deny));
    it.number("warn", summary.at(Level::Warn));
    it.array("codes", &summary.counts, |out, ((code, level), count)| {
        object(out, |it| {
            it.string("code", code.as_str());
            it.string("level", level.as_str());
            it.number("count", *count);
        });
    });
    it.array("operations", &summary.operations, |out, (name, files)| {
        object(out, |it| {
            it.string("operation", name);
            it.number("files", *files);
        });
    });
    it.number("hiddenByBaseline", summary.hidden_by_baseline);
    it.number("hiddenByLimit", summary.hidden_by_limit);
    it.array("lowered", &summary.lowered, |out, code| {
        super::writer::string(out, code.as_str());
    });
}

fn members(it: &mut Object<'_>, finding: &Finding) {
    it.string("code", finding.code.as_str());
    it.string("level", finding.level.as_str());
    it.string("message", &finding.message);
    it.optional("help", finding.help.as_deref());
    match &finding.location {
        Some(place) => it.object("location", |it| location(it, place)),
        None => it.optional("location", None),
    }
    it.optional("pointer", finding.pointer.as_deref());
    match &finding.record {
        Some(record) => it.object("record", |it| {
            it.number("index", record.index);
            it.number("line", record.line);
            if let Some(id) = &record.id {
                it.string("id", id);
            }
        }),
        None => it.optional("record", None),
    }
    it.optional("operation", finding.operation.as_deref());
    match &finding.spec {
        Some(spec) => it.object("spec", |it| {
            it.string("file", &spec.file);
            it.number("line", spec.line);
            it.string("pointer", &spec.pointer);
        }),
        None => it.optional("spec", None),
    }
    match &finding.suggestion {
        Some(suggestion) => it.object("suggestion", |it| {
            it.string("replacement", &suggestion.replacement);
            it.number("byteStart", suggestion.byte_start);
            it.number("byteEnd", suggestion.byte_end);
        }),
        None => it.optional("suggestion", None),
    }
    array(it.key("related"), &finding.related, |out, related| {
        object(out, |it| location(it, &related.location));
    });
}

fn location(it: &mut Object<'_>, place: &Location) {
    it.string("file", &place.file);
    it.number("line", place.line);
    it.number("column", place.column);
    it.number("endLine", place.end_line);
    it.number("endColumn", place.end_column);
    it.number("byteStart", place.byte_start);
    it.number("byteEnd", place.byte_end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{shortened, with_report};

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(shortened(&with_report(json)));
    }

    #[test]
    fn it_is_json_and_one_line_is_one_finding() {
        let whole: serde_json::Value = serde_json::from_str(&with_report(json)).expect("JSON");
        let lines = with_report(ndjson);
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(whole["findings"], serde_json::Value::from(lines));
    }
}
