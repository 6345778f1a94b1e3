//! `specsmith validate`.

mod gather;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gather::Gathering;
use specsmith_diagnostics::render::{Base, Format, Report, Style};
use specsmith_diagnostics::{Code, Finding, Level};

use crate::args::Validate;
use crate::baseline::Baseline;
use crate::codes;
use crate::config;
use crate::console::Console;
use crate::inputs::{Input, reason};
use crate::outputs::Taken;
use crate::repository;
use crate::settings::Settings;
use crate::sink::{Keeping, Sink};
use crate::summary::{self, Written};

/// Nothing is wrong.
pub const CLEAN: u8 = 0;
/// There are findings.
pub const FINDINGS: u8 = 1;
/// Something could not be run.
pub const CANNOT_RUN: u8 = 2;

/// Runs the command; gives the exit code.
pub fn run(arguments: &Validate, console: &mut Console) -> u8 {
    if arguments.watch {
        return crate::watch::run(arguments, console);
    }
    once(arguments, console).0
}

/// What a run depended on.
#[derive(Debug, Default)]
pub struct Looked {
    /// The payloads.
    pub inputs: Vec<Input>,
    /// The configuration, the specifications and the baseline.
    pub others: Vec<PathBuf>,
}

/// Runs the command once; gives the exit code and the files that were looked at.
pub fn once(arguments: &Validate, console: &mut Console) -> (u8, Looked) {
    let started = Instant::now();
    let (config, findings) = config::find(arguments.config.as_deref());
    let mut looked = Looked::default();
    looked
        .others
        .extend(config.iter().map(|it| it.path.clone()));
    let settings = match Settings::new(arguments, config.unwrap_or_default()) {
        Ok(settings) => settings,
        Err((code, refused)) => {
            console.note(&format!("error: `{code}`: {}", refused.message));
            if let Some(help) = refused.help {
                console.note(&format!("help: {help}"));
            }
            return (CANNOT_RUN, looked);
        }
    };
    if names_stdin_in_vain(&settings) {
        console.note("error: `--stdin-filename` names standard input, which is not read");
        console.note("help: give `-` among the paths, or leave the option out");
        return (CANNOT_RUN, looked);
    }
    let mut gathering = Gathering::new(&settings);
    for finding in findings {
        gathering.sink.push(finding);
    }
    gathering.gather(console);
    let Gathering {
        sink,
        inputs,
        baseline,
        ..
    } = gathering;
    looked.inputs = inputs;
    looked.others.extend(settings.specs.iter().cloned());
    looked.others.extend(settings.baseline.clone());
    let speed = summary::speed(&sink, started.elapsed());
    let code = report(&settings, sink, baseline.as_ref(), (&looked, console));
    if arguments.verbose {
        console.note(&speed);
    }
    (code, looked)
}

/// Whether standard input has a name and is none of the paths, be they of the configuration.
fn names_stdin_in_vain(settings: &Settings) -> bool {
    settings.arguments.stdin_filename.is_some() && !settings.paths.iter().any(|it| it == "-")
}

/// What is kept of the findings: what is printed, and everything where a file takes it up.
fn keeping(settings: &Settings) -> Keeping {
    let formats = settings.outputs.iter().map(|(format, _)| *format);
    let lines = |it: Format| it.shows_lines() || it == Format::Junit;
    Keeping {
        findings: match settings.outputs.is_empty() {
            true => settings.max_findings,
            false => settings.limits.findings.max(settings.max_findings),
        },
        excerpts: lines(settings.format) || formats.into_iter().any(lines),
    }
}

/// Prints the report and the summary, and writes the files; gives the exit code.
fn report(
    settings: &Settings,
    mut sink: Sink,
    baseline: Option<&Baseline>,
    (looked, console): (&Looked, &mut Console),
) -> u8 {
    // A baseline that is written anew was not read.
    let anew = settings.arguments.write_baseline.is_some();
    let baseline_read = settings.baseline.as_ref().filter(|_| !anew);
    let others = looked.others.iter();
    let others = others.filter(|it| settings.baseline.as_ref() != Some(*it));
    let others = others.chain(baseline_read);
    let inputs = looked.inputs.iter().filter_map(Input::path);
    let mut taken = Taken::of(inputs.chain(others.map(PathBuf::as_path)));
    let mut written = None;
    if let (Some(path), Some(baseline)) = (&settings.arguments.write_baseline, baseline) {
        // What could not be checked would be missing from it.
        let whole = !sink.could_not_run;
        match whole.then(|| taken.write(path, &baseline.text())) {
            Some(Err(error)) => {
                cannot_write(console, path, &error);
                sink.could_not_run = true;
            }
            Some(Ok(())) | None => {
                let path = summary::visible(&path.to_string_lossy());
                written = Some(Written { path, whole });
            }
        }
    } else if let Some(baseline) = baseline {
        let checked: BTreeSet<_> = sink.checked.iter().map(|it| it.file.clone()).collect();
        // What could not be read may hold what is known as it did before.
        let files = checked.difference(&sink.unread).map(|it| &**it).collect();
        let is_looked_for = |file: &str, code: &str| {
            let (levels, _) = settings.of_file(Path::new(file));
            codes::find(code).is_none_or(|it| levels.of(it.code) != Level::Allow)
        };
        for (file, count) in baseline.stale(&files, is_looked_for) {
            sink.push(stale(settings, file, count));
        }
    }
    let base = repository::base();
    sink.summary.lowered = settings.levels.lowered();
    sink.summary.exit_code = Some(exit_code(settings, &sink));
    let in_files = hold(&mut sink, settings.limits.findings);
    for (format, path) in &settings.outputs {
        let whole = form(&sink, in_files, &base);
        if let Err(error) = taken.write(path, &format.render(&whole, Style::Plain)) {
            cannot_write(console, path, &error);
            sink.could_not_run = true;
        }
    }
    let shown = hold(&mut sink, settings.max_findings);
    let printed = form(&sink, shown, &base);
    console.report(&settings.format.render(&printed, console.style()));
    if let Err(error) = console.finish() {
        let error = reason(&error);
        console.note(&format!("error: the report cannot be written: {error}"));
        sink.could_not_run = true;
    }
    notes(settings, &sink, written.as_ref(), console);
    exit_code(settings, &sink)
}

/// How many findings a report of so many at the most holds; the summary says how many it does not.
fn hold(sink: &mut Sink, most: usize) -> usize {
    let held = sink.taken().min(most);
    sink.summary.hidden_by_limit = sink.summary.findings().saturating_sub(held as u64);
    held
}

/// The report of the first so many findings, but for those that were handed on.
fn form<'s>(sink: &'s Sink, held: usize, base: &'s Base) -> Report<'s> {
    Report {
        findings: sink
            .findings
            .get(..held.saturating_sub(sink.handed_on))
            .unwrap_or_default(),
        summary: &sink.summary,
        checked: &sink.checked,
        codes: codes::all(),
        base,
    }
}

fn cannot_write(console: &mut Console, path: &std::path::Path, error: &std::io::Error) {
    let path = summary::visible(&path.to_string_lossy());
    let reason = match error.kind() {
        std::io::ErrorKind::AlreadyExists => "this run has read or written it".into(),
        _ => reason(error),
    };
    console.note(&format!("error: {path} cannot be written: {reason}"));
}

/// What the baseline lists of a file and is not there any more.
fn stale(settings: &Settings, file: String, count: u64) -> Finding {
    let what = match count {
        1 => "finding of the baseline is",
        _ => "findings of the baseline are",
    };
    let message = format!("{count} {what} not in this file any more");
    let mut finding = Finding::new(Code("config/stale-baseline"), Level::Warn, message);
    finding.level = settings.levels.of_finding(&finding);
    finding.help = Some("write the baseline anew with `--write-baseline`".to_owned());
    finding.location = Some(specsmith_diagnostics::Location {
        file: file.into(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        byte_start: 0,
        byte_end: 0,
    });
    finding
}

fn notes(settings: &Settings, sink: &Sink, written: Option<&Written>, console: &mut Console) {
    if settings.arguments.verbose {
        for checked in &sink.checked {
            let operation = checked.operation.as_deref().unwrap_or("nothing");
            let file = summary::visible(&checked.file);
            let records = summary::counted(checked.records, "record", "records");
            console.note(&format!("{file}: {operation}, {records}"));
        }
    }
    for answer in &sink.answers {
        console.note(answer);
    }
    if settings.arguments.quiet {
        return;
    }
    for line in summary::lines(&sink.summary, written) {
        console.note(&line);
    }
    let left_out = sink.summary.findings();
    let left_out = left_out.saturating_sub(settings.limits.findings as u64);
    if left_out > 0 && !settings.outputs.is_empty() {
        let left_out = summary::counted(left_out, "finding is", "findings are");
        console.note(&format!(
            "{left_out} not in the files of `--output`, which hold as many as `findings` of `[limits]` says"
        ));
    }
}

fn exit_code(settings: &Settings, sink: &Sink) -> u8 {
    let fails = sink.summary.at(Level::Deny) > 0
        || (settings.fails_at == Level::Warn && sink.summary.at(Level::Warn) > 0);
    if sink.could_not_run {
        CANNOT_RUN
    } else if fails && !settings.arguments.exit_zero {
        FINDINGS
    } else {
        CLEAN
    }
}
