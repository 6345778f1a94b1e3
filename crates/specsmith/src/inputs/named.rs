//! What a path or a glob of the command line names.

use std::io;
use std::path::{Component, Path, PathBuf};

use specsmith_diagnostics::Finding;

use super::walk::{Links, walk};
use super::{Ours, nothing, unreadable};

/// The files that one path or glob names.
pub(super) fn named(
    path: &str,
    ours: &Ours,
    findings: &mut Vec<Finding>,
) -> Result<Vec<PathBuf>, Box<Finding>> {
    let said = findings.len();
    let file = Path::new(path);
    match std::fs::metadata(file) {
        Ok(it) if it.is_dir() => {
            let found = walk(file, Links::Passed, |it| !ours.holds(it), findings);
            return if found.is_empty() && findings.len() == said {
                Err(nothing(path, "the folder holds no payload"))
            } else {
                Ok(found)
            };
        }
        Ok(_) => return Ok(vec![file.to_path_buf()]),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(unreadable(path, &error));
        }
        Err(_) => {}
    }
    if !path.contains(['*', '?', '[', '{']) {
        return Err(unreadable(path, &io::ErrorKind::NotFound.into()));
    }
    // As what is found is written: no step stays where it is.
    let steps = file.components().filter(|it| *it != Component::CurDir);
    let pattern: PathBuf = steps.collect();
    let glob = globset::GlobBuilder::new(&pattern.to_string_lossy())
        .literal_separator(true)
        .build()
        .map_err(|_| nothing(path, "the pattern cannot be understood"))?
        .compile_matcher();
    let root: PathBuf = file
        .components()
        .take_while(|it| {
            !it.as_os_str()
                .to_string_lossy()
                .contains(['*', '?', '[', '{'])
        })
        .collect();
    let root = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &root
    };
    let keep = |it: &Path| glob.is_match(it.strip_prefix("./").unwrap_or(it)) && !ours.holds(it);
    let found = walk(root, Links::Followed, keep, findings);
    if found.is_empty() && findings.len() == said {
        return Err(nothing(path, "no file matches the pattern"));
    }
    Ok(found)
}
