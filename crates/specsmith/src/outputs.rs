//! Reports that go to files: whole or not at all.

use std::io::{self, Write};
use std::path::Path;

/// Writes a file so that whoever reads it sees the old text or the new one, never a part: the text
/// goes to a file beside it, which then takes its name.
///
/// # Errors
/// If the folder or the file cannot be written to.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    // Devices and pipes are written to as they are.
    if std::fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        return std::fs::write(path, text);
    }
    // Where the name is a link, what it leads to is replaced.
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
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
    fn a_folder_in_its_place_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(write(folder.path(), "text").is_err());
    }
}
