//! `sarif`: SARIF 2.1.0, which code scanning services take in.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::{Code, CodeInfo, Finding, Level, Location, Suggestion};

use super::words::one_line;
use super::writer::{Object, object, string};
use super::{Base, Report, base64, fingerprints, uri};

/// How many results the services take of one run; with more they refuse all of it.
const TAKEN: usize = 25_000;

/// One run with its rules, each listed once, and its results. Findings without a place are
/// notifications of the run, since the services refuse a result that is nowhere.
pub fn sarif(report: &Report<'_>) -> String {
    let prints = fingerprints(report.findings, report.base);
    let (placed, placeless): (Vec<_>, Vec<_>) = report
        .findings
        .iter()
        .zip(&prints)
        .enumerate()
        .map(|(index, (finding, print))| Entry {
            index,
            finding,
            print,
        })
        .partition(|it| it.finding.location.is_some());
    let all = placed.len();
    let results = gravest(placed);
    let mut rules: BTreeMap<Code, usize> = results.iter().map(|it| (it.finding.code, 0)).collect();
    for (index, place) in rules.values_mut().enumerate() {
        *place = index;
    }
    let mut notes: Vec<Note> = placeless.iter().map(|it| Note::of(it.finding)).collect();
    notes.extend(Note::of_cut(all, results.len()));

    let mut out = String::new();
    object(&mut out, |it| {
        it.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        it.string("version", "2.1.0");
        it.array("runs", [()], |out, ()| {
            object(out, |it| {
                it.object("tool", |it| {
                    it.object("driver", |it| driver(it, report, &rules));
                });
                it.string("columnKind", "unicodeCodePoints");
                it.object("originalUriBaseIds", |it| {
                    it.object("%SRCROOT%", |it| {
                        it.object("description", |it| {
                            it.string(
                                "text",
                                "The root of the repository, else the folder that specsmith was run in.",
                            );
                        });
                    });
                });
                it.array("invocations", [()], |out, ()| {
                    object(out, |it| invocation(it, report.summary.exit_code, &notes));
                });
                it.array("results", &results, |out, entry| {
                    out.push('\n');
                    let rule = rules.get(&entry.finding.code).copied().unwrap_or(0);
                    object(out, |it| result(it, entry, rule, report.base));
                });
            });
        });
    });
    out.push('\n');
    out
}

/// A finding with its place in the report and its fingerprint.
#[derive(Clone, Copy)]
struct Entry<'a> {
    index: usize,
    finding: &'a Finding,
    print: &'a str,
}

/// As many as the services take: those at the highest levels, in the order of the report.
fn gravest(mut entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    if entries.len() > TAKEN {
        entries.sort_by_key(|it| Reverse(it.finding.level));
        entries.truncate(TAKEN);
        entries.sort_by_key(|it| it.index);
    }
    entries
}

/// Something said about the run as a whole.
struct Note {
    level: Level,
    code: Option<Code>,
    text: String,
}

impl Note {
    fn of(finding: &Finding) -> Self {
        Self {
            level: finding.level,
            code: Some(finding.code),
            text: message(finding),
        }
    }

    fn of_cut(all: usize, kept: usize) -> Option<Self> {
        (all > kept).then(|| Self {
            level: Level::Warn,
            code: None,
            text: format!(
                "{} of {all} findings are left out, those at the lowest level first: code scanning \
                 takes {TAKEN} results of one run",
                all - kept
            ),
        })
    }
}

fn driver(it: &mut Object<'_>, report: &Report<'_>, rules: &BTreeMap<Code, usize>) {
    it.string("name", "specsmith");
    it.string("semanticVersion", env!("CARGO_PKG_VERSION"));
    it.array("rules", rules.keys(), |out, code| {
        out.push('\n');
        let info = report.codes.iter().find(|it| it.code == *code);
        object(out, |it| rule(it, *code, info));
    });
}

fn rule(it: &mut Object<'_>, code: Code, info: Option<&CodeInfo>) {
    let short = info.map_or(code.as_str(), |info| info.summary);
    let full = info.map_or("", |info| info.explanation);
    let full = if full.is_empty() { short } else { full };
    it.string("id", code.as_str());
    it.object("shortDescription", |it| it.string("text", short));
    it.object("fullDescription", |it| it.string("text", full));
    it.object("help", |it| {
        it.string("text", full);
        it.string("markdown", full);
    });
    if let Some(info) = info {
        it.object("defaultConfiguration", |it| {
            it.string("level", level(info.level));
        });
    }
    it.object("properties", |it| {
        it.array("tags", [code.area()], string);
    });
}

fn invocation(it: &mut Object<'_>, exit_code: Option<u8>, notes: &[Note]) {
    let went_through = exit_code != Some(2);
    it.key("executionSuccessful")
        .push_str(if went_through { "true" } else { "false" });
    if let Some(code) = exit_code {
        it.number("exitCode", u64::from(code));
    }
    if notes.is_empty() {
        return;
    }
    it.array("toolExecutionNotifications", notes, |out, note| {
        object(out, |it| {
            if let Some(code) = note.code {
                it.object("descriptor", |it| it.string("id", code.as_str()));
            }
            it.string("level", level(note.level));
            it.object("message", |it| it.string("text", &note.text));
        });
    });
}

fn result(it: &mut Object<'_>, entry: &Entry<'_>, rule: usize, base: &Base) {
    let finding = entry.finding;
    it.string("ruleId", finding.code.as_str());
    it.number("ruleIndex", rule as u64);
    it.string("level", level(finding.level));
    it.object("message", |it| it.string("text", &message(finding)));
    it.array("locations", &finding.location, |out, place| {
        object(out, |it| {
            it.object("physicalLocation", |it| physical(it, place, base));
            if let Some(pointer) = &finding.pointer {
                it.array("logicalLocations", [pointer], |out, pointer| {
                    object(out, |it| {
                        it.string("fullyQualifiedName", &one_line(pointer));
                    });
                });
            }
        });
    });
    related(it, finding, base);
    if let (Some(suggestion), Some(place)) = (&finding.suggestion, &finding.location) {
        it.array("fixes", [()], |out, ()| {
            object(out, |it| fix(it, finding, suggestion, place, base));
        });
    }
    it.object("partialFingerprints", |it| {
        it.string("specsmith/v1", entry.print);
    });
    it.object("properties", |it| {
        if let Some(operation) = &finding.operation {
            it.string("operation", &one_line(operation));
        }
        if let Some(spec) = &finding.spec {
            it.string("rulePointer", &one_line(&spec.pointer));
        }
    });
}

/// The places that help to understand a finding, the rule in the specification last.
fn related(it: &mut Object<'_>, finding: &Finding, base: &Base) {
    type Write<'a> = Box<dyn Fn(&mut Object<'_>) + 'a>;
    let mut places: Vec<(String, Option<Write<'_>>)> = Vec::new();
    for related in &finding.related {
        let write = |it: &mut Object<'_>| physical(it, &related.location, base);
        places.push((plain(&one_line(&related.message)), Some(Box::new(write))));
    }
    match &finding.spec {
        None => {}
        // There is no such file, or it is another one.
        Some(spec) if spec.built_in => {
            let place = format!("{}:{}:{}", spec.file, spec.line, spec.column);
            let text = format!("the rule, built in: {place}");
            places.push((plain(&one_line(&text)), None));
        }
        Some(spec) => {
            let write = |it: &mut Object<'_>| {
                artifact(it, &spec.file, base);
                it.object("region", |it| {
                    it.number("startLine", spec.line.max(1));
                    it.number("startColumn", spec.column.max(1));
                });
            };
            places.push(("the rule".to_owned(), Some(Box::new(write))));
        }
    }
    if places.is_empty() {
        return;
    }
    let places = places.iter().enumerate();
    it.array("relatedLocations", places, |out, (index, place)| {
        object(out, |it| {
            it.number("id", index as u64);
            it.object("message", |it| it.string("text", &place.0));
            if let Some(write) = &place.1 {
                it.object("physicalLocation", |it| write(it));
            }
        });
    });
}

/// The replacement: of text where line and column of its bytes are known, else of bytes.
fn fix(
    it: &mut Object<'_>,
    finding: &Finding,
    suggestion: &Suggestion,
    place: &Location,
    base: &Base,
) {
    let text = finding.help.as_deref().unwrap_or("replace the text");
    it.object("description", |it| {
        it.string("text", &plain(&one_line(text)));
    });
    it.array("artifactChanges", [()], |out, ()| {
        object(out, |it| {
            artifact(it, &place.file, base);
            it.array("replacements", [()], |out, ()| {
                object(out, |it| match text_region(finding, suggestion, place) {
                    Some([line, column, end_line, end_column]) => {
                        it.object("deletedRegion", |it| {
                            it.number("startLine", line);
                            it.number("startColumn", column);
                            it.number("endLine", end_line);
                            it.number("endColumn", end_column);
                        });
                        it.object("insertedContent", |it| {
                            it.string("text", &suggestion.replacement);
                        });
                    }
                    None => {
                        let length = suggestion.byte_end.saturating_sub(suggestion.byte_start);
                        it.object("deletedRegion", |it| {
                            it.number("byteOffset", suggestion.byte_start);
                            it.number("byteLength", length);
                        });
                        it.object("insertedContent", |it| {
                            let bytes = suggestion.replacement.as_bytes();
                            it.string("binary", &base64::encode(bytes));
                        });
                    }
                });
            });
        });
    });
}

/// Line, column, end line and end column of the bytes replaced, where a place of the finding says
/// them: the same bytes, or bytes inside a stretch of one line that is ASCII.
fn text_region(finding: &Finding, wanted: &Suggestion, place: &Location) -> Option<[u64; 4]> {
    let related = finding.related.iter().map(|it| &it.location);
    let same_file = related.filter(|it| it.file == place.file);
    [place].into_iter().chain(same_file).find_map(|it| {
        if it.byte_start == wanted.byte_start && it.byte_end == wanted.byte_end {
            return Some([it.line, it.column, it.end_line, it.end_column]);
        }
        let bytes = it.byte_end.checked_sub(it.byte_start)?;
        let is_ascii =
            it.line == it.end_line && it.end_column.checked_sub(it.column) == Some(bytes);
        let is_inside = it.byte_start <= wanted.byte_start && wanted.byte_end <= it.byte_end;
        if !is_ascii || !is_inside {
            return None;
        }
        let column = it.column + (wanted.byte_start - it.byte_start);
        let end = it.column + wanted.byte_end.checked_sub(it.byte_start)?;
        Some([it.line, column, it.line, end])
    })
}

fn physical(it: &mut Object<'_>, place: &Location, base: &Base) {
    artifact(it, &place.file, base);
    it.object("region", |it| {
        it.number("startLine", place.line.max(1));
        it.number("startColumn", place.column.max(1));
        it.number("endLine", place.end_line.max(1));
        it.number("endColumn", place.end_column.max(1));
        it.number("byteOffset", place.byte_start);
        it.number(
            "byteLength",
            place.byte_end.saturating_sub(place.byte_start),
        );
    });
}

fn artifact(it: &mut Object<'_>, file: &str, base: &Base) {
    let path = base.path(file);
    let write = |it: &mut Object<'_>| {
        it.string("uri", &uri::reference(&path));
        if uri::is_relative(&path) {
            it.string("uriBaseId", "%SRCROOT%");
        }
    };
    it.object("artifactLocation", write);
}

fn message(finding: &Finding) -> String {
    let mut out = one_line(&finding.message).into_owned();
    if let Some(help) = &finding.help {
        out.push_str("; ");
        out.push_str(&one_line(help));
    }
    plain(&out)
}

/// The text with what SARIF reads as a placeholder (`{0}`) or as a link (`[text](target)`) escaped
/// as SARIF has it; all else is left as it is, since not every viewer takes escapes back.
fn plain(text: &str) -> String {
    let text = text.replace("](", "\\](");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((index, after)) if is_index(index) => {
                out.push_str(&format!("{{{{{index}}}}}"));
                rest = after;
            }
            Some(_) | None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_index(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "note",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

#[cfg(test)]
mod tests;
