//! `fuzz`: the bodies of `specsmith-fuzz` by libFuzzer, one after the other.
//!
//! libFuzzer comes with `libfuzzer-sys`, which needs a C++ compiler; coverage comes from flags of
//! the stable compiler, so neither a nightly one nor `cargo fuzz` is needed. What is found new is
//! kept in `target/fuzz/`, and goes on from there the next time. Where libFuzzer cannot be built,
//! `--plain` mutates without coverage.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `cargo fuzz` passes too: which edges were taken how often, and what was compared.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=4";

/// An input that takes longer, in seconds, or more memory, in MB, is a failure.
const LONGEST: u32 = 20;
const MOST_MEMORY: u32 = 2_048;
/// So much of what libFuzzer says is shown where a body fails.
const LAST_LINES: usize = 40;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long, in seconds, for all bodies together.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Only this body; all of them otherwise.
    #[arg(long)]
    body: Option<String>,
    /// Mutates without coverage, where libFuzzer cannot be built.
    #[arg(long)]
    plain: bool,
    /// What chance begins with.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// `Err` names the body that failed, and the input where it is kept.
pub(crate) fn fuzz(root: &Path, options: &Options) -> Result<(), String> {
    let folder = target(root).join("fuzz");
    let driver = driver(root, options.plain)?;
    run(Command::new(&driver).arg("seeds").arg(&folder))?;
    let names = bodies(&folder)?;
    let names: Vec<_> = match &options.body {
        Some(body) => vec![body.clone()],
        None => names,
    };
    let each = (options.seconds / names.len().max(1) as u64).max(1);
    let built = match options.plain {
        true => None,
        false => Some(libfuzzer(root)?),
    };
    for name in &names {
        match &built {
            Some(built) => fuzz_by_coverage(root, built, name, each, options.seed)?,
            None => {
                let mut command = Command::new(&driver);
                command.args(["run", name, &each.to_string(), &options.seed.to_string()]);
                run(command.current_dir(&folder)).map_err(|error| {
                    format!(
                        "`{name}` failed; the input is in {}: {error}",
                        folder.display()
                    )
                })?;
            }
        }
    }
    Ok(())
}

/// Feeds one body for so many seconds; what libFuzzer says of it is kept beside what it found.
fn fuzz_by_coverage(
    root: &Path,
    built: &Path,
    name: &str,
    seconds: u64,
    seed: u32,
) -> Result<(), String> {
    let folder = target(root).join("fuzz");
    let told = folder.join(format!("{name}.log"));
    let log = File::create(&told).map_err(|error| format!("{}: {error}", told.display()))?;
    let mut command = Command::new(built.join(name));
    command.arg(folder.join(name));
    let failed_once = root.join("crates/specsmith-fuzz/regressions").join(name);
    if failed_once.is_dir() {
        command.arg(failed_once);
    }
    command
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-seed={seed}"))
        .arg(format!("-timeout={LONGEST}"))
        .arg(format!("-rss_limit_mb={MOST_MEMORY}"))
        .arg(format!(
            "-artifact_prefix={}/failed-{name}-",
            folder.display()
        ))
        .args(["-print_final_stats=1", "-verbosity=0"])
        .stderr(log);
    let done = run(&mut command);
    let said = std::fs::read(&told).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let mut lines = said.lines();
    let count = lines.find_map(|it| it.strip_prefix("stat::number_of_executed_units:"));
    say(&format!(
        "{name}: {} inputs in {seconds} s",
        count.unwrap_or("?").trim()
    ));
    done.map_err(|_| {
        let last: Vec<&str> = said.lines().rev().take(LAST_LINES).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        format!(
            "{}\n`{name}` failed; {} says why, and the input is beside it",
            last.join("\n"),
            told.display()
        )
    })
}

/// The program that writes seeds and mutates, built: to be fast only where it is to mutate.
fn driver(root: &Path, fast: bool) -> Result<PathBuf, String> {
    let (profile, folder) = match fast {
        true => ("release", "release"),
        false => ("dev", "debug"),
    };
    let mut build = Command::new(cargo());
    build
        .current_dir(root)
        .args(["build", "--quiet", "--package", "specsmith-fuzz"])
        .args(["--profile", profile]);
    run(&mut build)?;
    Ok(target(root).join(folder).join("specsmith-fuzz"))
}

/// The programs for libFuzzer, built.
fn libfuzzer(root: &Path) -> Result<PathBuf, String> {
    let host = host()?;
    let folder = target(root).join("libfuzzer");
    let mut build = Command::new(cargo());
    build
        .current_dir(root.join("crates/specsmith-fuzz/libfuzzer"))
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTFLAGS", FLAGS)
        // With a target named, build scripts and macros are left as they are.
        .args(["build", "--quiet", "--release", "--target", &host]);
    run(&mut build).map_err(|error| {
        format!("{error}\nwithout a C++ compiler, `--plain` mutates without coverage")
    })?;
    Ok(folder.join(host).join("release"))
}

/// One folder of seeds for each body.
fn bodies(folder: &Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let folders = entries.flatten().filter(|it| it.path().is_dir());
    let mut names: Vec<String> = folders
        .filter_map(|it| it.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

fn host() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output();
    let output = output.map_err(|error| format!("rustc cannot be run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not say what it runs on".to_owned())
}

fn target(root: &Path) -> PathBuf {
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    std::path::absolute(&folder).unwrap_or(folder)
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?} cannot be run: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed")),
    }
}

#[allow(clippy::print_stdout)] // a command's own output
fn say(message: &str) {
    println!("{message}");
}
