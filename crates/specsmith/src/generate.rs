//! `specsmith generate`: a Rust model crate from documents anywhere.

use specsmith_codegen::{ChangeKind, Manifest, Mode, Outcome, Stats, generate_crate, write};
use specsmith_diagnostics::Level;
use specsmith_diagnostics::render::text_of_finding;

use crate::args::Generate;
use crate::console::Console;
use crate::inputs::reason;
use crate::summary::visible;
use crate::validate::{CANNOT_RUN, CLEAN, FINDINGS};

/// Runs the command; gives the exit code: 1 if `--check` finds a difference.
pub fn run(arguments: &Generate, console: &mut Console) -> u8 {
    let name = match &arguments.krate {
        Some(name) => name.clone(),
        None => default_name(arguments),
    };
    let manifest = Manifest::Standalone {
        rules: arguments.rules.clone(),
    };
    let generated = generate_crate(&arguments.specs, &name, manifest);
    for finding in &generated.findings {
        if finding.level != Level::Allow {
            console.note(text_of_finding(finding, console.note_style()).trim_end());
        }
    }
    if generated.is_broken() || generated.tree.files.is_empty() {
        console.note("error: nothing was generated");
        return CANNOT_RUN;
    }
    if arguments.stats.is_some() {
        console.report(&figures(&generated.stats));
    }
    let mode = if arguments.check {
        Mode::Check
    } else {
        Mode::Write
    };
    let code = match write(&generated.tree, &arguments.out, mode) {
        Ok(outcome) => report(&outcome, arguments, console),
        Err(error) => {
            let out = visible(&arguments.out.to_string_lossy());
            console.note(&format!(
                "error: {out} cannot be written: {}",
                reason(&error)
            ));
            CANNOT_RUN
        }
    };
    match console.finish() {
        Ok(()) => code,
        Err(_) => CANNOT_RUN,
    }
}

/// The crate that a document is named after: `agent.yaml` becomes `agent-model`.
fn default_name(arguments: &Generate) -> String {
    let stem = arguments.specs.first().and_then(|it| it.file_stem());
    let stem = stem.unwrap_or_default().to_string_lossy().to_lowercase();
    let words: Vec<_> = stem
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| !it.is_empty())
        .collect();
    match words.first() {
        Some(first) if first.starts_with(|it: char| it.is_ascii_lowercase()) => {
            format!("{}-model", words.join("-"))
        }
        Some(_) | None => "api-model".to_owned(),
    }
}

fn figures(stats: &Stats) -> String {
    format!(
        "{{\"schemas\": {}, \"types\": {}, \"lines\": {}, \"anyFallback\": {}}}\n",
        stats.schemas, stats.types, stats.lines, stats.any_fallback
    )
}

fn report(outcome: &Outcome, arguments: &Generate, console: &mut Console) -> u8 {
    if !outcome.foreign.is_empty() {
        let files = outcome.foreign.join(", ");
        console.note(&format!(
            "error: not generated, so not overwritten: {files}"
        ));
        return CANNOT_RUN;
    }
    for change in &outcome.changes {
        let (would, did) = match change.kind {
            ChangeKind::Missing => ("is missing", "written"),
            ChangeKind::Stale => ("is stale", "rewritten"),
            ChangeKind::Orphan => ("is an orphan: nothing generates it any more", "removed"),
        };
        if arguments.check {
            console.report(&format!("{} {would}\n{}", change.path, change.diff));
        } else {
            console.note(&format!("{did} {}", change.path));
        }
    }
    if arguments.check && !outcome.is_fresh() {
        let count = outcome.changes.len();
        console.note(&format!(
            "{count} generated files are not what the specifications say; run the same command \
             without `--check`"
        ));
        return FINDINGS;
    }
    CLEAN
}
