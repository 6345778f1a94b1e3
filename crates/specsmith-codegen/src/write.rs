//! Writing: how a file tree gets onto the disk, whole or not at all.
//!
//! What has changed is staged beside the target, then a list of what is to be done is put in place
//! with one rename, and only then is anything moved. A run that is cut off before that rename has
//! changed nothing; one that is cut off after it is finished by the next run. Files that do not
//! carry our mark are never touched.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::file_tree::FileTree;
use crate::options::MARK;

/// Whether to write or only to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Make the disk hold the tree.
    Write,
    /// Say what would be done.
    Check,
}

/// What was done, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The files that differ, in the order of their paths.
    pub changes: Vec<Change>,
    /// Files that stand where ours should, without our mark; nothing is written while there are any.
    pub foreign: Vec<String>,
}

/// One file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path, relative to where the tree is written.
    pub path: String,
    /// What is the matter with it.
    pub kind: ChangeKind,
    /// The difference from the disk to the tree, as a unified diff.
    pub diff: String,
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is not there.
    Missing,
    /// Its text is another.
    Stale,
    /// It is generated, and nothing generates it any more.
    Orphan,
}

impl Outcome {
    /// Whether the disk holds the tree.
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty() && self.foreign.is_empty()
    }
}

/// Where changes are staged, inside the root.
const STAGING: &str = ".specsmith-staging";
/// The list of what is to be done; once it is there, it will be.
const COMMIT: &str = "commit";
/// How much of a file is looked at for the mark.
const HEAD: usize = 4_096;

/// Makes the folder at `root` hold the tree, or says what that would take.
///
/// # Errors
/// If a file cannot be read or written; in [`Mode::Check`] nothing is ever written.
pub fn write(tree: &FileTree, root: &Path, mode: Mode) -> io::Result<Outcome> {
    let _locked = match mode {
        Mode::Write => {
            let locked = lock(root)?;
            recover(root)?;
            locked
        }
        Mode::Check => None,
    };
    let outcome = compare(tree, root)?;
    if mode == Mode::Write && outcome.foreign.is_empty() && !outcome.changes.is_empty() {
        stage(tree, root, &outcome)?;
        finish(root)?;
    }
    Ok(outcome)
}

/// Waits until no other run writes below the folder, and keeps others waiting. `None` where the
/// system locks no folders.
fn lock(root: &Path) -> io::Result<Option<fs::File>> {
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

/// What differs between the tree and the disk.
fn compare(tree: &FileTree, root: &Path) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for (path, text) in &tree.files {
        let old = match fs::read(root.join(path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                outcome.changes.push(Change {
                    path: path.clone(),
                    kind: ChangeKind::Missing,
                    diff: diff(path, "", text),
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
            diff: diff(path, &String::from_utf8_lossy(&old), text),
        });
    }
    let mut seen = BTreeSet::new();
    for folder in &tree.folders {
        orphans(tree, root, folder, &mut seen, &mut outcome)?;
    }
    for shelf in &tree.shelves {
        for folder in generated_crates(root, shelf)? {
            orphans(tree, root, &folder, &mut seen, &mut outcome)?;
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
                        diff: diff(&path, &String::from_utf8_lossy(&old), ""),
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

fn diff(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("{path} (on disk)"), &format!("{path} (generated)"))
        .to_string()
}

/// Puts the new texts and the list of what is to be done beside the target.
fn stage(tree: &FileTree, root: &Path, outcome: &Outcome) -> io::Result<()> {
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
fn recover(root: &Path) -> io::Result<()> {
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
fn finish(root: &Path) -> io::Result<()> {
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

fn put(from: &Path, to: &Path) -> io::Result<()> {
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

fn at(error: io::Error, path: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> FileTree {
        let mut tree = FileTree::default();
        for (path, text) in files {
            tree.add((*path).to_owned(), &format!("// {MARK} from x.\n{text}"));
        }
        tree.folders.push("a".to_owned());
        tree
    }

    fn read(root: &Path, path: &str) -> String {
        fs::read_to_string(root.join(path)).expect("the file is there")
    }

    #[test]
    fn writes_compares_and_removes() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        let first = tree(&[("a/one.rs", "1"), ("a/b/two.rs", "2")]);
        let check = write(&first, root, Mode::Check).expect("reads");
        assert_eq!(check.changes.len(), 2);
        assert!(!root.join("a").exists(), "a check writes nothing");
        write(&first, root, Mode::Write).expect("writes");
        assert!(write(&first, root, Mode::Check).expect("reads").is_fresh());
        assert!(!root.join(STAGING).exists());

        fs::write(root.join("a/by_hand.rs"), "mine").expect("writes");
        let second = tree(&[("a/one.rs", "one")]);
        let check = write(&second, root, Mode::Check).expect("reads");
        let kinds: Vec<_> = check
            .changes
            .iter()
            .map(|it| (it.path.as_str(), it.kind))
            .collect();
        assert_eq!(
            kinds,
            [
                ("a/b/two.rs", ChangeKind::Orphan),
                ("a/one.rs", ChangeKind::Stale)
            ]
        );
        assert!(
            check.changes[1].diff.contains("-1\n+one\n"),
            "{}",
            check.changes[1].diff
        );
        write(&second, root, Mode::Write).expect("writes");
        assert!(
            !root.join("a/b").exists(),
            "an empty folder goes with its last file"
        );
        assert_eq!(read(root, "a/by_hand.rs"), "mine");
    }

    #[test]
    fn files_of_others_are_not_touched() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        fs::create_dir_all(root.join("a")).expect("a folder");
        fs::write(root.join("a/one.rs"), "mine").expect("writes");
        let outcome = write(
            &tree(&[("a/one.rs", "1"), ("a/two.rs", "2")]),
            root,
            Mode::Write,
        );
        let outcome = outcome.expect("reads");
        assert_eq!(outcome.foreign, ["a/one.rs"]);
        assert_eq!(read(root, "a/one.rs"), "mine");
        assert!(!root.join("a/two.rs").exists(), "all or nothing");
    }

    #[test]
    fn what_is_the_same_is_not_rewritten() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        write(
            &tree(&[("a/one.rs", "1"), ("a/two.rs", "2")]),
            root,
            Mode::Write,
        )
        .expect("writes");
        let time = |path: &str| {
            fs::metadata(root.join(path))
                .and_then(|it| it.modified())
                .expect("a time")
        };
        let before = time("a/one.rs");
        write(
            &tree(&[("a/one.rs", "1"), ("a/two.rs", "3")]),
            root,
            Mode::Write,
        )
        .expect("writes");
        assert_eq!(time("a/one.rs"), before);
        assert!(read(root, "a/two.rs").ends_with("3\n"));
    }

    #[test]
    fn a_run_cut_off_leaves_the_old_or_the_new() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        let old = tree(&[("a/one.rs", "1"), ("a/two.rs", "2"), ("a/three.rs", "3")]);
        let new = tree(&[("a/one.rs", "one"), ("a/two.rs", "two")]);
        write(&old, root, Mode::Write).expect("writes");

        // Cut off while staging: nothing has changed, and the next run starts over.
        let outcome = compare(&new, root).expect("reads");
        stage(&new, root, &outcome).expect("stages");
        fs::remove_file(root.join(STAGING).join(COMMIT)).expect("is there");
        assert!(write(&old, root, Mode::Check).expect("reads").is_fresh());
        recover(root).expect("recovers");
        assert!(write(&old, root, Mode::Check).expect("reads").is_fresh());
        assert!(!root.join(STAGING).exists());

        // Cut off while moving, after any number of moves: the next run finishes.
        for moved in 0..=2 {
            write(&old, root, Mode::Write).expect("writes");
            let outcome = compare(&new, root).expect("reads");
            stage(&new, root, &outcome).expect("stages");
            let staging = root.join(STAGING);
            let commit = fs::read_to_string(staging.join(COMMIT)).expect("is there");
            for line in commit
                .lines()
                .filter_map(|line| line.strip_prefix("put "))
                .take(moved)
            {
                let (name, path) = line.split_once(' ').expect("two words");
                put(&staging.join(name), &root.join(path)).expect("moves");
            }
            recover(root).expect("recovers");
            assert!(
                write(&new, root, Mode::Check).expect("reads").is_fresh(),
                "after {moved}"
            );
        }
    }
}
