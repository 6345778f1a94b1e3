//! A place in a text.

use std::ops::Range;

/// A range of bytes in the text that was handed in; `end` is the first byte after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The first byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to and without `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span of positions counted in `usize`; those beyond 4 GiB stay at 4 GiB.
    pub fn of(range: Range<usize>) -> Self {
        Self {
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        }
    }

    /// How many bytes it holds.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same as a range that slices with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` at this place, if `text` has it.
    pub fn of_text(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}
