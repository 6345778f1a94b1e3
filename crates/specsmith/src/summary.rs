//! The summary on standard error: what was read, what was found, what is not shown.

use std::time::Duration;

use specsmith_diagnostics::{Level, Summary};

use crate::sink::Sink;

/// The baseline that a run was to write.
pub struct Written {
    /// The file.
    pub path: String,
    /// Whether everything could be checked; else it was not written.
    pub whole: bool,
}

/// The lines of the summary.
pub fn lines(summary: &Summary, written: Option<&Written>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut first = format!(
        "{}, {}",
        counted(summary.files, "file", "files"),
        counted(summary.records, "record", "records"),
    );
    let operations: Vec<_> = summary
        .operations
        .iter()
        .map(|(name, files)| match *files {
            1 => name.to_string(),
            files => format!("{name} ×{files}"),
        })
        .collect();
    if !operations.is_empty() {
        first.push_str(&format!(" ({})", operations.join(", ")));
    }
    lines.push(format!("{first}: {}", verdict(summary, written.is_some())));
    for ((code, level), count) in &summary.counts {
        lines.push(format!("  {count:>7} {:7} {code}", word(*level)));
    }
    if summary.hidden_by_limit > 0 {
        lines.push(format!(
            "{} not printed; `--max-findings 0` prints all",
            counted(summary.hidden_by_limit, "finding is", "findings are")
        ));
    }
    lines.extend(baseline(summary.hidden_by_baseline, written));
    if !summary.lowered.is_empty() {
        let codes: Vec<_> = summary.lowered.iter().map(|it| it.as_str()).collect();
        lines.push(format!(
            "rules of the specification that are reported below deny: {}",
            codes.join(", ")
        ));
    }
    lines
}

/// How fast it went: `1200 records, 340000 bytes in 0.012 s, 28.3 MB/s`.
pub fn speed(sink: &Sink, took: Duration) -> String {
    let (seconds, megabytes) = (took.as_secs_f64(), sink.bytes as f64 / 1e6);
    format!(
        "{}, {} bytes in {seconds:.3} s, {:.1} MB/s",
        counted(sink.summary.records, "record", "records"),
        sink.bytes,
        megabytes / seconds.max(1e-6)
    )
}

/// A name without what moves the cursor or turns the direction of the text.
pub fn visible(name: &str) -> String {
    name.chars().map(specsmith_diagnostics::visible).collect()
}

/// What becomes of findings that are known, or taken down to be known from now on.
fn baseline(known: u64, written: Option<&Written>) -> Option<String> {
    let said = counted(known, "finding is", "findings are");
    match written {
        None => (known > 0).then(|| format!("{said} hidden by the baseline")),
        Some(Written { path, whole }) => Some(match (whole, known) {
            (false, _) => format!("the baseline {path} is not written: not all could be checked"),
            (true, 0) => format!("the baseline {path} is written and hides nothing"),
            (true, _) => {
                let them = if known == 1 { "it" } else { "them" };
                format!("{said} written to {path}: `--baseline {path}` hides {them} from now on")
            }
        }),
    }
}

fn verdict(summary: &Summary, writes_baseline: bool) -> String {
    let errors = summary.at(Level::Deny);
    let warnings = summary.at(Level::Warn);
    match (errors, warnings) {
        (0, 0) if summary.hidden_by_baseline == 0 => "nothing is wrong".to_owned(),
        (0, 0) if writes_baseline => counted(summary.hidden_by_baseline, "finding", "findings"),
        (0, 0) => "nothing new is wrong".to_owned(),
        (0, _) => counted(warnings, "warning", "warnings"),
        (_, 0) => counted(errors, "error", "errors"),
        _ => format!(
            "{} and {}",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Allow => "note",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use specsmith_diagnostics::Code;

    #[test]
    fn everything_that_counts_is_said() {
        let mut summary = Summary {
            files: 3,
            records: 1200,
            hidden_by_baseline: 1,
            hidden_by_limit: 2,
            lowered: vec![Code("schema/pattern")],
            ..Summary::default()
        };
        summary.operations.insert("manyAgentMetadata".into(), 2);
        summary.operations.insert("singleAgentMetadata".into(), 1);
        for _ in 0..12 {
            summary.count(Code("schema/type"), Level::Deny);
        }
        summary.count(Code("lint/blank-value"), Level::Warn);
        insta::assert_snapshot!(lines(&summary, None).join("\n"), @r"
        3 files, 1200 records (manyAgentMetadata ×2, singleAgentMetadata): 12 errors and 1 warning
                1 warning lint/blank-value
               12 error   schema/type
        2 findings are not printed; `--max-findings 0` prints all
        1 finding is hidden by the baseline
        rules of the specification that are reported below deny: schema/pattern
        ");
    }

    #[test]
    fn the_speed_is_of_all_that_was_read() {
        let mut sink = Sink::new(crate::sink::Keeping {
            findings: 1,
            excerpts: false,
        });
        sink.summary.records = 1;
        sink.bytes = 3_000_000;
        assert_eq!(
            speed(&sink, Duration::from_millis(1500)),
            "1 record, 3000000 bytes in 1.500 s, 2.0 MB/s"
        );
    }

    #[test]
    fn nothing_is_said_too() {
        let summary = Summary::default();
        assert_eq!(
            lines(&summary, None),
            ["0 files, 0 records: nothing is wrong"]
        );
    }

    #[test]
    fn a_baseline_that_is_written_is_told_by_what_it_hides() {
        let known = |count| Summary {
            files: 1,
            records: 4,
            hidden_by_baseline: count,
            ..Summary::default()
        };
        let written = |whole| Written {
            path: "known".to_owned(),
            whole,
        };
        let said = [
            lines(&known(4), Some(&written(true))),
            lines(&known(1), Some(&written(true))),
            lines(&known(0), Some(&written(true))),
            lines(&known(4), Some(&written(false))),
            lines(&known(4), None),
        ];
        insta::assert_snapshot!(said.map(|it| it.join("\n")).join("\n\n"), @r"
        1 file, 4 records: 4 findings
        4 findings are written to known: `--baseline known` hides them from now on

        1 file, 4 records: 1 finding
        1 finding is written to known: `--baseline known` hides it from now on

        1 file, 4 records: nothing is wrong
        the baseline known is written and hides nothing

        1 file, 4 records: 4 findings
        the baseline known is not written: not all could be checked

        1 file, 4 records: nothing new is wrong
        4 findings are hidden by the baseline
        ");
    }
}
