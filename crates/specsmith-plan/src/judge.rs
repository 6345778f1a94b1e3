//! One record at a time: the verdict, and what is wrong.

use specsmith_diagnostics::{BYTE_ORDER_MARK, Mistake};

use crate::explain;
use crate::marked::{Marked, PAGE_AND_PADDING, Page, Stretch};
use crate::marks::{FindMarks, Marks, PADDING};
use crate::notes::{Notes, Why};
use crate::plan::{Plan, Program};
use crate::scan::{Scan, Scratch, Stop};
use crate::simd::{Path, Task, Vector};

/// Whether a record is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has no `json/…`, `schema/…` or `limit/…` finding, a byte order mark aside.
    Valid,
    /// It has at least one.
    Invalid,
}

/// What the fast tier says about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// It is valid, and nothing that is watched for is in it.
    Valid,
    /// It is not valid.
    Invalid,
    /// The tree must decide, or something that is watched for may be in it.
    Unsure,
}

/// A plan with the memory that judging takes, to be used for many records.
#[derive(Clone, Debug)]
pub struct Judge<'p> {
    program: &'p Program,
    path: Path,
    marks: Marks,
    scratch: Scratch,
    padded: Vec<u8>,
}

impl Plan {
    /// A judge of many records by this plan.
    #[must_use]
    pub fn judge(&self) -> Judge<'_> {
        Judge::of(&self.program)
    }

    /// A judge of few records, which takes no more memory than they need.
    #[must_use]
    pub fn judge_of_few(&self) -> Judge<'_> {
        Judge::of_few(&self.program)
    }

    /// Judges by each set of instructions that this machine has, with its name, to be held against
    /// each other.
    #[cfg(feature = "bench")]
    pub fn judges(&self) -> Vec<(&'static str, Judge<'_>)> {
        let judge = |path| Judge {
            path,
            ..self.judge()
        };
        let paths = Path::all().into_iter();
        paths.map(|path| (path.name(), judge(path))).collect()
    }

    /// Whether one record is valid. For many, [`Plan::judge`] once is faster.
    pub fn verdict(&self, record: &[u8]) -> Verdict {
        Judge::of_few(&self.program).verdict(record)
    }

    /// What is wrong with one record, by place, and what is watched for; empty if there is nothing.
    /// Bytes count from the record's first.
    pub fn explain(&self, record: &[u8]) -> Vec<Mistake> {
        explain::explain(&self.program, record, None)
    }
}

impl<'p> Judge<'p> {
    pub(crate) fn of(program: &'p Program) -> Self {
        Self {
            marks: Marks::of_pages(),
            padded: vec![0; PAGE_AND_PADDING],
            ..Self::of_few(program)
        }
    }

    /// For so few records that room for a page would cost more than it gives.
    pub(crate) fn of_few(program: &'p Program) -> Self {
        Self {
            program,
            path: Path::best(),
            marks: Marks::default(),
            scratch: Scratch::default(),
            padded: Vec::new(),
        }
    }

    /// Whether a record is valid.
    pub fn verdict(&mut self, record: &[u8]) -> Verdict {
        let valid = match self.scan_only(record) {
            Scanned::Valid => true,
            Scanned::Invalid => false,
            Scanned::Unsure => explain::verdict(self.program, record),
        };
        if valid {
            Verdict::Valid
        } else {
            Verdict::Invalid
        }
    }

    /// What the fast tier says about a record.
    pub fn scan(&mut self, record: &[u8]) -> Scanned {
        match self.look(record) {
            (Scanned::Valid, Some(_)) => Scanned::Unsure,
            (scanned, _) => scanned,
        }
    }

    /// What was noted of the record that was just found valid.
    pub(crate) fn notes(&self) -> &Notes {
        &self.scratch.notes
    }

    /// What the scan says about a record, and why a valid one is to be looked at again.
    pub(crate) fn look(&mut self, record: &[u8]) -> (Scanned, Option<Why>) {
        let scanned = self.scan_only(record);
        let why = match scanned {
            Scanned::Valid => self.scratch.notes.why(self.program, &self.padded, 0),
            Scanned::Invalid | Scanned::Unsure => None,
        };
        (scanned, why)
    }

    fn scan_only(&mut self, record: &[u8]) -> Scanned {
        if record.len()
            > self
                .program
                .options
                .limits
                .bytes
                .min(u32::MAX as usize - PADDING)
        {
            return Scanned::Unsure;
        }
        // A byte order mark is told but makes nothing invalid.
        let record = record.strip_prefix(BYTE_ORDER_MARK).unwrap_or(record);
        let room = record.len() + PADDING;
        if self.padded.len() < room {
            self.padded.resize(room, 0);
        }
        let (place, behind) = self.padded.split_at_mut(record.len());
        place.copy_from_slice(record);
        behind.iter_mut().take(PADDING).for_each(|it| *it = 0);
        self.path.run(ScanOne {
            program: self.program,
            text: &self.padded,
            end: record.len(),
            marks: &mut self.marks,
            scratch: &mut self.scratch,
        })
    }

    /// What is wrong with a record, by place, and what is watched for.
    pub fn explain(&self, record: &[u8]) -> Vec<Mistake> {
        explain::explain(self.program, record, None)
    }
}

struct ScanOne<'a> {
    program: &'a Program,
    text: &'a [u8],
    end: usize,
    marks: &'a mut Marks,
    scratch: &'a mut Scratch,
}

impl Task for ScanOne<'_> {
    type Output = Scanned;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> Scanned {
        let Self {
            program,
            text,
            end,
            marks,
            scratch,
        } = self;
        FindMarks { text, end, marks }.run(vector);
        let record = text.get(..end).unwrap_or_default();
        if marks.high && simdutf8::basic::from_utf8(record).is_err() {
            return Scanned::Invalid;
        }
        match Page::of(text, end, marks) {
            Some(page) => whole(Scan::new(vector, program, page, scratch, false), end),
            None => {
                let stretch = Stretch::of(text, end, marks);
                whole(Scan::new(vector, program, stretch, scratch, false), end)
            }
        }
    }
}

/// What a scan says about its whole text.
#[inline(always)]
fn whole<'a, V: Vector, T: Marked<'a>>(mut scan: Scan<'a, V, T>, end: usize) -> Scanned {
    match scan.root(0) {
        Ok(at) if scan.space(at) == end => {
            scan.list_id(0);
            Scanned::Valid
        }
        Ok(_) | Err(Stop::Invalid) => Scanned::Invalid,
        Err(Stop::Unsure) => Scanned::Unsure,
    }
}
