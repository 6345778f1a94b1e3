//! Where documents come from: the file system, or texts that are built in.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use specsmith_json::Node;

/// Hands out documents by path. The pipeline knows no other way to the outside.
pub trait Fetch {
    /// The bytes at a path: as the user gave it, or a relative reference joined to the path of the
    /// document that it stands in. Of a longer text than `most`, at least one byte more than that.
    ///
    /// # Errors
    /// If there are none.
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    /// Whether a reference may lead to `path` from a document asked for in `folder`, links
    /// followed; never to what is no file, such as a pipe that nobody writes to. Paths that leave the folder by `..` never get here.
    ///
    /// # Errors
    /// If that cannot be found out, as for a file that is not there.
    fn allows(&self, path: &Path, folder: &Path) -> io::Result<bool>;

    /// What reading the text at a path gives, where that is known already.
    fn tree(&self, _path: &Path) -> Option<Node> {
        None
    }
}

/// The file system. References stay inside the folder of the document that was asked for, also
/// where links lead elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disk;

impl Fetch for Disk {
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let mut bytes = Vec::new();
        // Devices have no length and may have no end.
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        file.by_ref()
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn allows(&self, path: &Path, folder: &Path) -> io::Result<bool> {
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let path = path.canonicalize()?;
        let kind = path.metadata()?;
        if !kind.is_file() && !kind.is_dir() {
            let message = "it is no file";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Ok(path.starts_with(folder.canonicalize()?))
    }
}

/// Texts that are built into the program, by the path that they are asked for and referred to.
#[derive(Clone, Copy, Debug)]
pub struct Embedded<'a>(pub &'a [(&'a str, &'a str)]);

impl Fetch for Embedded<'_> {
    fn read(&self, path: &Path, _most: usize) -> io::Result<Vec<u8>> {
        let path = normalised(path);
        self.0
            .iter()
            .find(|(name, _)| normalised(Path::new(name)) == path)
            .map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn allows(&self, _path: &Path, _folder: &Path) -> io::Result<bool> {
        Ok(true)
    }
}

/// The path without `.` and, as far as the text alone says, without `..`.
pub(crate) fn normalised(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) => {
                    out.pop();
                }
                Some(
                    Component::ParentDir
                    | Component::CurDir
                    | Component::RootDir
                    | Component::Prefix(_),
                )
                | None => out.push(".."),
            },
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => out.push(component),
        }
    }
    out
}
