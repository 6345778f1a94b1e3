//! `junit`: a test report in which each file is a suite.

use std::collections::BTreeMap;

use crate::{Finding, Level};

use super::text::finding as drawn;
use super::words::{one_line, whereabouts};
use super::{Report, Style};

/// The suites. What stands at deny is a failed case; a file without that is a passed one; what
/// stands at warn is in the suite's output. No two cases of a suite have one name, since services
/// take cases of one name for one case.
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
        let mut names = BTreeMap::new();
        for finding in &self.failures {
            let case = unique(&mut names, case_name(finding));
            out.push_str(&format!(
                "    <testcase classname=\"{name}\" name=\"{}\"{}>\n      \
                 <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                attribute(&case),
                place(finding),
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

/// `schema/required (record 1, /items/1)`: without the line, so that a case keeps its history.
fn case_name(finding: &Finding) -> String {
    let code = finding.code.as_str();
    whereabouts(finding).map_or_else(|| code.to_owned(), |it| format!("{code} ({it})"))
}

/// The name, with a number from its second use on. No name ends like that by itself.
fn unique(names: &mut BTreeMap<String, u64>, name: String) -> String {
    let uses = names.entry(name.clone()).or_default();
    *uses += 1;
    match *uses {
        1 => name,
        number => format!("{name} #{number}"),
    }
}

/// The attributes that services link to the line by.
fn place(finding: &Finding) -> String {
    finding.location.as_ref().map_or_else(String::new, |it| {
        format!(" file=\"{}\" line=\"{}\"", attribute(&it.file), it.line)
    })
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
    use crate::render::fixture::{nasty, report_of, with_report};

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
        let denied = nasty().iter().filter(|it| it.level == Level::Deny).count();
        assert_eq!(count("failure"), denied.to_string());
    }

    #[test]
    fn a_clean_file_is_a_passed_case() {
        let text = report_of(&[], junit);
        let document = roxmltree::Document::parse(&text).expect("XML");
        let all = document.descendants();
        let cases: Vec<_> = all.filter(|it| it.has_tag_name("testcase")).collect();
        let [case] = cases.as_slice() else {
            panic!("{text}");
        };
        assert_eq!(case.attribute("classname"), Some("payloads/valid.json"));
        assert!(!case.has_children());
    }

    #[test]
    fn no_two_cases_have_one_name() {
        let one = nasty().remove(0);
        let many = [one.clone(), one.clone(), one];
        let text = report_of(&many, junit);
        let document = roxmltree::Document::parse(&text).expect("XML");
        let names: Vec<_> = document
            .descendants()
            .filter(|it| it.has_tag_name("failure"))
            .filter_map(|it| it.parent()?.attribute("name"))
            .collect();
        insta::assert_snapshot!(names.join("\n"), @r"
        schema/max-length (record 1, /items/1/phoneNumber)
        schema/max-length (record 1, /items/1/phoneNumber) #2
        schema/max-length (record 1, /items/1/phoneNumber) #3
        ");
    }
}
