//! `github`: workflow commands, which GitHub shows as annotations.

use crate::{Finding, Level};

use super::concise::line;
use super::words::{harmless, one_line, whereabouts};
use super::{Base, Report, Style};

/// How many annotations of each level the host keeps of one step.
const KEPT: u64 = 10;

/// One command for each finding that the host would show, a plain line for each further one, and a
/// notice that says how many those are.
pub fn github(report: &Report<'_>) -> String {
    let mut out = String::new();
    let [mut errors, mut warnings, mut notices] = [0; 3];
    for finding in report.findings {
        let (word, count) = match finding.level {
            Level::Deny => ("error", &mut errors),
            Level::Warn => ("warning", &mut warnings),
            Level::Allow => ("notice", &mut notices),
        };
        *count += 1;
        if *count <= KEPT {
            out.push_str(&command(word, finding, report.base));
        } else {
            let plain = harmless(line(finding, Style::Plain));
            out.push_str(&format!("more: {plain}\n"));
        }
    }
    // The summary counts those too that a limit on printing keeps out of this report.
    let of_run = |level, printed: u64| printed.max(report.summary.at(level));
    let more: Vec<String> = [
        ("error", of_run(Level::Deny, errors)),
        ("warning", of_run(Level::Warn, warnings)),
        ("notice", notices),
    ]
    .into_iter()
    .filter_map(|(word, count)| match count.saturating_sub(KEPT) {
        0 => None,
        1 => Some(format!("1 more {word}")),
        more => Some(format!("{more} more {word}s")),
    })
    .collect();
    if !more.is_empty() {
        out.push_str(&format!(
            "::notice title=specsmith::GitHub shows {KEPT} annotations of each level for one step; \
             there are {}.\n",
            more.join(" and ")
        ));
    }
    out
}

fn command(word: &str, finding: &Finding, base: &Base) -> String {
    let mut properties = Vec::new();
    if let Some(location) = &finding.location {
        properties.push(format!("file={}", property(&base.path(&location.file))));
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
    let mut message = one_line(&finding.message).into_owned();
    if let Some(whereabouts) = whereabouts(finding) {
        message.push_str(&format!(" ({whereabouts})"));
    }
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(&one_line(help));
    }
    format!("::{word} {}::{}\n", properties.join(","), data(&message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A path with a line break is told as it is; what moves the cursor or turns the direction of the
/// log is not, even if the host then does not find the file.
fn property(text: &str) -> String {
    let shown = text.chars().map(|it| match it {
        '\r' | '\n' => it,
        it => crate::visible(it),
    });
    data(&shown.collect::<String>())
        .replace(':', "%3A")
        .replace(',', "%2C")
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
        let grave = nasty().remove(0);
        let mut slight = grave.clone();
        slight.level = Level::Warn;
        let said = |errors: usize, warnings: usize| {
            let mut many = vec![grave.clone(); errors];
            many.extend(vec![slight.clone(); warnings]);
            let text = report_of(&many, github);
            let of = |head: &str| text.lines().filter(|it| it.starts_with(head)).count();
            let counts = [of("::error "), of("::warning "), of("more: ")];
            let last = text.lines().last().unwrap_or_default();
            let note = last.strip_prefix("::notice title=specsmith::");
            (counts, note.unwrap_or_default().to_owned())
        };
        assert_eq!(said(10, 10), ([10, 10, 0], String::new()));
        let (counts, note) = said(13, 11);
        assert_eq!(counts, [10, 10, 4]);
        insta::assert_snapshot!(note, @"GitHub shows 10 annotations of each level for one step; there are 3 more errors and 1 more warning.");
    }

    #[test]
    fn what_is_not_printed_counts_too() {
        let one = nasty().remove(0);
        let text = report_of(&vec![one; 30], |report| {
            let report = Report {
                findings: &report.findings[..20],
                ..*report
            };
            github(&report)
        });
        assert!(text.ends_with("there are 20 more errors.\n"), "{text}");
    }

    #[test]
    fn no_line_but_a_command_is_read_as_one() {
        let mut many = nasty();
        for _ in 0..4 {
            many.extend(nasty());
        }
        for line in report_of(&many, github).lines() {
            let command = ["::error ", "::warning ", "::notice "];
            if !command.iter().any(|it| line.starts_with(it)) {
                assert!(
                    line.starts_with("more: ") && !line.contains("##["),
                    "{line}"
                );
            }
            assert!(!line.contains(['\r', '\0', '\u{1b}']), "{line}");
        }
    }

    #[test]
    fn nasty_values_survive() {
        let text = with_report(github);
        for finding in nasty() {
            let Some(location) = &finding.location else {
                continue;
            };
            let file = location.file.trim_start_matches("./");
            let file = file.replace(|it| it != '\n' && crate::visible(it) != it, "\u{fffd}");
            let found = text.lines().any(|line| {
                let (_, properties) = line.split_once(' ').expect("properties");
                let (properties, _) = properties.split_once("::").expect("an end");
                properties
                    .split(',')
                    .any(|it| unescape(it) == format!("file={file}"))
            });
            assert!(found, "{file}");
        }
    }

    /// What the runner does with a property.
    fn unescape(text: &str) -> String {
        text.replace("%0D", "\r")
            .replace("%0A", "\n")
            .replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%25", "%")
    }
}
