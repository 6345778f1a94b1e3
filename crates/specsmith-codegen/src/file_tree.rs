//! The file tree: everything that is to be on the disk, and nothing of how it gets there.

use std::collections::BTreeMap;

/// Files by path, relative to the folder they will be written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    /// The text of each file. Paths have `/` between their parts.
    pub files: BTreeMap<String, String>,
    /// The folders in which a generated file that is not among the files is an orphan.
    pub folders: Vec<String>,
    /// The folders in which a whole generated crate that is not among the folders is an orphan.
    pub shelves: Vec<String>,
}

impl FileTree {
    /// Adds a file; it ends with one line feed.
    pub(crate) fn add(&mut self, path: String, text: &str) {
        let mut text = text.trim_end().to_owned();
        text.push('\n');
        self.files.insert(path, text);
    }
}
