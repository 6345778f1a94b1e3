//! `sarif`: SARIF 2.1.0, which code scanning services take in.

use std::collections::BTreeMap;

use crate::{Code, Finding, Level, Location};

use super::words::one_line;
use super::writer::{Object, object, string};
use super::{Report, fingerprints, uri};

/// How many results the services take of one run.
const TAKEN: usize = 25_000;

/// One run with its rules, each listed once, and its results.
pub fn sarif(report: &Report<'_>) -> String {
    let mut out = String::new();
    let results = report.findings.get(..TAKEN).unwrap_or(report.findings);
    let mut rules: BTreeMap<Code, usize> = results.iter().map(|it| (it.code, 0)).collect();
    for (index, place) in rules.values_mut().enumerate() {
        *place = index;
    }
    let fingerprints = fingerprints(results);
    object(&mut out, |it| {
        it.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        it.string("version", "2.1.0");
        it.array("runs", [()], |out, ()| {
            object(out, |it| {
                it.object("tool", |it| {
                    it.object("driver", |it| driver(it, report, &rules));
                });
                it.string("columnKind", "unicodeCodePoints");
                it.array("invocations", [()], |out, ()| {
                    object(out, |it| invocation(it, report.findings.len()));
                });
                it.array(
                    "results",
                    results.iter().zip(&fingerprints),
                    |out, (it, print)| {
                        out.push('\n');
                        let rule = rules.get(&it.code).copied().unwrap_or(0);
                        object(out, |object| result(object, it, rule, print));
                    },
                );
            });
        });
    });
    out.push('\n');
    out
}

fn driver(it: &mut Object<'_>, report: &Report<'_>, rules: &BTreeMap<Code, usize>) {
    it.string("name", "specsmith");
    it.string("semanticVersion", env!("CARGO_PKG_VERSION"));
    it.array("rules", rules.keys(), |out, code| {
        out.push('\n');
        object(out, |it| {
            it.string("id", code.as_str());
            if let Some(info) = report.codes.iter().find(|it| it.code == *code) {
                it.object("shortDescription", |it| it.string("text", info.summary));
                if !info.explanation.is_empty() {
                    it.object("fullDescription", |it| it.string("text", info.explanation));
                    it.object("help", |it| {
                        it.string("text", info.explanation);
                        it.string("markdown", info.explanation);
                    });
                }
                it.object("defaultConfiguration", |it| {
                    it.string("level", level(info.level));
                });
            }
        });
    });
}

/// Says when results were left out: the service would refuse the whole run otherwise.
fn invocation(it: &mut Object<'_>, findings: usize) {
    it.key("executionSuccessful").push_str("true");
    let left_out = findings.saturating_sub(TAKEN);
    if left_out > 0 {
        it.array("toolExecutionNotifications", [()], |out, ()| {
            object(out, |it| {
                it.string("level", "warning");
                it.object("message", |it| {
                    it.string("text", &format!("{left_out} results more were left out"));
                });
            });
        });
    }
}

fn result(it: &mut Object<'_>, finding: &Finding, rule: usize, fingerprint: &str) {
    it.string("ruleId", finding.code.as_str());
    it.number("ruleIndex", rule as u64);
    it.string("level", level(finding.level));
    let mut message = one_line(&finding.message);
    if let Some(help) = &finding.help {
        message.push_str("; ");
        message.push_str(&one_line(help));
    }
    it.object("message", |it| it.string("text", &message));
    it.array("locations", &finding.location, |out, place| {
        object(out, |it| {
            it.object("physicalLocation", |it| physical(it, place));
            if let Some(pointer) = &finding.pointer {
                it.array("logicalLocations", [pointer], |out, pointer| {
                    object(out, |it| it.string("fullyQualifiedName", pointer));
                });
            }
        });
    });
    let related = finding.related.iter().map(|it| (&it.message, &it.location));
    let related: Vec<_> = related.enumerate().collect();
    if !related.is_empty() {
        it.array(
            "relatedLocations",
            related,
            |out, (index, (message, place))| {
                object(out, |it| {
                    it.number("id", index as u64);
                    it.object("message", |it| it.string("text", &one_line(message)));
                    it.object("physicalLocation", |it| physical(it, place));
                });
            },
        );
    }
    it.object("partialFingerprints", |it| {
        it.string("specsmith/v1", fingerprint);
    });
    it.object("properties", |it| {
        it.optional("operation", finding.operation.as_deref());
        if let Some(spec) = &finding.spec {
            let place = format!("{}:{}:{}", spec.file, spec.line, spec.column);
            string(it.key("rule"), &place);
        }
    });
}

fn physical(it: &mut Object<'_>, place: &Location) {
    it.object("artifactLocation", |it| {
        it.string("uri", &uri::reference(&place.file));
        if uri::is_relative(&place.file) {
            it.string("uriBaseId", "%SRCROOT%");
        }
    });
    it.object("region", |it| {
        it.number("startLine", place.line);
        it.number("startColumn", place.column);
        it.number("endLine", place.end_line);
        it.number("endColumn", place.end_column);
        it.number("byteOffset", place.byte_start);
        it.number(
            "byteLength",
            place.byte_end.saturating_sub(place.byte_start),
        );
    });
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "note",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{nasty, report_of, shortened, with_report};

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(shortened(&with_report(sarif)));
    }

    #[test]
    fn rules_are_listed_once_and_indexed() {
        let log: serde_json::Value = serde_json::from_str(&with_report(sarif)).expect("JSON");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let ids: std::collections::BTreeSet<_> = rules.iter().map(|it| it["id"].as_str()).collect();
        assert_eq!(ids.len(), rules.len());
        for result in run["results"].as_array().expect("results") {
            let index = result["ruleIndex"].as_u64().expect("an index");
            assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        }
    }

    #[test]
    fn what_no_service_takes_is_left_out_and_said() {
        let many = vec![nasty().remove(0); TAKEN + 7];
        let log = report_of(&many, sarif);
        let log: serde_json::Value = serde_json::from_str(&log).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().map(Vec::len), Some(TAKEN));
        let note = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(note, "7 results more were left out");
    }
}
