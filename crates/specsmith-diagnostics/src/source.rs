//! Texts that findings point into, and the way from a byte to a line and a column.

use std::ops::Range;
use std::sync::Arc;
use std::sync::OnceLock;

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
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(Source::new(name.into(), text.into()));
        id
    }

    /// All texts, each with its index.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.texts)
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
    name: Arc<str>,
    text: String,
    line_starts: Vec<u32>,
    /// How many characters begin before each [`STRIDE`] bytes, counted when first asked for: a
    /// document may be one line of megabytes, with a finding in every corner of it.
    characters: OnceLock<Vec<u32>>,
}

/// Characters are counted ahead in steps of so many bytes.
const STRIDE: usize = 4096;
/// Of a longer line, so many bytes on either side are looked at.
const AROUND: usize = 4096;

impl Source {
    fn new(name: Arc<str>, text: String) -> Self {
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
            characters: OnceLock::new(),
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
            .unwrap_or(0)
            .max(self.mark());
        let column = match self.text.as_bytes().get(start as usize..byte as usize) {
            None => 0,
            Some(before) if before.len() <= STRIDE => code_points(before),
            Some(_) => self.characters_before(byte) - self.characters_before(start),
        };
        (line as u64, column as u64 + 1)
    }

    /// How many bytes a byte order mark takes.
    fn mark(&self) -> u32 {
        byte_order_mark(self.text.as_bytes()) as u32
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, byte: u32) -> usize {
        let bytes = self.text.as_bytes();
        let counted = self.characters.get_or_init(|| {
            let strides = bytes.chunks(STRIDE).scan(0, |before, stride| {
                let here = *before;
                *before += u32::try_from(code_points(stride)).unwrap_or(u32::MAX);
                Some(here)
            });
            strides.collect()
        });
        let stride = byte as usize / STRIDE;
        let before = counted.get(stride).copied().unwrap_or_default() as usize;
        match counted.get(stride) {
            Some(_) => {
                let rest = bytes.get(stride * STRIDE..byte as usize);
                before + code_points(rest.unwrap_or_default())
            }
            // The text ends with a stride.
            None => {
                code_points(
                    bytes
                        .get((stride.max(1) - 1) * STRIDE..)
                        .unwrap_or_default(),
                ) + counted.last().copied().unwrap_or_default() as usize
            }
        }
    }

    /// Where a stretch of bytes stands.
    pub fn locate(&self, start: u32, end: u32) -> Location {
        let (line, column) = self.line_column(start);
        let (end_line, end_column) = self.line_column(end.max(start));
        Location {
            file: Arc::clone(&self.name),
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
        let (line, _) = self.line_column(start);
        let line_start = |line: u64| {
            let line = usize::try_from(line).ok()?;
            self.line_starts.get(line).map(|it| *it as usize)
        };
        let begins = line_start(line - 1).unwrap_or(0).max(self.mark() as usize);
        let ends = line_start(line).map_or(self.text.len(), |next| next - 1);
        let (start, end) = (start as usize, end.max(start) as usize);
        // What is not shown need not be looked at.
        let mut from = begins.max(start.saturating_sub(AROUND)).min(ends);
        let mut to = ends.min(start.saturating_add(AROUND)).max(from);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        while !self.text.is_char_boundary(to) {
            to += 1;
        }
        let near = self.text.get(from..to).unwrap_or_default();
        let near = near.strip_suffix('\r').unwrap_or(near);
        let column = |byte: usize| {
            let before = near.as_bytes().get(..byte.saturating_sub(from));
            before.map_or_else(|| near.chars().count(), code_points)
        };
        let first = column(start);
        Excerpt::cut(line, near, first..column(end).max(first), Excerpt::WIDTH)
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
        let part = characters(whole, from, shown);
        let mut text = String::with_capacity(part.len() + 8);
        let mut start = meant.start.saturating_sub(from).min(shown);
        let mut end = meant.end.saturating_sub(from).clamp(start, shown);
        if from > 0 {
            text.push('…');
            start += 1;
            end += 1;
        }
        match part.chars().all(|it| visible(it) == it) {
            true => text.push_str(part),
            false => text.extend(part.chars().map(visible)),
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

/// So many characters of a text, behind so many others.
fn characters(text: &str, behind: usize, count: usize) -> &str {
    let skip = |text: &str, count: usize| {
        let mut chars = text.chars();
        if let Some(last) = count.checked_sub(1) {
            // Many at once, which places of characters are not had by.
            chars.nth(last);
        }
        text.len() - chars.as_str().len()
    };
    let rest = text.get(skip(text, behind)..).unwrap_or_default();
    rest.get(..skip(rest, count)).unwrap_or_default()
}

/// A character that neither moves the cursor nor turns the direction of the text.
pub fn visible(character: char) -> char {
    match character {
        ' '..='~' => character,
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

/// What some editors put before the first character of UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How many bytes of a file are its byte order mark: editors show no column of it.
pub fn byte_order_mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// How many code points there are in UTF-8: each has one byte that continues none. Where the bytes
/// are no UTF-8, how many begin.
pub fn code_points(bytes: &[u8]) -> usize {
    // A sum that fits into a byte is made of many bytes at once.
    let few = |few: &[u8]| {
        few.iter()
            .map(|it| u8::from(is_char_start(*it)))
            .sum::<u8>()
    };
    let chunks = bytes.chunks(usize::from(u8::MAX));
    chunks.map(|chunk| usize::from(few(chunk))).sum()
}

fn is_char_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boundary(text: &str, at: usize) -> usize {
        let mut ends = (0..=at).rev();
        ends.find(|it| text.is_char_boundary(*it)).unwrap_or(0)
    }

    /// The same by counting from the start.
    fn counted(text: &str, byte: usize) -> (u64, u64) {
        let before = &text.as_bytes()[..byte];
        let start = before
            .iter()
            .rposition(|it| *it == b'\n')
            .map_or(0, |it| it + 1);
        let line = before.iter().filter(|it| **it == b'\n').count() + 1;
        (line as u64, code_points(&before[start..]) as u64 + 1)
    }

    #[test]
    fn columns_of_long_lines_are_counted_by_strides() {
        for long in [0, 1, STRIDE - 5, STRIDE, 3 * STRIDE, 3 * STRIDE + 7] {
            let text = format!(
                "é\n{}é{}\r\nlast 日",
                "a日".repeat(long / 4),
                "b".repeat(long)
            );
            let source = Source::new("t".into(), text.as_str().into());
            for byte in (0..=text.len()).step_by(61).chain([text.len()]) {
                let at = u32::try_from(byte).expect("short");
                assert_eq!(
                    source.line_column(at),
                    counted(&text, byte),
                    "{long} {byte}"
                );
                let line = text[..boundary(&text, byte)].lines().count().max(1);
                let excerpt = source.excerpt(at, at + 1);
                assert!(excerpt.line as usize >= line && excerpt.text.chars().count() <= 102);
            }
        }
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let source = Source::new("t".into(), "\u{feff}ab\nc".into());
        assert_eq!(
            [0, 3, 4, 6].map(|it| source.line_column(it).1),
            [1, 1, 2, 1]
        );
        let excerpt = source.excerpt(4, 5);
        assert_eq!((excerpt.text.as_str(), excerpt.start), ("ab", 1));
    }

    #[test]
    fn an_excerpt_of_a_long_line_is_that_of_the_whole_line() {
        let whole = format!("{}x日y{}", "日a".repeat(5_000), "b日".repeat(5_000));
        let text = format!("first\n{whole}\r\nlast");
        let source = Source::new("t".into(), text.as_str().into());
        for at in [6, 100, 20_006, 20_011, 30_000, text.len() - 12] {
            let at = boundary(&text, at);
            for length in [1, 50, 9_000] {
                let end = boundary(&text, (at + length).min(6 + whole.len()));
                let column = |byte: usize| text[6..byte].chars().count();
                let cut = Excerpt::cut(2, &whole, column(at)..column(end.max(at)), Excerpt::WIDTH);
                let at = u32::try_from(at).expect("short");
                let end = u32::try_from(end).expect("short");
                assert_eq!(source.excerpt(at, end), cut, "{at} {end}");
            }
        }
    }
}
