//! Places: where something stands in a file, and the line as it may be shown.

use std::sync::Arc;

/// Where something stands in a file. Lines and columns count from 1, columns in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as it was named to us, or relative to where we run; `-` is standard input.
    pub file: Arc<str>,
    /// The line of the first byte.
    pub line: u64,
    /// The column of the first byte.
    pub column: u64,
    /// The line of the byte behind the last.
    pub end_line: u64,
    /// The column of the byte behind the last.
    pub end_column: u64,
    /// The first byte, from the start of the file.
    pub byte_start: u64,
    /// The byte behind the last.
    pub byte_end: u64,
}

/// One line of a file as it may be shown, with the part that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The number of the line, from 1.
    pub line: u64,
    /// The text, perhaps with values left out and cut to a width; no control characters.
    pub text: String,
    /// Where in `text` the part meant begins, in code points from 0.
    pub start: usize,
    /// Where it ends; at least `start`.
    pub end: usize,
}
