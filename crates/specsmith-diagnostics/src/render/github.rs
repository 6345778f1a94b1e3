//! `github`: workflow commands, which GitHub shows as annotations.

use crate::{Finding, Level};

use super::concise::line;
use super::words::{one_line, whereabouts};
use super::{Report, Style, uri};

/// How many annotations of each level the host keeps of one step.
const KEPT: u64 = 10;

/// One command for each finding that the host would show, a plain line for each further one, and a
/// notice that says how many those are.
pub fn github(report: &Report<'_>) -> String {
    let mut out = String::new();
    let mut errors = 0;
    let mut warnings = 0;
    for finding in report.findings {
        let (word, count) = match finding.level {
            Level::Deny => ("error", &mut errors),
            Level::Warn | Level::Allow => ("warning", &mut warnings),
        };
        *count += 1;
        if *count <= KEPT {
            out.push_str(&command(word, finding));
        } else {
            // The runner takes a line for a command by `::` at its head or `##[` anywhere.
            let plain = line(finding, Style::Plain).replace("##[", "## [");
            out.push_str(&format!("more: {plain}\n"));
        }
    }
    let more_errors = errors.saturating_sub(KEPT);
    let more_warnings = warnings.saturating_sub(KEPT);
    if more_errors + more_warnings > 0 {
        out.push_str(&format!(
            "::notice title=specsmith::GitHub keeps {KEPT} annotations of each level for one step; \
             {more_errors} errors and {more_warnings} warnings more are in the log of this step.\n"
        ));
    }
    out
}

fn command(word: &str, finding: &Finding) -> String {
    let mut properties = Vec::new();
    if let Some(location) = &finding.location {
        properties.push(format!("file={}", property(&relative(&location.file))));
        properties.push(format!("line={}", location.line));
        if location.end_line == location.line {
            properties.push(format!("endLine={}", location.end_line));
            properties.push(format!("col={}", location.column));
            properties.push(format!("endColumn={}", location.end_column));
        } else {
            properties.push(format!("col={}", location.column));
        }
    }
    properties.push(format!("title={}", property(finding.code.as_str())));
    let mut message = one_line(&finding.message);
    if let Some(whereabouts) = whereabouts(finding) {
        message.push_str(&format!(" ({whereabouts})"));
    }
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(&one_line(help));
    }
    format!("::{word} {}::{}\n", properties.join(","), data(&message))
}

/// The path without a leading `./`, as the host wants it.
fn relative(path: &str) -> String {
    if uri::is_relative(path) {
        path.trim_start_matches("./").to_owned()
    } else {
        path.to_owned()
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{nasty, report_of, with_report};

    #[test]
    fn snapshot() {
        insta::assert_snapshot!(with_report(github));
    }

    #[test]
    fn each_line_is_a_whole_command() {
        let text = with_report(github);
        assert_eq!(text.lines().count(), nasty().len());
        for line in text.lines() {
            assert!(line.starts_with("::error ") || line.starts_with("::warning "));
            let (command, _) = line[2..]
                .split_once("::")
                .expect("an end of the properties");
            let (_, properties) = command.split_once(' ').expect("properties");
            for property in properties.split(',') {
                let (name, value) = property.split_once('=').expect("a value");
                assert!(name.chars().all(char::is_alphabetic), "{line}");
                assert!(!value.contains(':'), "{line}");
            }
        }
    }

    #[test]
    fn what_the_host_would_cut_is_said() {
        let one = nasty().remove(0);
        let many = vec![one; 13];
        let text = report_of(&many, github);
        let commands = text.lines().filter(|it| it.starts_with("::error")).count();
        let plain = text.lines().filter(|it| it.starts_with("more: ")).count();
        assert_eq!((commands, plain), (10, 3));
        assert!(text.ends_with("3 errors and 0 warnings more are in the log of this step.\n"));
    }
}
