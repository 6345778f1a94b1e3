//! `gitlab`: the code quality report of merge requests.

use crate::Level;

use super::words::{one_line, whereabouts};
use super::writer::{array, object};
use super::{Report, fingerprints};

/// A JSON array with one entry for each finding.
pub fn gitlab(report: &Report<'_>) -> String {
    let mut out = String::new();
    let fingerprints = fingerprints(report.findings, report.base);
    let entries = report.findings.iter().zip(&fingerprints);
    array(&mut out, entries, |out, (finding, fingerprint)| {
        let mut description = one_line(&finding.message).into_owned();
        if let Some(whereabouts) = whereabouts(finding) {
            description.push_str(&format!(" ({whereabouts})"));
        }
        if let Some(help) = &finding.help {
            description.push_str("; ");
            description.push_str(&one_line(help));
        }
        let severity = match finding.level {
            Level::Deny => "major",
            Level::Warn => "minor",
            Level::Allow => "info",
        };
        let place = finding.location.as_ref();
        out.push('\n');
        object(out, |it| {
            it.string("description", &description);
            it.string("check_name", finding.code.as_str());
            it.string("fingerprint", fingerprint);
            it.string("severity", severity);
            it.object("location", |it| {
                it.string(
                    "path",
                    &report.base.path(place.map_or(".", |place| &place.file)),
                );
                it.object("lines", |it| {
                    it.number("begin", place.map_or(1, |place| place.line.max(1)));
                    it.number("end", place.map_or(1, |place| place.end_line.max(1)));
                });
            });
        });
    });
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::with_report;

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(with_report(gitlab));
    }

    #[test]
    fn entries_have_what_the_host_asks_for_and_no_two_fall_together() {
        let entries: Vec<serde_json::Value> =
            serde_json::from_str(&with_report(gitlab)).expect("JSON");
        let mut seen = std::collections::BTreeSet::new();
        for entry in &entries {
            for key in ["description", "check_name", "fingerprint", "severity"] {
                assert!(entry[key].is_string(), "{key}");
            }
            assert!(entry["location"]["path"].is_string());
            assert!(entry["location"]["lines"]["begin"].as_u64() >= Some(1));
            assert!(seen.insert(entry["fingerprint"].to_string()));
        }
    }
}
