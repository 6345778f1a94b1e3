//! `--watch`: check again whenever something changes.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::args::Validate;
use crate::console::Console;
use crate::inputs::Origin;
use crate::validate::{Looked, once};

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Runs until interrupted.
pub fn run(arguments: &Validate, console: &mut Console) -> u8 {
    let mut known = Vec::new();
    loop {
        let started = SystemTime::now();
        let then = state(&known);
        let (code, looked) = once(arguments, console);
        if looked.inputs.iter().any(|it| it.origin == Origin::Stdin) {
            console.note("standard input cannot be watched");
            return code;
        }
        let files = files(looked);
        let paths = paths(arguments, &files);
        let before = state(&paths);
        console.note("watching; interrupt to stop");
        // What was written while it was read may have been read as it was before. The time of a file
        // that is new may tell; that of one that was there may also have been set to an earlier one.
        let now = SystemTime::now();
        let during = |it: &Option<(u64, SystemTime)>| {
            it.is_some_and(|(_, time)| (started..now).contains(&time))
        };
        let is_stale = state(&known) != then || state(&files).iter().any(during);
        known.clone_from(&paths);
        if is_stale {
            std::thread::sleep(EVERY);
            continue;
        }
        while state(&paths) == before {
            std::thread::sleep(EVERY);
        }
    }
}

/// The files that a run has read.
fn files(looked: Looked) -> Vec<PathBuf> {
    let payloads = looked.inputs.into_iter().filter_map(|it| match it.origin {
        Origin::File(path) => Some(path),
        Origin::Stdin => None,
    });
    payloads.chain(looked.others).collect()
}

/// What tells that something has changed: the files read, the folders they are in, and what was
/// named.
fn paths(arguments: &Validate, files: &[PathBuf]) -> Vec<PathBuf> {
    let folder = |path: &PathBuf| match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Some(PathBuf::from(".")),
        folder => folder.map(Path::to_path_buf),
    };
    let mut all: Vec<_> = files.to_vec();
    all.extend(files.iter().filter_map(folder));
    all.extend(arguments.paths.iter().map(PathBuf::from));
    all.extend(arguments.config.clone());
    all.push(PathBuf::from(crate::config::NAME));
    all.sort();
    all.dedup();
    all
}

/// Length and time of each, where it is there.
fn state(paths: &[PathBuf]) -> Vec<Option<(u64, SystemTime)>> {
    let state = |path: &PathBuf| {
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.len(), metadata.modified().ok()?))
    };
    paths.iter().map(state).collect()
}
