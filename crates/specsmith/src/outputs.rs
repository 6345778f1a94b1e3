//! Reports that go to files: whole or not at all.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file so that whoever reads it sees the old text or the new one, never a part: the text
/// goes to a file beside it, which then takes its name.
///
/// # Errors
/// If the folder or the file cannot be written to.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    // They are written to as they are.
    if is_special(path) {
        return std::fs::write(path, text);
    }
    // Where the name is a link, what it leads to is replaced.
    let path = &place(path);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = folder.join(name);
    let written = std::fs::File::create(&part)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // What could not be written is not left lying about; that it is gone is all that matters.
        let _ = std::fs::remove_file(&part);
    }
    written
}

/// The files that a run has read or written, which no report may take the place of.
#[derive(Debug)]
pub struct Taken(BTreeSet<PathBuf>);

impl Taken {
    /// Those that were read.
    pub fn of<'a>(read: impl Iterator<Item = &'a Path>) -> Self {
        Self(read.map(place).collect())
    }

    /// Writes a file, see [`write()`], whose place is free.
    ///
    /// # Errors
    /// If it is not, or if the folder or the file cannot be written to.
    pub fn write(&mut self, path: &Path, text: &str) -> io::Result<()> {
        // What is special is no place, and holds everything.
        if is_special(path) {
            return write(path, text);
        }
        if self.0.contains(&place(path)) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        write(path, text)?;
        // Only now is its folder certainly there.
        self.0.insert(place(path));
        Ok(())
    }
}

/// Whether a path leads to a device or a pipe.
fn is_special(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir())
}

/// Which file a path leads to; the file need not be there.
fn place(path: &Path) -> PathBuf {
    let whole = |it: &Path| std::fs::canonicalize(it).ok();
    let beside = || {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        Some(whole(folder)?.join(path.file_name()?))
    };
    whole(path)
        .or_else(beside)
        .unwrap_or_else(|| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_text_is_replaced_and_nothing_is_left_lying_about() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/report.json");
        write(&path, "one").expect("written");
        write(&path, "two").expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("a text"), "two");
        let files = std::fs::read_dir(folder.path().join("new")).expect("a folder");
        assert_eq!(files.count(), 1);
    }

    #[test]
    fn what_was_read_or_written_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (payload, report) = (folder.path().join("a.json"), folder.path().join("b.json"));
        std::fs::write(&payload, "{}").expect("written");
        let mut taken = Taken::of([payload.as_path()].into_iter());
        let around = folder
            .path()
            .join("../")
            .join(folder.path())
            .join("./a.json");
        assert!(taken.write(&around, "report").is_err());
        assert_eq!(std::fs::read_to_string(&payload).expect("a text"), "{}");
        taken.write(&report, "one").expect("its place is free");
        assert!(taken.write(&report, "two").is_err());
        let inner = folder.path().join("new/report.json");
        taken.write(&inner, "one").expect("its place is free");
        let around = folder.path().join("new/../new/report.json");
        assert!(taken.write(&around, "two").is_err(), "the folder was made");
        assert_eq!(std::fs::read_to_string(&report).expect("a text"), "one");
    }

    #[test]
    fn a_folder_in_its_place_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(write(folder.path(), "text").is_err());
    }
}
