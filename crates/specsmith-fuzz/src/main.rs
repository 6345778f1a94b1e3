//! Fuzzing without coverage, and seeds for fuzzing with it.
//!
//! `specsmith-fuzz seeds FOLDER` writes them, a folder for each body;
//! `specsmith-fuzz run BODY SECONDS SEED` mutates until the time is over or something fails.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a command's own output

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use specsmith_fuzz::{TARGETS, Target, mutate, seeds};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["seeds", folder] => write_seeds(Path::new(folder)),
        ["run", body, seconds, seed] => match (seconds.parse(), seed.parse()) {
            (Ok(seconds), Ok(seed)) => run(body, Duration::from_secs(seconds), seed),
            _ => Err("seconds and seed are numbers".to_owned()),
        },
        ["one", body, file] => one(body, Path::new(file)),
        _ => Err("seeds FOLDER, run BODY SECONDS SEED, or one BODY FILE".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn write_seeds(folder: &Path) -> Result<(), String> {
    for target in TARGETS {
        let folder = folder.join(target.name);
        let write =
            |index: usize, seed: &[u8]| std::fs::write(folder.join(format!("seed-{index}")), seed);
        std::fs::create_dir_all(&folder)
            .and_then(|()| {
                let all = seeds(target);
                all.iter()
                    .enumerate()
                    .try_for_each(|(index, seed)| write(index, seed))
            })
            .map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(())
}

fn target(name: &str) -> Result<&'static Target, String> {
    let names: Vec<_> = TARGETS.iter().map(|it| it.name).collect();
    let found = TARGETS.iter().find(|it| it.name == name);
    found.ok_or_else(|| format!("no body is called {name}; there are {}", names.join(", ")))
}

fn one(name: &str, file: &Path) -> Result<(), String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    (target(name)?.body)(&bytes);
    Ok(())
}

/// What fails is left in the file that is named when the run ends; a panic ends the run.
fn run(name: &str, time: Duration, seed: u64) -> Result<(), String> {
    let target = target(name)?;
    let (all, started) = (seeds(target), Instant::now());
    let mut random = fastrand::Rng::with_seed(seed);
    let mut count = 0_u64;
    while started.elapsed() < time {
        let bytes = random.choice(&all).map(Vec::as_slice).unwrap_or_default();
        let bytes = mutate(bytes, &all, &mut random);
        let last = std::panic::catch_unwind(|| (target.body)(&bytes));
        if last.is_err() {
            let file = format!("failed-{name}-{seed}");
            std::fs::write(&file, &bytes).map_err(|error| format!("{file}: {error}"))?;
            return Err(format!("after {count}: {file}"));
        }
        count += 1;
    }
    println!(
        "{name}: {count} inputs in {} s",
        started.elapsed().as_secs()
    );
    Ok(())
}
