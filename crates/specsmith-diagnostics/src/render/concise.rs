//! `concise`: one line a finding, as editors and `grep` like it.

use crate::Finding;

use super::words::{harmless, one_line, put_location, whereabouts, word};
use super::{Report, Style};

/// `file:line:column: error[code] message (pointer); help`.
pub fn concise(report: &Report<'_>, style: Style) -> String {
    let mut out = String::new();
    for finding in report.findings {
        out.push_str(&line(finding, style));
        out.push('\n');
    }
    harmless(out)
}

/// The line of one finding, without its line break.
pub(super) fn line(finding: &Finding, style: Style) -> String {
    let mut out = String::new();
    if let Some(location) = &finding.location {
        put_location(&mut out, &location.file, location.line, location.column);
        out.push_str(": ");
    }
    let label = [word(finding.level), "[", finding.code.as_str(), "]"];
    style.put_level(&mut out, finding.level, &label);
    out.push(' ');
    out.push_str(&one_line(&finding.message));
    if let Some(whereabouts) = whereabouts(finding) {
        out.push_str(&format!(" ({whereabouts})"));
    }
    if let Some(help) = &finding.help {
        out.push_str("; ");
        out.push_str(&one_line(help));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::with_report;

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(with_report(|report| concise(report, Style::Plain)));
    }

    #[test]
    fn one_line_is_one_finding() {
        let text = with_report(|report| concise(report, Style::Plain));
        let findings = crate::render::fixture::nasty().len();
        assert_eq!(text.lines().count(), findings);
    }
}
