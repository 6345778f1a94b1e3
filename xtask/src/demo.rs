//! `demo`: what Specsmith does, shown on the repository's own files.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Generates nothing anew, finds nothing in the good payloads, and finds what is wrong in the bad
/// ones. `Err` says what did not come out as expected.
pub(crate) fn demo(root: &Path) -> Result<(), String> {
    say("1. The model crates are what the specifications say.\n");
    shown(
        root,
        &[
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--",
            "codegen",
            "--check",
        ],
        0,
    )?;

    say("2. The good payloads: nothing is found.\n");
    validate(root, &["examples/payloads/valid"], 0)?;

    say("3. The bad payloads: what is wrong, and where.\n");
    let summary = validate(
        root,
        &["--max-findings", "4", "examples/payloads/mistakes"],
        1,
    )?;
    let expected = expected_mistakes(root)?;
    if !summary.contains(&format!(": {expected} errors\n")) {
        return Err(format!("{expected} mistakes were to be found"));
    }

    say("4. A misspelt key in a batch: what was probably meant.\n");
    let misspelt = "examples/payloads/mistakes/conversation-batch-misspelt-key.json";
    validate(root, &[misspelt], 1)?;

    say("All of it came out as expected.");
    Ok(())
}

/// How many findings the table of expected ones lists.
fn expected_mistakes(root: &Path) -> Result<usize, String> {
    let path = root.join("examples/payloads/expected/mistakes.tsv");
    let table =
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(table
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .count())
}

/// Runs `specsmith validate` and gives what it says on standard error.
fn validate(root: &Path, arguments: &[&str], expected: i32) -> Result<String, String> {
    let mut all = vec!["run", "--quiet", "--package", "specsmith", "--", "validate"];
    all.extend(arguments);
    shown(root, &all, expected)
}

/// Runs cargo, shows the command and what it prints, and wants an exit code.
fn shown(root: &Path, arguments: &[&str], expected: i32) -> Result<String, String> {
    let program = arguments.iter().position(|it| *it == "--").unwrap_or(0);
    let (before, after) = arguments.split_at(program);
    let name = match before.last() {
        Some(&"xtask") | None => "cargo xtask",
        Some(name) => name,
    };
    let command = format!("{name} {}", after[1..].join(" "));
    say(&format!("$ {command}"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(root)
        .stdout(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    say(&errors);
    if output.status.code() == Some(expected) {
        Ok(errors)
    } else {
        Err(format!(
            "`{command}` was to exit with {expected}, and gave {}",
            output.status
        ))
    }
}

#[allow(clippy::print_stdout)] // a command's own output
fn say(line: &str) {
    println!("{line}");
}
