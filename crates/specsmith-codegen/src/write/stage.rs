//! Staging: changes are put beside their place, and moved there once all of them are.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{ChangeKind, Outcome, at};
use crate::file_tree::FileTree;

/// Where changes are staged, inside the root.
pub(super) const STAGING: &str = ".specsmith-staging";

/// The list of what is to be done; once it is there, it will be.
pub(super) const COMMIT: &str = "commit";

/// Waits until no other run writes below the folder, and keeps others waiting. `None` where the
/// system locks no folders.
pub(super) fn lock(root: &Path) -> io::Result<Option<fs::File>> {
    let root = match root.as_os_str().is_empty() {
        true => Path::new("."),
        false => root,
    };
    fs::create_dir_all(root)?;
    let Ok(folder) = fs::File::open(root) else {
        return Ok(None);
    };
    Ok(folder.lock().is_ok().then_some(folder))
}

/// Puts the new texts and the list of what is to be done beside the target.
pub(super) fn stage(tree: &FileTree, root: &Path, outcome: &Outcome) -> io::Result<()> {
    let staging = root.join(STAGING);
    fs::create_dir_all(&staging)?;
    let mut commit = String::new();
    for (index, change) in outcome.changes.iter().enumerate() {
        match (change.kind, tree.files.get(&change.path)) {
            (ChangeKind::Missing | ChangeKind::Stale, Some(text)) => {
                let name = format!("{index}");
                fs::write(staging.join(&name), text)?;
                commit.push_str(&format!("put {name} {}\n", change.path));
            }
            (ChangeKind::Orphan, _) | (_, None) => {
                commit.push_str(&format!("remove {}\n", change.path));
            }
        }
    }
    let draft = staging.join("draft");
    fs::write(&draft, commit)?;
    fs::rename(&draft, staging.join(COMMIT))
}

/// Does what a run before did not come to do, or forgets what it only began to stage.
pub(super) fn recover(root: &Path) -> io::Result<()> {
    let staging = root.join(STAGING);
    if staging.join(COMMIT).exists() {
        return finish(root);
    }
    match fs::remove_dir_all(&staging) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Does what the list says. May be done over: what is done already is passed by.
pub(super) fn finish(root: &Path) -> io::Result<()> {
    let staging = root.join(STAGING);
    let commit = fs::read_to_string(staging.join(COMMIT))?;
    for line in commit.lines() {
        if let Some(rest) = line.strip_prefix("put ") {
            let Some((name, path)) = rest.split_once(' ') else {
                continue;
            };
            put(&staging.join(name), &root.join(path)).map_err(|error| at(error, path))?;
        } else if let Some(path) = line.strip_prefix("remove ") {
            match fs::remove_file(root.join(path)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(at(error, path)),
                Ok(()) | Err(_) => remove_empty(root, path),
            }
        }
    }
    fs::remove_dir_all(&staging)
}

pub(super) fn put(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::rename(from, to) {
        // Done by the run that was cut off.
        Err(error) if error.kind() == ErrorKind::NotFound && to.exists() => Ok(()),
        done => done,
    }
}

/// Removes the folders that a removed file has left empty, up to the root.
fn remove_empty(root: &Path, path: &str) {
    let mut folder = PathBuf::from(path);
    while folder.pop() && !folder.as_os_str().is_empty() {
        // A folder that is not empty stays, which is what is wanted.
        if fs::remove_dir(root.join(&folder)).is_err() {
            return;
        }
    }
}
