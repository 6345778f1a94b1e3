//! The input side: records out of a reader, judged one by one, in constant memory.

mod batch;
mod doubt;
mod enough;
mod envelope;
mod input;
mod items;
mod jobs;
mod lines;
mod meeting;
mod report;
mod scan_lines;

use std::io::{self, Read};
use std::ops::Range;

use specsmith_diagnostics::Mistake;

use crate::notes::Seen;
use crate::plan::Plan;
use doubt::Judged;
pub use enough::Enough;
use input::Input;
pub use meeting::Meeting;
pub use report::{Gap, Id, Ids, Record, RecordReport, Sink, Subject};
use report::{LineCount, Window};

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
    /// When enough has been told of properties that nothing knows.
    pub enough: Enough,
}

impl Default for StreamOptions {
    /// One job, records of 16 MiB, a buffer of 256 KiB.
    fn default() -> Self {
        Self {
            jobs: 1,
            record_limit: 16 << 20,
            buffer: 256 << 10,
            enough: Enough::default(),
        }
    }
}

/// Places in a record count in 32 bits.
const MOST_BYTES: usize = (u32::MAX - (1 << 20)) as usize;

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records, valid or not.
    pub records: u64,
    /// Records that are not valid. An envelope that is not valid is not among them.
    pub invalid: u64,
    /// Blank lines.
    pub blank: u64,
    /// Properties that nothing knows which were only counted, see [`Enough`].
    pub unknown: u64,
    /// Bytes.
    pub bytes: u64,
    /// The records of a batch that is judged as one, where the batch is watched.
    pub items: Option<u64>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.invalid += other.invalid;
        self.blank += other.blank;
        self.unknown += other.unknown;
        self.bytes += other.bytes;
    }
}

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
        sink: &mut dyn Sink,
    ) -> io::Result<Counts> {
        let options = &StreamOptions {
            record_limit: options.record_limit.min(MOST_BYTES),
            ..options.clone()
        };
        let mut input = Input::new(reader, options, &self.program.spare);
        input.skip_mark()?;
        let marked = input.mark_report();
        if let Some(report) = marked {
            sink.report(report);
        }
        match (shape, self.envelope()) {
            (Shape::Lines, _) if options.jobs > 1 => {
                jobs::run(&self.program, &mut input, options, sink)
            }
            (Shape::Lines, _) => lines::run(&self.program, &mut input, options, sink),
            (Shape::Batch, Some(envelope)) => {
                batch::run(&self.program, envelope, &mut input, options, sink)
            }
            (Shape::Batch, None) | (Shape::Single, _) => {
                single(&self.program, Subject::Record, &mut input, options, sink)
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

/// The whole input as one record, or as a batch whose list cannot be told from the rest.
fn single<R: Read>(
    program: &crate::plan::Program,
    subject: Subject,
    input: &mut Input<'_, R>,
    options: &StreamOptions,
    sink: &mut dyn Sink,
) -> io::Result<Counts> {
    let whole = input.fill_to(options.record_limit.saturating_add(1))?;
    let mut counts = Counts {
        records: 1,
        ..Counts::default()
    };
    let judged = if whole > options.record_limit {
        Judged::mistaken(input::too_long(options.record_limit))
    } else {
        doubt::judge_one(program, input.text().get(..whole).unwrap_or_default())
    };
    counts.invalid = u64::from(judged.mistakes.iter().any(is_grave));
    counts.items = judged.items;
    let window = Window {
        text: input.text(),
        offset: input.offset(),
        line: 1,
        column: 1,
        index: 0,
    };
    if judged.is_told() {
        sink.report(RecordReport {
            subject,
            record: window.record(0, 0, 0..whole),
            mistakes: judged.mistakes,
            suspected: judged.suspected,
            tree: judged.tree,
        });
    }
    let mut lines = LineCount::default();
    let id = |seen: &Seen| {
        let line = lines.up_to(window.text, seen.start as usize);
        id_in(seen, 0, 0..whole, line, 0)
    };
    let ids: Vec<Id> = judged.ids.iter().map(id).collect();
    hand_on(&ids, ids.len(), window, sink);
    input.drain()?;
    counts.bytes = input.bytes();
    Ok(counts)
}

/// Hands on the first of some ids, so many; the others.
fn hand_on<'i>(ids: &'i [Id], count: usize, window: Window<'_>, sink: &mut dyn Sink) -> &'i [Id] {
    if count > 0 {
        sink.ids(Ids { count, ids, window });
    }
    ids.get(count..).unwrap_or_default()
}

/// An id of a stretch that stands there in the window, with so many lines and records before it.
/// The stretch begins at `from` where the id's own places count from.
fn id_in(seen: &Seen, from: usize, stretch: Range<usize>, line: u64, index: u64) -> Id {
    // What is at hand at once is shorter than that, see [`MOST_BYTES`].
    let small = |it: u64| it as u32;
    Id {
        fingerprint: seen.fingerprint,
        item: seen.item,
        line: small(line),
        index: small(index),
        from: small(stretch.start as u64),
        to: small(stretch.end as u64),
        start: seen.start - small(from as u64),
        end: seen.end - small(from as u64),
    }
}
