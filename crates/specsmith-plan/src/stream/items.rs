//! The walk over the items of a batch, and the way to their list.

use super::doubt::MOST;
use super::enough::Enough;
use super::id_in;
use crate::marked::{Marked, Page, Stretch};
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
        let text = Stretch::of(text, end, marks);
        let mut scan = Scan::new(vector, program, text, scratch, false);
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
    /// Properties that nothing knows in these which are not told.
    pub(super) unknown: u64,
    /// Bytes of whole items, with the commas behind them.
    pub(super) passed: usize,
    pub(super) status: Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// The text ends inside an item or before the next, or there are [`MOST`] doubts.
    Open,
    /// The list's closing bracket is next.
    Closed,
    /// What follows belongs in no list.
    Broken,
    /// What follows is neither a comma nor the list's end.
    Unseparated,
}

/// How a walk over items goes.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    pub(super) item: NodeId,
    /// Where the text ends.
    pub(super) end: usize,
    pub(super) limit: usize,
    pub(super) enough: Option<&'a Enough>,
    /// Whether no item has come yet, so that the list may be empty.
    pub(super) first: bool,
}

/// What a walk over items finds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) doubts: Vec<Doubt>,
    /// The ids of the items passed.
    pub(super) ids: Vec<Id>,
}

pub(super) struct ScanItems<'a> {
    pub(super) program: &'a Program,
    pub(super) text: &'a [u8],
    pub(super) walk: Walk<'a>,
    pub(super) marks: &'a mut Marks,
    pub(super) scratch: &'a mut Scratch,
    pub(super) found: &'a mut Found,
}

impl Task for ScanItems<'_> {
    type Output = Walked;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> Walked {
        FindMarks {
            text: self.text,
            end: self.walk.end,
            marks: self.marks,
        }
        .run(vector);
        match Page::of(self.text, self.walk.end, self.marks) {
            Some(page) => {
                let scan = Scan::new(vector, self.program, page, self.scratch, false);
                checked(scan, self.text, self.marks.high, self.walk, self.found)
            }
            None => {
                let text = Stretch::of(self.text, self.walk.end, self.marks);
                let scan = Scan::new(vector, self.program, text, self.scratch, false);
                checked(scan, self.text, self.marks.high, self.walk, self.found)
            }
        }
    }
}

/// Walks over the items; once more where they are not all UTF-8.
#[inline(always)]
fn checked<'a, V: Vector, T: Marked<'a>>(
    mut scan: Scan<'a, V, T>,
    text: &[u8],
    high: bool,
    how: Walk<'_>,
    found: &mut Found,
) -> Walked {
    let walked = walk(&mut scan, how, false, found);
    if high {
        let passed = text.get(..walked.passed).unwrap_or_default();
        if simdutf8::basic::from_utf8(passed).is_err() {
            found.doubts.clear();
            found.ids.clear();
            scan.set_mark(0);
            return walk(&mut scan, how, true, found);
        }
    }
    walked
}

/// Judges item after item; if some text is broken UTF-8, asks each item whether it is.
#[inline(always)]
fn walk<'a, V: Vector, T: Marked<'a>>(
    scan: &mut Scan<'a, V, T>,
    how: Walk<'_>,
    broken: bool,
    found: &mut Found,
) -> Walked {
    let item = scan.rooted(how.item);
    let mut items = 0;
    let mut unknown = 0;
    let mut passed = 0;
    let mut at = 0;
    let status = loop {
        let (start, mark) = (scan.space(at), scan.mark());
        if start >= how.end || found.doubts.len() >= MOST {
            break Status::Open;
        }
        if scan.byte(start) == b']' && how.first && items == 0 {
            passed = start;
            break Status::Closed;
        }
        let judged = scan.item(item, start);
        let (end, doubted) = match judged {
            Ok(end) => (end, broken && !scan.is_utf8(start, end)),
            Err(_) => match scan.extent(mark, start, how.end) {
                Some(end) if end > start => (end, true),
                Some(_) => break Status::Broken,
                None => break Status::Open,
            },
        };
        let behind = scan.space(end);
        let (next, last) = match scan.byte(behind) {
            b',' => (behind + 1, None),
            b']' => (behind, Some(Status::Closed)),
            _ if behind >= how.end => break Status::Open,
            _ if scan.is_json(start, end) => (end, Some(Status::Unseparated)),
            // Where the item ends is a guess, and a wrong one.
            _ => break Status::Broken,
        };
        let mut why = (doubted || end - start > how.limit).then_some(Why::Unsure);
        if why.is_none() && scan.watching() {
            if scan.has_noted() {
                match how.enough.and_then(|it| scan.countable(it)) {
                    Some(count) => unknown += count,
                    None => why = scan.why(start),
                }
            }
            if let Some(seen) = scan.whole_id(start) {
                found.ids.push(id_in(&seen, start, start..end, 0, items));
            }
        }
        if let Some(why) = why {
            found.doubts.push(Doubt {
                why,
                index: items,
                start,
                end,
            });
        }
        items += 1;
        passed = next;
        if let Some(status) = last {
            break status;
        }
        at = next;
    };
    Walked {
        items,
        unknown,
        passed,
        status,
    }
}
