//! The public suites, and how their tests are put to the judges.
//!
//! Their files stay where they are: `SPECSMITH_CORPUS` names the folder, whose default is
//! `../shared/corpus` beside the repository.

mod json;
mod schema;
mod texts;
mod wrapped;

use std::path::{Path, PathBuf};

pub use schema::{Draft, Judged, judge_suite, ledger};
pub use texts::{TextKind, Texts, judge_texts};

/// The folder of the public suites and documents, or `None`, said on standard error, where it is
/// not to be had.
///
/// # Errors
/// If it is not to be had and `CI` is `true`: there, nothing may be skipped.
pub fn corpus() -> Result<Option<PathBuf>, String> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("SPECSMITH_CORPUS").map_or(default, PathBuf::from);
    if folder.is_dir() {
        return Ok(Some(folder));
    }
    if std::env::var("CI").as_deref() == Ok("true") {
        return Err(format!("there is no corpus at {}", folder.display()));
    }
    Ok(None)
}

/// The files of a folder whose names end in `.json`, sorted; none where it cannot be read.
fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    files
}
