//! `specsmith generate`: a Rust model crate from documents anywhere.

use specsmith_codegen::{
    ChangeKind, Manifest, Mode, Outcome, Stats, Style, generate_crate_with, is_crate_name, write,
};
use specsmith_diagnostics::render::text_of_finding;
use specsmith_diagnostics::{Finding, Level};

use crate::args::Generate;
use crate::config;
use crate::console::Console;
use crate::inputs::reason;
use crate::summary::visible;
use crate::validate::{CANNOT_RUN, CLEAN, FINDINGS};

/// Runs the command; gives the exit code: 1 if `--check` finds a difference.
pub fn run(arguments: &Generate, console: &mut Console) -> u8 {
    let name = match &arguments.krate {
        Some(name) if is_crate_name(name) => name.clone(),
        Some(name) => {
            let name = visible(name);
            console.note(&format!("error: `{name}` is not the name of a crate"));
            return CANNOT_RUN;
        }
        None => default_name(arguments),
    };
    let Some(style) = style(arguments, console) else {
        return CANNOT_RUN;
    };
    let manifest = Manifest::Standalone {
        rules: arguments.rules.clone(),
    };
    let generated = generate_crate_with(&arguments.specs, &name, manifest, &style);
    tell(&generated.findings, console);
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
    // The process ends here, and its memory with it.
    std::mem::forget(generated);
    match console.finish() {
        Ok(()) => code,
        Err(_) => CANNOT_RUN,
    }
}

/// How code is to be written: what the configuration says, and the command line over it. `None`
/// where the configuration cannot be used.
fn style(arguments: &Generate, console: &mut Console) -> Option<Style> {
    let (config, findings) = config::find(arguments.config.as_deref());
    tell(&findings, console);
    if findings.iter().any(|it| it.level == Level::Deny) {
        return None;
    }
    let mut style = match config
        .as_ref()
        .map_or(Ok(Style::default()), config::style_of)
    {
        Ok(style) => style,
        Err(message) => {
            console.note(&message);
            return None;
        }
    };
    if !arguments.schemas.is_empty() || !arguments.operations.is_empty() {
        style.schemas.clone_from(&arguments.schemas);
        style.operations.clone_from(&arguments.operations);
    }
    Some(style)
}

fn tell(findings: &[Finding], console: &mut Console) {
    for finding in findings.iter().filter(|it| it.level != Level::Allow) {
        console.note(text_of_finding(finding, console.note_style()).trim_end());
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

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    specsmith_json::write::push_string(&mut quoted, text);
    quoted
}

/// The figures as one JSON object.
fn figures(stats: &Stats) -> String {
    let refused: Vec<String> = stats.refused.iter().map(|it| quoted(it)).collect();
    format!(
        "{{\"schemas\": {}, \"types\": {}, \"lines\": {}, \"any_by_spec\": {}, \
         \"any_fallback\": {}, \"refused\": [{}]}}\n",
        stats.schemas,
        stats.types,
        stats.lines,
        stats.any_by_spec,
        stats.any_fallback,
        refused.join(", ")
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
