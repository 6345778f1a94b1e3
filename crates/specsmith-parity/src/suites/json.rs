//! JSONTestSuite: texts that are JSON, and texts that are not.

use std::path::Path;

/// A text of the suite and what the suite says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parsed {
    /// The file's name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) text: Vec<u8>,
    /// Whether it is JSON; `None` where that is up to the reader.
    pub(super) is_json: Option<bool>,
}

/// All texts of the suite under that corpus; none where it is not there.
pub(super) fn parsing_tests(corpus: &Path) -> Vec<Parsed> {
    let files = super::json_files(&corpus.join("JSONTestSuite/test_parsing"));
    let texts = files.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let is_json = match name.get(..2)? {
            "y_" => Some(true),
            "n_" => Some(false),
            _ => None,
        };
        Some(Parsed {
            text: std::fs::read(&path).ok()?,
            name,
            is_json,
        })
    });
    texts.collect()
}
