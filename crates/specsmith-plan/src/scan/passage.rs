//! Going about a text: what those who hand records to a scan need to find their way.

use super::{End, Scan, Stop};
use crate::kernels::text::decode;
use crate::marked::Marked;
use crate::simd::Vector;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// A stretch of the text.
    pub(crate) fn stretch(&self, start: usize, end: usize) -> &'a [u8] {
        self.text.between(start, end)
    }

    /// Whether a stretch of the text is UTF-8.
    pub(crate) fn is_utf8(&self, start: usize, end: usize) -> bool {
        simdutf8::basic::from_utf8(self.stretch(start, end)).is_ok()
    }

    /// Whether a stretch of the text is JSON.
    #[cold]
    pub(crate) fn is_json(&self, start: usize, end: usize) -> bool {
        let text = self.stretch(start, end);
        specsmith_json::read(text, &self.program.options.limits)
            .root
            .is_some()
    }

    /// Where the line that `start` is in ends; `end` where nothing ends it.
    #[inline(never)]
    pub(crate) fn line_end(&self, start: usize, end: usize) -> usize {
        let rest = self.text.between(start, end);
        memchr::memchr(b'\n', rest).map_or(end, |at| start + at)
    }

    /// Passes the name at `at` and its colon: whether it is `name`, and where its value begins.
    pub(crate) fn name(&mut self, at: usize, name: &str) -> Result<(bool, usize), Stop> {
        let close = self.string_end()?;
        let raw = self.text.between(at + 1, close);
        let is_it = decode(raw, self.room).ok_or(Stop::Unsure)? == name;
        let value = self.colon(close + 1)?;
        Ok((is_it, self.space(value)))
    }

    /// Passes any value and the white space behind it.
    pub(crate) fn any(&mut self, at: usize) -> End {
        self.depth = 0;
        let end = self.skip(at)?;
        Ok(self.space(end))
    }

    /// Where the item that begins at `start` ends, by its brackets alone, and goes to the marks
    /// behind it; nothing if that is not before `end`. `mark` is the first mark of the item.
    #[inline(never)]
    pub(crate) fn extent(&mut self, mark: usize, start: usize, end: usize) -> Option<usize> {
        self.at = mark;
        let mut at = start;
        let mut depth = 0usize;
        while at < end {
            match self.byte(at) {
                b'"' => {
                    // Whatever is wrong inside the string, it ends at the next quote.
                    self.at += 1;
                    while self.peek_mark(0) < end && self.byte(self.peek_mark(0)) != b'"' {
                        self.at += 1;
                    }
                    at = self.peek_mark(0);
                    if at >= end {
                        return None;
                    }
                    self.at += 1;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return Some(at),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' if depth == 0 => return Some(at),
                _ => {
                    if self.peek_mark(0) == at {
                        self.at += 1;
                    }
                }
            }
            at += 1;
        }
        None
    }

    #[inline(always)]
    pub(crate) fn mark(&self) -> usize {
        self.at
    }

    #[inline(always)]
    pub(crate) fn set_mark(&mut self, at: usize) {
        self.at = at;
    }

    /// Goes to the first mark at or behind `place`, which is not before the marks gone past.
    pub(crate) fn catch_up(&mut self, from: usize, place: usize) {
        let behind = self.text.marks(from);
        self.at = from + behind.partition_point(|it| (*it as usize) < place);
    }
}
