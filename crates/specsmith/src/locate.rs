//! From bytes of a record to lines and columns of its file.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use specsmith_diagnostics::{Excerpt, Location, byte_order_mark, code_points};
use specsmith_plan::{Gap, Record};

use crate::mask::{self, Redrawn};
use crate::names::Names;

/// A stretch of a file that is judged as one: a line, a document, the whole.
pub struct Text<'a> {
    file: &'a Arc<str>,
    bytes: &'a [u8],
    start: Start,
    gap: Option<Gap>,
    lines: OnceCell<Vec<usize>>,
    redrawn: std::cell::RefCell<Option<(usize, Redrawn)>>,
    yaml: bool,
}

/// Where a stretch begins in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// In bytes, from 0.
    pub offset: u64,
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1, in code points.
    pub column: u64,
}

impl Start {
    /// The start of a file.
    pub const OF_FILE: Self = Self {
        offset: 0,
        line: 1,
        column: 1,
    };
}

impl<'a> Text<'a> {
    /// The stretch `bytes` of the file of that name.
    pub fn new(file: &'a Arc<str>, bytes: &'a [u8], start: Start, yaml: bool) -> Self {
        Self {
            file,
            bytes,
            start,
            gap: None,
            lines: OnceCell::new(),
            redrawn: std::cell::RefCell::new(None),
            yaml,
        }
    }

    /// A stretch of a stream, from which something may be left out.
    pub fn of_record(file: &'a Arc<str>, record: &Record<'a>) -> Self {
        let start = Start {
            offset: record.offset,
            line: record.line,
            column: record.column,
        };
        Self {
            gap: record.gap,
            ..Self::new(file, record.text, start, false)
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Where a byte of the stretch stands in the file.
    pub fn place(&self, byte: u64) -> u64 {
        match &self.gap {
            Some(gap) if byte > gap.at as u64 => gap.offset + (byte - gap.at as u64),
            Some(_) | None => self.start.offset + byte,
        }
    }

    /// Where bytes of the stretch stand in the file.
    pub fn location(&self, bytes: &Range<u64>) -> Location {
        let (line, column) = self.line_column(bytes.start);
        let (end_line, end_column) = self.line_column(bytes.end.max(bytes.start));
        Location {
            file: Arc::clone(self.file),
            line,
            column,
            end_line,
            end_column,
            byte_start: self.place(bytes.start),
            byte_end: self.place(bytes.end.max(bytes.start)),
        }
    }

    /// The line of a byte of the stretch, in the file.
    pub fn line(&self, byte: u64) -> u64 {
        self.line_column(byte).0
    }

    /// The line that bytes of the stretch begin on, as it may be shown.
    pub fn excerpt(&self, bytes: &Range<u64>, names: &Names) -> Excerpt {
        let start = self.clamped(bytes.start);
        let index = self.line_index(start);
        let line_start = self.line_start(index);
        let rest = self.bytes.get(line_start..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let start = start.max(line_start);
        let end = self.clamped(bytes.end).max(start);
        let end = end.min(start.max(line_start + length));
        let number = self.line_column(bytes.start).0;
        let meant = start - line_start..end - line_start;
        if names.shows_values() {
            let text = String::from_utf8_lossy(line);
            let columns = |byte: usize| code_points(line.get(..byte).unwrap_or(line));
            let meant = columns(meant.start)..columns(meant.end);
            return Excerpt::cut(number, &text, meant, names.width());
        }
        let mut redrawn = self.redrawn.borrow_mut();
        let width = names.width();
        let here = redrawn.as_ref().filter(|(at, _)| *at == line_start);
        if !here.is_some_and(|(_, drawn)| drawn.reaches(meant.end, width)) {
            // A line with several mistakes is drawn as a whole, once.
            let most = if here.is_some() { usize::MAX } else { width };
            let drawn = match self.yaml {
                true => mask::redraw_yaml(line, names),
                false => mask::redraw(line, names, meant.end, most),
            };
            *redrawn = Some((line_start, drawn));
        }
        match &*redrawn {
            Some((_, drawn)) => drawn.excerpt(number, meant, width),
            None => Excerpt::cut(number, "", 0..0, width),
        }
    }

    fn line_column(&self, byte: u64) -> (u64, u64) {
        let byte = self.clamped(byte);
        let index = self.line_index(byte);
        let start = self.line_start(index);
        if let Some(gap) = self.gap.filter(|gap| byte > gap.at) {
            let from = start.max(gap.at);
            let before = self.bytes.get(from..byte).unwrap_or_default();
            let line = index - self.line_index(gap.at);
            let column = if line == 0 { gap.column } else { 1 };
            return (gap.line + line as u64, column + code_points(before) as u64);
        }
        let before = self.bytes.get(start..byte).unwrap_or_default();
        let column = if index == 0 { self.start.column } else { 1 };
        (
            self.start.line + index as u64,
            column + code_points(before) as u64,
        )
    }

    /// Where a line of the stretch begins: the first one of a file behind a byte order mark.
    fn line_start(&self, index: usize) -> usize {
        match self.lines().get(index) {
            Some(0) | None if self.start.offset == 0 => byte_order_mark(self.bytes),
            start => start.copied().unwrap_or(0),
        }
    }

    fn clamped(&self, byte: u64) -> usize {
        usize::try_from(byte)
            .unwrap_or(usize::MAX)
            .min(self.bytes.len())
    }

    /// Which line of the stretch a byte is on, from 0.
    fn line_index(&self, byte: usize) -> usize {
        let behind = self.lines().partition_point(|start| *start <= byte);
        behind.saturating_sub(1)
    }

    /// Where each line begins; found out when somebody first asks.
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.bytes);
            std::iter::once(0).chain(breaks.map(|at| at + 1)).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_code_points_and_lines_are_the_files() {
        let start = Start {
            offset: 100,
            line: 7,
            column: 1,
        };
        let bytes = "{\"🙂é\": 1,\n \"b\": 2}".as_bytes();
        let file = Arc::from("a.json");
        let text = Text::new(&file, bytes, start, false);
        let at = |byte: u64| {
            let location = text.location(&(byte..byte));
            (location.line, location.column, location.byte_start)
        };
        assert_eq!(at(11), (7, 8, 111));
        assert_eq!(at(15), (8, 2, 115));
        assert_eq!(at(1000), (8, 9, 1100), "behind the end is at the end");
    }

    #[test]
    fn places_behind_a_gap_are_the_files_too() {
        let record = Record {
            index: 0,
            line: 1,
            column: 2,
            offset: 3,
            text: b"{\"items\":[\n], \"x\":\n1}",
            gap: Some(Gap {
                at: 10,
                items: 5,
                line: 4,
                column: 7,
                offset: 50,
            }),
        };
        let file = Arc::from("a.json");
        let text = Text::of_record(&file, &record);
        let at = |byte: u64| {
            let location = text.location(&(byte..byte));
            (location.line, location.column, location.byte_start)
        };
        assert_eq!(at(1), (1, 3, 4));
        assert_eq!(at(10), (1, 12, 13), "before the gap");
        assert_eq!(at(11), (5, 1, 51));
        assert_eq!(at(19), (6, 1, 59));
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let file = Arc::from("a.json");
        let names = Names::of(["a".to_owned()]);
        let bytes = "\u{feff}{\"a\": 1}".as_bytes();
        let text = Text::new(&file, bytes, Start::OF_FILE, false);
        let at = |bytes: Range<u64>| {
            let (place, excerpt) = (text.location(&bytes), text.excerpt(&bytes, &names));
            assert_eq!(excerpt.text, "{\"a\": …}");
            let columns = (place.column, place.end_column);
            (columns, place.byte_start, (excerpt.start, excerpt.end))
        };
        assert_eq!(at(9..10), ((7, 8), 9, (6, 7)));
        assert_eq!(at(0..3), ((1, 1), 0, (0, 0)), "the mark itself");
        let later = Start {
            offset: 3,
            ..Start::OF_FILE
        };
        let text = Text::new(&file, bytes, later, false);
        assert_eq!(text.location(&(9..10)).column, 8, "a second one has");
    }

    #[test]
    fn the_excerpt_is_of_the_first_line_meant() {
        let bytes = b"{\"a\": [1,\n 2]}";
        let file = Arc::from("a.json");
        let text = Text::new(&file, bytes, Start::OF_FILE, false);
        let names = Names::of(["a".to_owned()]);
        let excerpt = text.excerpt(&(6..13), &names);
        assert_eq!(excerpt.text, "{\"a\": […,");
        assert_eq!((excerpt.start, excerpt.end), (6, 9));
        let shown = text.excerpt(&(11..12), &names.showing_all());
        assert_eq!(
            (shown.line, shown.text.as_str(), shown.start),
            (2, " 2]}", 1)
        );
    }
}
