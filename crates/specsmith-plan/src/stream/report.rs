//! What a stream hands on: records in which something was found, and the ids of all records.

use std::ops::Range;
use std::slice;

use specsmith_diagnostics::{Mistake, code_points};
use specsmith_json::Node;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A record, or an item of a batch.
    Record,
    /// What stands around the items of a batch.
    Envelope,
    /// The input as a whole: its byte order mark.
    Input,
}

/// A stretch of the input that is judged as one.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its place among the input's records, from 0.
    pub index: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The column at which it begins, from 1, in code points.
    pub column: u64,
    /// Its first byte, from the start of the input.
    pub offset: u64,
    /// The text, or as much of it as there was room for.
    pub text: &'a [u8],
    /// Where something was left out of the text.
    pub gap: Option<Gap>,
}

/// What is left out of a text: the items of a batch, which are judged one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The place in the text.
    pub at: usize,
    /// How many items are left out.
    pub items: u64,
    /// The line on which the text goes on.
    pub line: u64,
    /// The column at which it goes on.
    pub column: u64,
    /// The byte at which it goes on, from the start of the input.
    pub offset: u64,
}

/// What was found in one record; records in which nothing was found are only counted.
#[derive(Debug)]
pub struct RecordReport<'a> {
    /// What the report is about.
    pub subject: Subject,
    /// The record. The mistakes' bytes count from the start of its text.
    pub record: Record<'a>,
    /// What was found; empty where the record is only suspected of what is watched for.
    pub mistakes: Vec<Mistake>,
    /// Whether there may be something in it of what is [suspected](crate::Suspicion); where not,
    /// nothing of that is there.
    pub suspected: bool,
    /// The record as a tree, whose spans count from the start of its text, where it took one to judge
    /// it and there was room to keep it.
    pub tree: Option<Node>,
}

/// The id of one record.
#[derive(Clone, Copy, Debug)]
pub struct Id {
    /// Two records with one id have the same, under the keys of one [`Identity`](crate::Identity).
    pub fingerprint: u64,
    /// The place of the record in its batch, where a batch is judged as one.
    pub item: Option<u32>,
    /// Lines and judged stretches before it in the window.
    pub(super) line: u32,
    pub(super) index: u32,
    /// The stretch that is judged as one, in the window.
    pub(super) from: u32,
    pub(super) to: u32,
    /// The value of the last property of the identity, in that stretch.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The ids of records that follow one another.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a> {
    /// So many of them come now, the others next.
    pub(super) count: usize,
    pub(super) ids: &'a [Id],
    pub(super) window: Window<'a>,
}

impl<'a> Ids<'a> {
    /// The ids, in the order of the records.
    pub fn iter(&self) -> slice::Iter<'a, Id> {
        let now = self.ids.get(..self.count);
        now.unwrap_or_default().iter()
    }

    /// The same, and behind them those that are known to come next: what they take can be looked for
    /// ahead.
    pub fn with_next(&self) -> &'a [Id] {
        self.ids
    }

    /// The line on which an id's record begins; that of the id, where the whole input is judged as one.
    #[inline]
    pub fn line(&self, id: &Id) -> u64 {
        self.window.line + u64::from(id.line)
    }

    /// The number of an id's record; of its batch, where that is judged as one.
    #[inline]
    pub fn index(&self, id: &Id) -> u64 {
        self.window.index + u64::from(id.index)
    }

    /// An id's record; its batch, where that is judged as one.
    pub fn record(&self, id: &Id) -> Record<'a> {
        let index = u64::from(id.index);
        let here = self.window.from(id.from as usize);
        let mut record = here.record(0, index, 0..(id.to - id.from) as usize);
        // What ends a line is no part of its record.
        record.text = record.text.strip_suffix(b"\r").unwrap_or(record.text);
        record
    }

    /// Where the value of the last property of the identity stands in the text of that.
    pub fn value(&self, id: &Id) -> Range<u64> {
        u64::from(id.start)..u64::from(id.end)
    }
}

/// Takes what is found, in the order of the input.
pub trait Sink: Send {
    /// Takes a record in which something was found, or is suspected.
    fn report(&mut self, report: RecordReport<'_>);

    /// Takes the ids of the records that come next. The ids of a record come after its report.
    fn ids(&mut self, ids: Ids<'_>) {
        let _ = ids;
    }
}

impl<F: FnMut(RecordReport<'_>) + Send> Sink for F {
    fn report(&mut self, report: RecordReport<'_>) {
        self(report);
    }
}

/// The bytes at hand, and where they begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window<'a> {
    pub(super) text: &'a [u8],
    pub(super) offset: u64,
    pub(super) line: u64,
    pub(super) column: u64,
    /// How many records were before.
    pub(super) index: u64,
}

impl<'a> Window<'a> {
    /// The window from a place in it on.
    pub(super) fn from(&self, place: usize) -> Self {
        let (before, text) = self.text.split_at(place.min(self.text.len()));
        Self {
            text,
            offset: self.offset + before.len() as u64,
            line: self.line + memchr::memchr_iter(b'\n', before).count() as u64,
            column: column_behind(self.column, before),
            index: self.index,
        }
    }

    /// A stretch of the window, before which so many lines and records stand in it.
    pub(super) fn record(&self, line: u64, index: u64, range: Range<usize>) -> Record<'a> {
        let before = self.text.get(..range.start).unwrap_or_default();
        Record {
            index: self.index + index,
            line: self.line + line,
            column: column_behind(self.column, before),
            offset: self.offset + range.start as u64,
            text: self.text.get(range).unwrap_or_default(),
            gap: None,
        }
    }
}

/// The column behind a text that begins at `column`.
fn column_behind(column: u64, text: &[u8]) -> u64 {
    match memchr::memrchr(b'\n', text) {
        Some(at) => 1 + code_points(text.get(at + 1..).unwrap_or_default()) as u64,
        None => column + code_points(text) as u64,
    }
}

/// Counts lines from the start of a text, in one go.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LineCount {
    at: usize,
    lines: u64,
}

impl LineCount {
    /// How many line breaks stand before a place, which is not before the one asked for last.
    pub(super) fn up_to(&mut self, text: &[u8], place: usize) -> u64 {
        let stretch = text.get(self.at..place).unwrap_or_default();
        self.lines += memchr::memchr_iter(b'\n', stretch).count() as u64;
        self.at = self.at.max(place);
        self.lines
    }
}
