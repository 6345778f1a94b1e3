//! `codegen`: the crates that are generated from `specs/`, and the trees of its documents.

use std::fs;
use std::path::Path;

use specsmith_codegen::{ChangeKind, Config, Mode, Outcome, generate, write};
use specsmith_diagnostics::Level;

use crate::trees::trees;

/// The command that mends what `--check` finds.
const MEND: &str = "cargo xtask codegen";

/// Writes the crates, or, to check, fails if there is anything to write.
pub(crate) fn codegen(root: &Path, check: bool) -> Result<(), String> {
    let path = root.join("specsmith.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let config = Config::parse(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let generated = generate(&config, root);
    for finding in &generated.findings {
        let place = finding.location.as_ref().map_or_else(String::new, |it| {
            format!("{}:{}:{}: ", it.file, it.line, it.column)
        });
        let level = match finding.level {
            Level::Allow => continue,
            Level::Warn => "warning",
            Level::Deny => "error",
        };
        say(&format!(
            "{place}{level}[{}]: {}",
            finding.code, finding.message
        ));
    }
    if generated.is_broken() || generated.tree.files.is_empty() {
        return Err("nothing was generated".to_owned());
    }
    let mode = if check { Mode::Check } else { Mode::Write };
    let outcome = write(&generated.tree, root, mode).map_err(|error| error.to_string())?;
    report(&outcome, &trees(root, check)?, check)
}

fn report(outcome: &Outcome, trees: &[String], check: bool) -> Result<(), String> {
    if !outcome.foreign.is_empty() {
        return Err(format!(
            "not generated, so not overwritten: {}",
            outcome.foreign.join(", ")
        ));
    }
    for change in &outcome.changes {
        let (would, did) = match change.kind {
            ChangeKind::Missing => ("is missing", "written"),
            ChangeKind::Stale => ("is stale", "rewritten"),
            ChangeKind::Orphan => ("is an orphan: nothing generates it any more", "removed"),
        };
        if check {
            say(&format!("{} {would}\n{}", change.path, change.diff));
        } else {
            say(&format!("{did} {}", change.path));
        }
    }
    for path in trees {
        match check {
            true => say(&format!("{path} is missing or stale")),
            false => say(&format!("written {path}")),
        }
    }
    if check && !(outcome.is_fresh() && trees.is_empty()) {
        return Err(format!(
            "{} generated files are not what the specifications say; run `{MEND}`",
            outcome.changes.len() + trees.len()
        ));
    }
    Ok(())
}

#[allow(clippy::print_stdout)] // a command's own output
fn say(line: &str) {
    println!("{line}");
}
