//! `--watch`: check again whenever something changes.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::args::Validate;
use crate::console::Console;
use crate::inputs::{Input, Origin};
use crate::validate::once;

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Runs until interrupted.
pub fn run(arguments: &Validate, console: &mut Console) -> u8 {
    loop {
        let (code, inputs) = once(arguments, console);
        if inputs.iter().any(|it| it.origin == Origin::Stdin) {
            console.note("standard input cannot be watched");
            return code;
        }
        let before = state(arguments, &inputs);
        console.note("watching; interrupt to stop");
        loop {
            std::thread::sleep(EVERY);
            if state(arguments, &inputs) != before {
                break;
            }
        }
    }
}

/// What tells that something has changed: lengths and times of the files looked at, of the
/// folders named, of the specifications and of the configuration.
fn state(arguments: &Validate, inputs: &[Input]) -> Vec<(PathBuf, Option<(u64, SystemTime)>)> {
    let files = inputs.iter().filter_map(|it| match &it.origin {
        Origin::File(path) => Some(path.clone()),
        Origin::Stdin => None,
    });
    let folders = files
        .clone()
        .filter_map(|it| it.parent().map(Path::to_path_buf));
    let named = arguments.paths.iter().map(PathBuf::from);
    let others = arguments.spec.iter().chain(&arguments.config).cloned();
    let own = std::iter::once(PathBuf::from(crate::config::NAME));
    let mut all: Vec<_> = files
        .clone()
        .chain(folders)
        .chain(named)
        .chain(others)
        .chain(own)
        .collect();
    all.sort();
    all.dedup();
    all.into_iter()
        .map(|path| {
            let state = std::fs::metadata(&path).ok();
            let state = state.and_then(|it| Some((it.len(), it.modified().ok()?)));
            (path, state)
        })
        .collect()
}
