//! Comparing: what differs between a tree and the disk.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use similar::TextDiff;

use super::{Change, ChangeKind, Mode, Outcome, at};
use crate::file_tree::FileTree;
use crate::options::MARK;

/// What differs between the tree and the disk; how, where nothing is to be written.
pub(super) fn compare(tree: &FileTree, root: &Path, mode: Mode) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for (path, text) in &tree.files {
        let old = match fs::read(root.join(path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                outcome.changes.push(Change {
                    path: path.clone(),
                    kind: ChangeKind::Missing,
                    diff: diff(mode, path, b"", text),
                });
                continue;
            }
            Err(error) => return Err(at(error, path)),
        };
        if old == text.as_bytes() {
            continue;
        }
        if !is_ours(&old) {
            outcome.foreign.push(path.clone());
            continue;
        }
        outcome.changes.push(Change {
            path: path.clone(),
            kind: ChangeKind::Stale,
            diff: diff(mode, path, &old, text),
        });
    }
    let mut seen = BTreeSet::new();
    for folder in &tree.folders {
        orphans(tree, root, mode, folder, &mut seen, &mut outcome)?;
    }
    for shelf in &tree.shelves {
        for folder in generated_crates(root, shelf)? {
            orphans(tree, root, mode, &folder, &mut seen, &mut outcome)?;
        }
    }
    outcome.changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(outcome)
}

/// The folders of a shelf whose manifest is generated.
fn generated_crates(root: &Path, shelf: &str) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(root.join(shelf)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(error, shelf)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        let manifest = fs::read(entry.path().join("Cargo.toml"));
        if let (Some(name), Ok(manifest)) = (entry.file_name().to_str(), manifest)
            && is_ours(&manifest)
        {
            folders.push(format!("{shelf}/{name}"));
        }
    }
    folders.sort();
    Ok(folders)
}

fn orphans(
    tree: &FileTree,
    root: &Path,
    mode: Mode,
    folder: &str,
    seen: &mut BTreeSet<String>,
    outcome: &mut Outcome,
) -> io::Result<()> {
    let mut ahead = vec![folder.to_owned()];
    while let Some(folder) = ahead.pop() {
        if !seen.insert(folder.clone()) {
            continue;
        }
        let entries = match fs::read_dir(root.join(&folder)) {
            Ok(entries) => entries,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                continue;
            }
            Err(error) => return Err(at(error, &folder)),
        };
        for entry in entries {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            let path = format!("{folder}/{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    ahead.push(path);
                }
            } else if kind.is_file() && !tree.files.contains_key(&path) {
                let old = fs::read(entry.path()).map_err(|error| at(error, &path))?;
                if is_ours(&old) {
                    outcome.changes.push(Change {
                        diff: diff(mode, &path, &old, ""),
                        path,
                        kind: ChangeKind::Orphan,
                    });
                }
            }
        }
    }
    Ok(())
}

/// Whether a file carries our mark where we put it: in one of its first lines.
fn is_ours(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = String::from_utf8_lossy(head);
    head.lines().take(4).any(|line| line.contains(MARK))
}

fn diff(mode: Mode, path: &str, old: &[u8], new: &str) -> String {
    if mode == Mode::Write {
        return String::new();
    }
    TextDiff::from_lines(&*String::from_utf8_lossy(old), new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("{path} (on disk)"), &format!("{path} (generated)"))
        .to_string()
}

/// How much of a file is looked at for the mark.
const HEAD: usize = 4_096;
