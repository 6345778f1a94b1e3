//! The base: the folder that services count paths from.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// The folder we run in and the root of the repository around it. Services know files by their
/// paths from that root, wherever a command was run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    here: PathBuf,
    root: PathBuf,
}

impl Base {
    /// The folder we run in as an absolute path, and the root as it is called from there.
    pub fn new(here: impl Into<PathBuf>, root: impl AsRef<Path>) -> Self {
        let here = here.into();
        let root = resolved(&here.join(root));
        Self { here, root }
    }

    /// The root as an absolute path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file from the root, if it is inside.
    pub fn inside(&self, file: &Path) -> Option<PathBuf> {
        let whole = resolved(&self.here.join(file));
        whole.strip_prefix(&self.root).ok().map(Path::to_path_buf)
    }

    /// The path of a file from the root; of a file outside it, and of standard input, what it is
    /// called.
    pub fn path<'f>(&self, file: &'f str) -> Cow<'f, str> {
        let mut plain = file;
        while let Some(rest) = plain.strip_prefix("./") {
            plain = rest.trim_start_matches('/');
        }
        if file == "-" || self.here.as_os_str().is_empty() {
            return Cow::Borrowed(plain);
        }
        let Some(inside) = self.inside(Path::new(file)) else {
            return Cow::Borrowed(plain);
        };
        let parts: Vec<_> = inside.iter().map(|it| it.to_string_lossy()).collect();
        match parts.is_empty() {
            true => Cow::Borrowed(plain),
            false => Cow::Owned(parts.join("/")),
        }
    }
}

/// The path without `.` and `..`, as far as that can be told without looking at the disk.
fn resolved(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_inside_the_repository_are_told_from_its_root() {
        let base = Base::new("/repo/a", "/repo");
        let all = [
            "x.json",
            "./b/x.json",
            "../x.json",
            "../../elsewhere/x.json",
            "/repo/a/b/../x.json",
            "/elsewhere/x.json",
            "-",
            "..",
        ];
        let all = all.map(|it| base.path(it).into_owned());
        insta::assert_snapshot!(all.join("\n"), @r"
        a/x.json
        a/b/x.json
        x.json
        ../../elsewhere/x.json
        a/x.json
        /elsewhere/x.json
        -
        ..
        ");
    }

    #[test]
    fn without_a_root_paths_stay_as_they_are() {
        let base = Base::default();
        assert_eq!(base.path("./a/x.json"), "a/x.json");
        assert_eq!(base.path("/a/x.json"), "/a/x.json");
    }
}
