//! Writing: how a file tree gets onto the disk, whole or not at all.
//!
//! What has changed is staged beside the target, then a list of what is to be done is put in place
//! with one rename, and only then is anything moved. A run that is cut off before that rename has
//! changed nothing; one that is cut off after it is finished by the next run. Files that do not
//! carry our mark are never touched.

mod compare;
mod stage;

use std::io;
use std::path::Path;

use crate::file_tree::FileTree;
use compare::compare;
use stage::{finish, lock, recover, stage};

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
    /// The difference from the disk to the tree, as a unified diff; empty where it was written.
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
    let outcome = compare(tree, root, mode)?;
    if mode == Mode::Write && outcome.foreign.is_empty() && !outcome.changes.is_empty() {
        stage(tree, root, &outcome)?;
        finish(root)?;
    }
    Ok(outcome)
}

fn at(error: io::Error, path: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::stage::{COMMIT, STAGING, put};
    use super::*;
    use crate::options::MARK;

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
        let outcome = compare(&new, root, Mode::Write).expect("reads");
        stage(&new, root, &outcome).expect("stages");
        fs::remove_file(root.join(STAGING).join(COMMIT)).expect("is there");
        assert!(write(&old, root, Mode::Check).expect("reads").is_fresh());
        recover(root).expect("recovers");
        assert!(write(&old, root, Mode::Check).expect("reads").is_fresh());
        assert!(!root.join(STAGING).exists());

        // Cut off while moving, after any number of moves: the next run finishes.
        for moved in 0..=2 {
            write(&old, root, Mode::Write).expect("writes");
            let outcome = compare(&new, root, Mode::Write).expect("reads");
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
