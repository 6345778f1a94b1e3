//! `junit`: a test report in which each file is a suite.

use std::collections::BTreeMap;

use crate::{Finding, Level};

use super::text::finding as drawn;
use super::words::{one_line, whereabouts};
use super::{Report, Style};

/// The suites. What stands at deny is a failed case; a file without that is a passed one; what
/// stands at warn is in the suite's output.
pub fn junit(report: &Report<'_>) -> String {
    let mut suites: BTreeMap<&str, Suite<'_>> = BTreeMap::new();
    for checked in report.checked {
        suites.entry(&checked.file).or_default().operation = checked.operation.as_deref();
    }
    for finding in report.findings {
        let file = finding.location.as_ref().map_or("specsmith", |it| &it.file);
        let suite = suites.entry(file).or_default();
        match finding.level {
            Level::Deny => suite.failures.push(finding),
            Level::Warn | Level::Allow => suite.others.push(finding),
        }
    }
    let tests: usize = suites.values().map(Suite::tests).sum();
    let failures: usize = suites.values().map(|it| it.failures.len()).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"specsmith\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"
    ));
    for (file, suite) in &suites {
        suite.write(&mut out, file);
    }
    out.push_str("</testsuites>\n");
    out
}

#[derive(Default)]
struct Suite<'a> {
    operation: Option<&'a str>,
    failures: Vec<&'a Finding>,
    others: Vec<&'a Finding>,
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        self.failures.len().max(1)
    }

    fn write(&self, out: &mut String, file: &str) {
        let name = attribute(file);
        out.push_str(&format!(
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n",
            self.tests(),
            self.failures.len()
        ));
        if self.failures.is_empty() {
            let case = self.operation.unwrap_or("valid");
            out.push_str(&format!(
                "    <testcase classname=\"{name}\" name=\"{}\"/>\n",
                attribute(case)
            ));
        }
        for finding in &self.failures {
            let mut case = finding.code.as_str().to_owned();
            if let Some(whereabouts) = whereabouts(finding) {
                case.push_str(&format!(" ({whereabouts})"));
            }
            out.push_str(&format!(
                "    <testcase classname=\"{name}\" name=\"{}\">\n      \
                 <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                attribute(&case),
                attribute(finding.code.as_str()),
                attribute(&one_line(&finding.message)),
                escape(&drawn(finding, Style::Plain))
            ));
        }
        if !self.others.is_empty() {
            let text: String = self
                .others
                .iter()
                .map(|it| drawn(it, Style::Plain))
                .collect();
            out.push_str(&format!("    <system-out>{}</system-out>\n", escape(&text)));
        }
        out.push_str("  </testsuite>\n");
    }
}

/// Text inside an element. Characters that XML cannot hold are replaced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            it => out.push(crate::visible(it)),
        }
    }
    out
}

/// Text inside an attribute: on one line.
fn attribute(text: &str) -> String {
    escape(&one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::with_report;

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(with_report(junit));
    }

    #[test]
    fn it_parses_and_the_figures_are_right() {
        let text = with_report(junit);
        let document = roxmltree::Document::parse(&text).expect("XML");
        let root = document.root_element();
        let count = |name: &str| {
            let all = root.descendants();
            all.filter(|it| it.has_tag_name(name)).count().to_string()
        };
        assert_eq!(root.attribute("tests"), Some(count("testcase").as_str()));
        assert_eq!(root.attribute("failures"), Some(count("failure").as_str()));
    }
}
