//! Texts that findings point into, and the way from a byte to a line and a column.

use std::ops::Range;
use std::sync::Arc;

use crate::{Excerpt, Location};

/// Which text of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A stretch of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// The texts read so far.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: Vec<Source>,
}

impl Sources {
    /// Takes a text in. `name` is what people are shown: the path as given.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        let id = SourceId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(Source::new(name.into(), text.into()));
        id
    }

    /// The text of that index.
    ///
    /// # Panics
    /// If `id` is of other sources.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.texts[id.0 as usize]
    }
}

/// One text, with its lines counted.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    line_starts: Vec<u32>,
}

impl Source {
    fn new(name: String, text: Arc<str>) -> Self {
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, byte)| *byte == b'\n')
                    .map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)),
            )
            .collect();
        Self {
            name,
            text,
            line_starts,
        }
    }

    /// The name that people are shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and the column of a byte, both from 1, the column in code points.
    pub fn line_column(&self, byte: u32) -> (u64, u64) {
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = line
            .checked_sub(1)
            .and_then(|at| self.line_starts.get(at))
            .copied()
            .unwrap_or(0);
        let before = self.text.as_bytes().get(start as usize..byte as usize);
        let column = before
            .unwrap_or_default()
            .iter()
            .filter(|byte| is_char_start(**byte))
            .count();
        (line as u64, column as u64 + 1)
    }

    /// Where a stretch of bytes stands.
    pub fn locate(&self, start: u32, end: u32) -> Location {
        let (line, column) = self.line_column(start);
        let (end_line, end_column) = self.line_column(end.max(start));
        Location {
            file: self.name.clone(),
            line,
            column,
            end_line,
            end_column,
            byte_start: u64::from(start),
            byte_end: u64::from(end.max(start)),
        }
    }

    /// The line that a stretch of bytes begins on, cut to 100 columns around it.
    pub fn excerpt(&self, start: u32, end: u32) -> Excerpt {
        let (line, column) = self.line_column(start);
        let from = usize::try_from(line - 1)
            .ok()
            .and_then(|at| self.line_starts.get(at))
            .copied()
            .unwrap_or(0);
        let rest = self.text.get(from as usize..).unwrap_or_default();
        let whole = rest.split('\n').next().unwrap_or_default();
        let whole = whole.strip_suffix('\r').unwrap_or(whole);
        let length = whole.chars().count();
        let first = usize::try_from(column - 1).unwrap_or(0).min(length);
        let (end_line, end_column) = self.line_column(end.max(start));
        let last = if end_line == line {
            usize::try_from(end_column - 1).unwrap_or(0).min(length)
        } else {
            length
        };
        Excerpt::cut(line, whole, first..last.max(first), Excerpt::WIDTH)
    }
}

impl Excerpt {
    /// How many columns of a line are shown where nothing else is asked for.
    pub const WIDTH: usize = 100;

    /// Cuts a line to so many columns around the part meant, in code points from 0, and makes
    /// control and direction characters visible.
    pub fn cut(line: u64, whole: &str, meant: Range<usize>, width: usize) -> Self {
        let length = whole.chars().count();
        let from = meant.start.saturating_sub(width / 3);
        let from = from.min(length.saturating_sub(width));
        let shown = (length - from).min(width);
        let mut text = String::with_capacity(shown + 8);
        text.extend(whole.chars().skip(from).take(width).map(visible));
        let mut start = meant.start.saturating_sub(from).min(shown);
        let mut end = meant.end.saturating_sub(from).clamp(start, shown);
        if from > 0 {
            text.insert(0, '…');
            start += 1;
            end += 1;
        }
        if from + shown < length {
            text.push('…');
        }
        Self {
            line,
            text,
            start,
            end,
        }
    }
}

/// A character that neither moves the cursor nor turns the direction of the text.
pub fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        it if it.is_control() => '\u{fffd}',
        it => it,
    }
}

fn is_char_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
