//! The input side: records out of a reader, judged one by one, in constant memory.

mod batch;
mod envelope;
mod input;
mod jobs;
mod lines;

use std::io::{self, Read};

use specsmith_diagnostics::Mistake;

use crate::plan::Plan;
use input::Input;

/// How records stand in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One record a line (NDJSON). Blank lines are no records.
    Lines,
    /// One object whose one array holds the records, such as `{"items": […]}`. Where the plan's
    /// schema is not of that form ([`Plan::batches`]), the whole input is one record.
    Batch,
    /// The whole input is one record.
    Single,
}

/// How a stream is read.
#[derive(Clone, Debug)]
pub struct StreamOptions {
    /// How many threads judge; at least one. The reports are the same for every number.
    pub jobs: usize,
    /// How many bytes one record may have, at most 4 GiB. A longer one is a `limit/record`, and the run goes on.
    pub record_limit: usize,
    /// How many bytes are read at a time.
    pub buffer: usize,
}

impl Default for StreamOptions {
    /// One job, records of 16 MiB, a buffer of 256 KiB.
    fn default() -> Self {
        Self {
            jobs: 1,
            record_limit: 16 << 20,
            buffer: 256 << 10,
        }
    }
}

/// Places in a record count in 32 bits.
const MOST_BYTES: usize = (u32::MAX - (1 << 20)) as usize;

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

/// What was found in one record; records in which nothing was found are only counted.
#[derive(Debug)]
pub struct RecordReport<'a> {
    /// What the report is about.
    pub subject: Subject,
    /// The place of the record among the input's, from 0.
    pub index: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The first byte of `text`, from the start of the input.
    pub offset: u64,
    /// The record, or as much of it as there was room for. The mistakes' bytes count from here.
    pub text: &'a [u8],
    /// What was found; never empty.
    pub mistakes: Vec<Mistake>,
}

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records, valid or not.
    pub records: u64,
    /// Records that are not valid. An envelope that is not valid is not among them.
    pub invalid: u64,
    /// Blank lines.
    pub blank: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.invalid += other.invalid;
        self.blank += other.blank;
        self.bytes += other.bytes;
    }
}

/// Takes reports in the order of the input.
pub type Sink<'s> = dyn FnMut(RecordReport<'_>) + Send + 's;

impl Plan {
    /// Judges every record of an input, and hands on those in which something was found.
    ///
    /// # Errors
    /// What the reader gives.
    pub fn run<R: Read + Send>(
        &self,
        reader: R,
        shape: Shape,
        options: &StreamOptions,
        sink: &mut Sink<'_>,
    ) -> io::Result<Counts> {
        let options = &StreamOptions {
            record_limit: options.record_limit.min(MOST_BYTES),
            ..options.clone()
        };
        let mut input = Input::new(reader, options);
        input.skip_mark()?;
        let marked = input.mark_report();
        if let Some(report) = marked {
            sink(report);
        }
        match (shape, self.envelope()) {
            (Shape::Lines, _) if options.jobs > 1 => {
                jobs::run(&self.program, &mut input, options, sink)
            }
            (Shape::Lines, _) => lines::run(&self.program, &mut input, options.record_limit, sink),
            (Shape::Batch, Some(envelope)) => {
                batch::run(&self.program, envelope, &mut input, options, sink)
            }
            (Shape::Batch, None) | (Shape::Single, _) => {
                single(&self.program, &mut input, options, sink)
            }
        }
    }

    /// Whether records of a [`Shape::Batch`] can be judged item by item.
    pub fn batches(&self) -> bool {
        self.envelope().is_some()
    }

    fn envelope(&self) -> Option<envelope::Envelope> {
        envelope::Envelope::of(&self.program)
    }
}

/// Whether a mistake makes its record invalid.
pub(crate) fn is_grave(mistake: &Mistake) -> bool {
    mistake.code.area() != "lint" && mistake.code.as_str() != crate::codes::BYTE_ORDER_MARK
}

/// The whole input as one record.
fn single<R: Read>(
    program: &crate::plan::Program,
    input: &mut Input<R>,
    options: &StreamOptions,
    sink: &mut Sink<'_>,
) -> io::Result<Counts> {
    let whole = input.fill_to(options.record_limit.saturating_add(1))?;
    let mut counts = Counts {
        records: 1,
        ..Counts::default()
    };
    let mistakes = if whole > options.record_limit {
        vec![input::too_long(options.record_limit)]
    } else {
        lines::judge_one(program, input.text(), whole)
    };
    if mistakes.iter().any(is_grave) {
        counts.invalid = 1;
    }
    if !mistakes.is_empty() {
        sink(RecordReport {
            subject: Subject::Record,
            index: 0,
            line: 1,
            offset: input.offset(),
            text: input.text().get(..whole).unwrap_or_default(),
            mistakes,
        });
    }
    input.drain()?;
    counts.bytes = input.bytes();
    Ok(counts)
}
