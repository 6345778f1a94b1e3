//! Walks: the payload files below a folder.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::Finding;

use super::{told_by_name, unreadable};

/// What becomes of links to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// They are followed, since they are asked for by name.
    Followed,
    /// They are passed over: what they lead to may be there as well.
    Passed,
}

/// The payload files below a folder, as git would walk it, in the order of their names. Folders
/// that cannot be read are findings.
pub(super) fn walk(
    root: &Path,
    links: Links,
    keep: impl Fn(&Path) -> bool,
    findings: &mut Vec<Finding>,
) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .ignore(false)
        .filter_entry(|it| it.file_name() != ".git")
        .sort_by_file_name(Ord::cmp)
        .build();
    let mut told = |error: ignore::Error| findings.extend(unwalkable(&error));
    walk.filter_map(|it| it.map_err(&mut told).ok())
        .filter(|it| match it.file_type() {
            Some(kind) if kind.is_symlink() => links == Links::Followed && it.path().is_file(),
            kind => kind.is_some_and(|it| it.is_file()),
        })
        .map(|it| it.into_path())
        .filter(|it| told_by_name(it).0.is_some() && keep(it))
        .map(|it| it.strip_prefix("./").map(Path::to_path_buf).unwrap_or(it))
        .collect()
}

/// What is said about a place that a walk did not get to.
fn unwalkable(error: &ignore::Error) -> Option<Finding> {
    fn place(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                place(err)
            }
            _ => None,
        }
    }
    let path = place(error)?.to_string_lossy();
    Some(*unreadable(&path, error.io_error()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    /// A folder that cannot be read is no folder without payloads.
    #[test]
    fn what_a_walk_does_not_get_to_is_told() {
        let error = ignore::Error::WithDepth {
            depth: 1,
            err: Box::new(ignore::Error::WithPath {
                path: "sub".into(),
                err: Box::new(io::Error::from(io::ErrorKind::PermissionDenied).into()),
            }),
        };
        let finding = unwalkable(&error).expect("it is told");
        assert_eq!(finding.code.as_str(), "config/unreadable-file");
        assert_eq!(finding.location.map(|it| it.file).as_deref(), Some("sub"));
    }
}
