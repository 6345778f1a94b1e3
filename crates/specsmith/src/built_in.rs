//! The documents that are built in, and their trees, so that a run need not read them.

use std::io;
use std::path::{Path, PathBuf};

use specsmith_json::Node;
use specsmith_source::{Embedded, Fetch};

/// The texts, by the path that they have in this repository.
pub const TEXTS: &[(&str, &str)] = &[
    ("specs/agent.yaml", include_str!("../specs/agent.yaml")),
    ("specs/common.yaml", include_str!("../specs/common.yaml")),
    (
        "specs/conversation.yaml",
        include_str!("../specs/conversation.yaml"),
    ),
    (
        "specs/customer.yaml",
        include_str!("../specs/customer.yaml"),
    ),
];

/// The trees of [`TEXTS`], in the same order; `cargo xtask codegen` writes them.
const TREES: &[&[u8]] = &[
    include_bytes!("../trees/agent.tree"),
    include_bytes!("../trees/common.tree"),
    include_bytes!("../trees/conversation.tree"),
    include_bytes!("../trees/customer.tree"),
];

/// Those of [`TEXTS`] that have operations.
const ROOTS: &[&str] = &[
    "specs/agent.yaml",
    "specs/conversation.yaml",
    "specs/customer.yaml",
];

/// Hands out the documents that are built in.
pub struct BuiltIn;

/// The paths of the documents that have operations.
pub fn roots() -> Vec<PathBuf> {
    ROOTS.iter().map(PathBuf::from).collect()
}

impl Fetch for BuiltIn {
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        Embedded(TEXTS).read(path, most)
    }

    fn allows(&self, path: &Path, folder: &Path) -> io::Result<bool> {
        Embedded(TEXTS).allows(path, folder)
    }

    fn tree(&self, path: &Path) -> Option<Node> {
        let mut both = TEXTS.iter().zip(TREES);
        let (_, tree) = both.find(|((name, _), _)| Path::new(name) == path)?;
        specsmith_source::unpack(tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use specsmith_source::{Limits, load, pack};

    #[test]
    fn trees_are_what_reading_gives() {
        let paths: Vec<_> = TEXTS.iter().map(|(path, _)| PathBuf::from(path)).collect();
        let (read, findings) = load(&paths, &Embedded(TEXTS), &Limits::default());
        assert_eq!(findings, []);
        let documents = read.expect("they can be read").documents;
        assert_eq!(documents.len(), TREES.len());
        for (document, tree) in documents.iter().zip(TREES) {
            let path = document.path.display();
            assert!(
                pack(&document.root) == *tree,
                "{path}: run `cargo xtask codegen`"
            );
            assert!(BuiltIn.tree(&document.path).is_some(), "{path}");
        }
    }
}
