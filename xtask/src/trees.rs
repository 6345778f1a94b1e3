//! The trees of the documents that are built into the binary, a part of `codegen`.

use std::fs;
use std::path::{Path, PathBuf};

use specsmith_source::{Disk, Limits, load, pack};

/// Where the documents are.
const SPECS: &str = "specs";
/// Where their trees are.
const TREES: &str = "crates/specsmith/trees";

/// Writes the tree of each document, or, to check, only finds out which differ; gives their paths.
pub(crate) fn trees(root: &Path, check: bool) -> Result<Vec<String>, String> {
    let said = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let folder = root.join(SPECS);
    let files = fs::read_dir(&folder).map_err(|error| said(&folder, error))?;
    let mut files: Vec<PathBuf> = files.filter_map(|it| Some(it.ok()?.path())).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "yaml"));
    files.sort();
    let (specification, findings) = load(&files, &Disk, &Limits::default());
    let specification = match (specification, findings.first()) {
        (Some(specification), None) => specification,
        (None, None) => return Err(format!("{}: there is nothing", folder.display())),
        // What reading has to say would not be said of a tree.
        (_, Some(finding)) => return Err(format!("{SPECS}: {}", finding.message)),
    };
    let mut changed = Vec::new();
    for document in &specification.documents {
        let path = format!("{TREES}/{}.tree", document.name.as_str());
        let (file, bytes) = (root.join(&path), pack(&document.root));
        if fs::read(&file).is_ok_and(|it| it == bytes) {
            continue;
        }
        if !check {
            let folder = root.join(TREES);
            fs::create_dir_all(&folder).map_err(|error| said(&folder, error))?;
            fs::write(&file, bytes).map_err(|error| said(&file, error))?;
        }
        changed.push(path);
    }
    Ok(changed)
}
