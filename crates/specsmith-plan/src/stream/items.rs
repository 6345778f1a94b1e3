//! The walk over the items of a batch, and the way to their list.

use super::id_in;
use crate::marks::{FindMarks, Marks};
use crate::notes::Why;
use crate::plan::{NodeId, Program};
use crate::scan::{Scan, Scratch};
use crate::simd::{Task, Vector};

use super::Id;

/// How the text of an envelope begins.
pub(super) enum Head {
    /// The list's bracket is there.
    List(usize),
    /// There is no list, or not as a batch has it.
    Other,
    /// It takes more text to tell.
    Open,
}

pub(super) struct FindList<'a> {
    pub(super) program: &'a Program,
    pub(super) text: &'a [u8],
    pub(super) end: usize,
    pub(super) name: &'a str,
    pub(super) marks: &'a mut Marks,
    pub(super) scratch: &'a mut Scratch,
}

impl Task for FindList<'_> {
    type Output = Head;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> Head {
        let Self {
            program,
            text,
            end,
            name,
            marks,
            scratch,
        } = self;
        FindMarks { text, end, marks }.run(vector);
        let mut scan = Scan::new(vector, program, text, marks.places(), scratch, false);
        let mut at = scan.space(0);
        if scan.byte(at) != b'{' {
            return Head::Other;
        }
        loop {
            at = scan.space(at + 1);
            if scan.byte(at) != b'"' {
                return if at < end { Head::Other } else { Head::Open };
            }
            let Ok((is_list, value)) = scan.name(at, name) else {
                return Head::Open;
            };
            if is_list {
                return match scan.byte(value) {
                    b'[' => Head::List(value),
                    _ if value < end => Head::Other,
                    _ => Head::Open,
                };
            }
            match scan.any(value) {
                Ok(behind) if scan.byte(behind) == b',' => at = behind,
                Ok(behind) if behind < end => return Head::Other,
                Ok(_) | Err(_) => return Head::Open,
            }
        }
    }
}

/// An item of which something may have to be told.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) why: Why,
    /// Items before it in the walk.
    pub(super) index: u64,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How far a walk over items came.
pub(super) struct Walked {
    pub(super) items: u64,
    /// Bytes of whole items, with the commas behind them.
    pub(super) passed: usize,
    pub(super) status: Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// The text ends inside an item or before the next.
    Open,
    /// The list's closing bracket is next.
    Closed,
    /// What follows belongs in no list.
    Broken,
}

pub(super) struct ScanItems<'a> {
    pub(super) program: &'a Program,
    pub(super) item: NodeId,
    pub(super) text: &'a [u8],
    pub(super) end: usize,
    pub(super) marks: &'a mut Marks,
    pub(super) scratch: &'a mut Scratch,
    pub(super) doubts: &'a mut Vec<Doubt>,
    /// The ids of the items passed.
    pub(super) ids: &'a mut Vec<Id>,
    pub(super) limit: usize,
    /// Whether no item has come yet, so that the list may be empty.
    pub(super) first: bool,
}

impl Task for ScanItems<'_> {
    type Output = Walked;

    #[inline(always)]
    fn run<V: Vector>(mut self, vector: V) -> Walked {
        FindMarks {
            text: self.text,
            end: self.end,
            marks: self.marks,
        }
        .run(vector);
        let walked = self.walk(vector, false);
        if self.marks.high {
            let passed = self.text.get(..walked.passed).unwrap_or_default();
            if simdutf8::basic::from_utf8(passed).is_err() {
                self.doubts.clear();
                self.ids.clear();
                return self.walk(vector, true);
            }
        }
        walked
    }
}

impl ScanItems<'_> {
    #[inline(always)]
    fn walk<V: Vector>(&mut self, vector: V, broken: bool) -> Walked {
        let places = self.marks.places();
        let mut scan = Scan::new(vector, self.program, self.text, places, self.scratch, false);
        let mut items = 0;
        let mut passed = 0;
        let mut at = 0;
        let status = loop {
            let (start, mark) = (scan.space(at), scan.mark());
            if start >= self.end {
                break Status::Open;
            }
            if scan.byte(start) == b']' && self.first && items == 0 {
                passed = start;
                break Status::Closed;
            }
            let judged = scan.item(self.item, start);
            let (end, doubted) = match judged {
                Ok(end) => (end, broken && !scan.is_utf8(start, end)),
                Err(_) => match scan.extent(mark, start, self.end) {
                    Some(end) if end > start => (end, true),
                    Some(_) => break Status::Broken,
                    None => break Status::Open,
                },
            };
            let behind = scan.space(end);
            let next = match scan.byte(behind) {
                b',' => behind + 1,
                b']' => behind,
                _ if behind >= self.end => break Status::Open,
                _ => break Status::Broken,
            };
            let mut why = (doubted || end - start > self.limit).then_some(Why::Unsure);
            if why.is_none() && self.program.watching {
                why = scan.why(start);
                let ids = scan.ids().iter();
                self.ids
                    .extend(ids.map(|it| id_in(it, start, start..end, 0, items)));
            }
            if let Some(why) = why {
                self.doubts.push(Doubt {
                    why,
                    index: items,
                    start,
                    end,
                });
            }
            items += 1;
            passed = next;
            if next == behind {
                break Status::Closed;
            }
            at = next;
        };
        Walked {
            items,
            passed,
            status,
        }
    }
}
