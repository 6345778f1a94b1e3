//! Records that stand on a line each.

use std::io::{self, Read};

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use super::doubt::{Judged, KEPT, decide, merge};
use super::enough::Enough;
use super::input::{Input, too_long};
use super::report::Window;
use super::scan_lines::{Doubt, ScanLines};
use super::{Counts, Id, RecordReport, Sink, StreamOptions, Subject, hand_on, id_in, is_grave};
use crate::marks::Marks;
use crate::plan::Program;
use crate::scan::Scratch;
use crate::simd::dispatch;
use crate::spare::Lent;

/// What was found in a chunk of lines. There are many of them, so that their memory is used again.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) counts: Counts,
    pub(super) lines: u64,
    pub(super) found: Vec<Found>,
    pub(super) ids: Vec<Id>,
}

impl Chunk {
    fn clear(&mut self) {
        self.counts = Counts::default();
        self.lines = 0;
        self.found.clear();
        self.ids.clear();
    }

    /// Whether anything of it has to be handed on.
    pub(super) fn is_told(&self) -> bool {
        !self.found.is_empty() || !self.ids.is_empty()
    }
}

/// A record of which something is to be told.
#[derive(Debug)]
pub(super) struct Found {
    start: usize,
    end: usize,
    line: u64,
    index: u64,
    mistakes: Vec<Mistake>,
    suspected: bool,
    tree: Option<Node>,
}

/// The memory that judging lines takes.
pub(super) struct LineJudge<'p> {
    program: &'p Program,
    limit: usize,
    enough: &'p Enough,
    marks: Lent<'p, Marks>,
    scratch: Scratch,
    doubts: Vec<Doubt>,
}

impl<'p> LineJudge<'p> {
    pub(super) fn new(program: &'p Program, options: &'p StreamOptions) -> Self {
        Self {
            program,
            limit: options.record_limit,
            enough: &options.enough,
            marks: program.spare.marks(),
            scratch: Scratch::default(),
            doubts: Vec::new(),
        }
    }

    /// Judges the lines of `text[..end]`, which ends with a line break; what was in the chunk is
    /// forgotten. Gives where it ended: before that, where much is to be told.
    pub(super) fn judge(&mut self, text: &[u8], end: usize, chunk: &mut Chunk) -> usize {
        self.doubts.clear();
        chunk.clear();
        let end = dispatch(ScanLines {
            program: self.program,
            text,
            end,
            marks: &mut self.marks,
            scratch: &mut self.scratch,
            doubts: &mut self.doubts,
            limit: self.limit,
            enough: self.enough.said(),
            chunk,
        });
        let sure = chunk.ids.len();
        for doubt in self.doubts.drain(..) {
            let record = text.get(doubt.start..doubt.end).unwrap_or_default();
            let record = record.strip_suffix(b"\r").unwrap_or(record);
            let stretch = doubt.start..doubt.start + record.len();
            let judged = if record.len() > self.limit {
                Judged::mistaken(too_long(self.limit))
            } else {
                decide(self.program, None, record, doubt.why)
            };
            chunk.counts.invalid += u64::from(judged.mistakes.iter().any(is_grave));
            for seen in &judged.ids {
                let id = id_in(seen, 0, stretch.clone(), doubt.line, doubt.index);
                chunk.ids.push(id);
            }
            if judged.is_told() {
                chunk.found.push(Found {
                    start: stretch.start,
                    end: stretch.end,
                    line: doubt.line,
                    index: doubt.index,
                    mistakes: judged.mistakes,
                    suspected: judged.suspected,
                    tree: judged.tree.filter(|_| chunk.found.len() < KEPT),
                });
            }
        }
        merge(&mut chunk.ids, sure);
        end
    }
}

/// Hands on what was found in a chunk, in the order of its records.
pub(super) fn report(chunk: &mut Chunk, window: Window<'_>, sink: &mut dyn Sink) {
    let mut ids = chunk.ids.as_slice();
    for found in chunk.found.drain(..) {
        let before = ids.partition_point(|id| u64::from(id.index) < found.index);
        ids = hand_on(ids, before, window, sink);
        sink.report(RecordReport {
            subject: Subject::Record,
            record: window.record(found.line, found.index, found.start..found.end),
            mistakes: found.mistakes,
            suspected: found.suspected,
            tree: found.tree,
        });
    }
    hand_on(ids, ids.len(), window, sink);
}

/// Judges the lines of an input on this thread.
pub(super) fn run<R: Read>(
    program: &Program,
    input: &mut Input<'_, R>,
    options: &StreamOptions,
    sink: &mut dyn Sink,
) -> io::Result<Counts> {
    let limit = options.record_limit;
    let mut judge = LineJudge::new(program, options);
    let mut chunk = Chunk::default();
    let mut counts = Counts::default();
    let mut lines = 0;
    while let Some(next) = next_lines(input, limit)? {
        let judged = match next {
            Next::Lines(cut) => Some(judge.judge(input.padded(), cut, &mut chunk)),
            Next::TooLong => {
                chunk = too_long_line(limit);
                None
            }
        };
        let window = Window {
            text: input.text(),
            offset: input.offset(),
            line: lines + 1,
            column: 1,
            index: counts.records,
        };
        report(&mut chunk, window, sink);
        lines += chunk.lines;
        counts.add(&chunk.counts);
        match judged {
            Some(end) => input.consume(end),
            None => skip_line(input)?,
        }
    }
    counts.bytes = input.bytes();
    Ok(counts)
}

/// What comes next in an input of lines.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    /// So many bytes of whole lines.
    Lines(usize),
    /// A line longer than the limit.
    TooLong,
}

/// Reads until there are whole lines at hand.
pub(super) fn next_lines<R: Read>(
    input: &mut Input<'_, R>,
    limit: usize,
) -> io::Result<Option<Next>> {
    let mut known = 0;
    loop {
        input.fill_more(known, limit.saturating_add(1))?;
        let new = input.text().get(known..).unwrap_or_default();
        if let Some(last) = memchr::memrchr(b'\n', new) {
            return Ok(Some(Next::Lines(known + last + 1)));
        }
        known += new.len();
        if known > limit {
            return Ok(Some(Next::TooLong));
        }
        if input.ended() {
            if known == 0 {
                return Ok(None);
            }
            input.end_line();
            return Ok(Some(Next::Lines(known + 1)));
        }
    }
}

/// What is said about a line that is too long.
pub(super) fn too_long_line(limit: usize) -> Chunk {
    Chunk {
        counts: Counts {
            records: 1,
            invalid: 1,
            ..Counts::default()
        },
        lines: 1,
        found: vec![Found {
            start: 0,
            end: 1,
            line: 0,
            index: 0,
            mistakes: vec![too_long(limit)],
            suspected: false,
            tree: None,
        }],
        ids: Vec::new(),
    }
}

/// Passes everything up to the next line break.
pub(super) fn skip_line<R: Read>(input: &mut Input<'_, R>) -> io::Result<()> {
    loop {
        match memchr::memchr(b'\n', input.text()) {
            Some(at) => {
                input.consume(at + 1);
                return Ok(());
            }
            None => input.consume(usize::MAX),
        }
        if !input.fill()? && input.ended() {
            return Ok(());
        }
    }
}
