//! `bench`: the figures of `docs/benchmarks.md`, measured anew.

use std::path::Path;
use std::process::Command;

/// Builds what is shipped and its peers, makes the corpora, measures, and writes the tables into the
/// page, below what is said about them by hand.
pub(crate) fn bench(
    root: &Path,
    megabytes: u32,
    runs: u32,
    options: &[String],
) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let built = target.join("dist");
    let corpora = target.join(format!("corpora-{megabytes}"));
    let packages = ["--package", "specsmith", "--package", "specsmith-bench"];
    let mut build = Command::new(cargo);
    build.args(["build", "--profile", "dist"]).args(packages);
    run(build.current_dir(root))?;
    let mut make = Command::new(built.join("specsmith-bench"));
    run(make.arg("corpora").arg(&corpora).arg(megabytes.to_string()))?;
    let mut measure = Command::new(built.join("specsmith-bench"));
    measure
        .arg("run")
        .arg(built.join("specsmith"))
        .arg(&corpora);
    measure.arg(runs.to_string()).args(options);
    run(measure.arg("--page").arg(root.join("docs/benchmarks.md")))
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?} cannot be run: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?} failed"))
    }
}
