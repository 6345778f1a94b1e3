//! A batch of any size, judged item by item; what stands around the items is judged at its end.

mod around;

use std::io::{self, Read};

use specsmith_diagnostics::code_points;

use super::doubt::{Judged, KEPT, MOST, call_item, decide, merge};
use super::enough::Enough;
use super::envelope::Envelope;
use super::input::{BEHIND, Input, too_long};
use super::items::{FindList, Found, Head, ScanItems, Status, Walk};
use super::report::{LineCount, Window};
use super::{Counts, RecordReport, Sink, StreamOptions, Subject, hand_on, id_in, is_grave, single};
use crate::marks::Marks;
use crate::plan::Program;
use crate::scan::Scratch;
use crate::simd::dispatch;
use crate::spare::Lent;
use around::begins_item;

/// So many bytes are marked before they are walked; more where an item is longer.
const STRETCH: usize = 60 << 10;
/// So many at first behind a missing comma: where one is missing, the next may be too.
const SHORT: usize = 1 << 10;

/// Judges a batch.
pub(super) fn run<R: Read>(
    program: &Program,
    envelope: Envelope,
    input: &mut Input<'_, R>,
    options: &StreamOptions,
    sink: &mut dyn Sink,
) -> io::Result<Counts> {
    let mut batch = Batch {
        program,
        envelope,
        marks: program.spare.marks(),
        scratch: Scratch::default(),
        found: Found::default(),
        limit: options.record_limit,
        enough: &options.enough,
        counts: Counts::default(),
        line: 1,
        column: 1,
        ascii: true,
        one_line: false,
    };
    let Some(head) = batch.head(input)? else {
        return single(program, Subject::Envelope, input, options, sink);
    };
    let start = input.offset();
    batch.ascii = head.is_ascii();
    batch.pass(input, head.len());
    if batch.items(input, sink)? {
        batch.judge_envelope(input, &head, start, sink)?;
    }
    input.drain()?;
    batch.counts.bytes = input.bytes();
    Ok(batch.counts)
}

struct Batch<'p> {
    program: &'p Program,
    envelope: Envelope,
    marks: Lent<'p, Marks>,
    scratch: Scratch,
    found: Found,
    limit: usize,
    enough: &'p Enough,
    counts: Counts,
    /// The line and the column at which the bytes at hand begin.
    line: u64,
    column: u64,
    /// Whether the bytes at hand are known to be ASCII.
    ascii: bool,
    /// Whether they are known to hold no line break.
    one_line: bool,
}

impl Batch<'_> {
    /// Everything up to the bracket of the list of items; nothing if there is no such list.
    fn head<R: Read>(&mut self, input: &mut Input<'_, R>) -> io::Result<Option<Vec<u8>>> {
        loop {
            input.fill_whole()?;
            let end = input.text().len();
            let found = dispatch(FindList {
                program: self.program,
                text: input.padded(),
                end,
                name: &self.envelope.name,
                marks: &mut self.marks,
                scratch: &mut self.scratch,
            });
            match found {
                Head::List(at) => {
                    let head = input.text().get(..=at).unwrap_or_default();
                    return Ok(std::str::from_utf8(head).ok().map(|it| it.into()));
                }
                Head::Other => return Ok(None),
                Head::Open if input.ended() => return Ok(None),
                Head::Open => {}
            }
            if !input.grow(self.limit) && end >= self.limit {
                return Ok(None);
            }
        }
    }

    /// Lets go of bytes, their lines and columns counted.
    fn pass<R: Read>(&mut self, input: &mut Input<'_, R>, count: usize) {
        let count = count.min(input.text().len());
        let gone = input.text().get(..count).unwrap_or_default();
        let mut last = None;
        if !self.one_line {
            self.line += memchr::memchr_iter(b'\n', gone).count() as u64;
            last = memchr::memrchr(b'\n', gone);
        }
        let behind = last.map_or(gone, |at| gone.get(at + 1..).unwrap_or_default());
        self.column = last.map_or(self.column, |_| 1)
            + match self.ascii {
                true => behind.len() as u64,
                false => code_points(behind) as u64,
            };
        input.consume(count);
    }

    /// The bytes at hand.
    fn window<'i, R: Read>(&self, input: &'i Input<'_, R>) -> Window<'i> {
        Window {
            text: input.text(),
            offset: input.offset(),
            line: self.line,
            column: self.column,
            index: self.counts.records,
        }
    }

    /// Judges all items; whether the list came to its end, which is at the first byte at hand.
    fn items<R: Read>(
        &mut self,
        input: &mut Input<'_, R>,
        sink: &mut dyn Sink,
    ) -> io::Result<bool> {
        let mut first = true;
        loop {
            input.fill_whole()?;
            let have = input.text().len();
            let mut at = 0;
            let mut lines = LineCount::default();
            let mut here = self.window(input);
            let mut size = STRETCH;
            self.ascii = true;
            self.one_line = true;
            let status = loop {
                let rest = input.padded().get(at..).unwrap_or_default();
                let end = (have - at).min(size);
                self.found.doubts.clear();
                self.found.ids.clear();
                let walked = dispatch(ScanItems {
                    program: self.program,
                    text: rest,
                    walk: Walk {
                        item: self.envelope.item,
                        end,
                        limit: self.limit,
                        enough: self.enough.said(),
                        first,
                    },
                    marks: &mut self.marks,
                    scratch: &mut self.scratch,
                    found: &mut self.found,
                });
                self.ascii &= !self.marks.high;
                self.one_line &= !self.marks.controls;
                let full = self.found.doubts.len() >= MOST;
                self.tell(input, at, (&mut lines, &mut here), sink);
                self.counts.records += walked.items;
                self.counts.unknown += walked.unknown;
                first &= walked.items == 0;
                let more = full || at + end < have;
                at += walked.passed;
                match walked.status {
                    Status::Open if more && walked.passed > 0 => size = STRETCH,
                    Status::Open if more => size = size.saturating_mul(2),
                    Status::Unseparated if begins_item(rest.get(walked.passed..)) => {
                        self.unseparated(input, at, &mut here, sink);
                        size = SHORT;
                    }
                    status => break status,
                }
            };
            self.pass(input, at);
            let before: &[u8] = match status {
                Status::Unseparated => b"[0",
                Status::Closed | Status::Broken | Status::Open if first => b"[",
                Status::Closed | Status::Broken | Status::Open => b"[0,",
            };
            match status {
                Status::Closed => return Ok(true),
                Status::Broken | Status::Unseparated => {
                    self.broken(input, before, sink);
                    return Ok(false);
                }
                Status::Open if input.ended() => {
                    self.broken(input, before, sink);
                    return Ok(false);
                }
                Status::Open if input.text().len() > self.limit => {
                    let mut text = input.text().iter();
                    let start = text.position(|byte| !byte.is_ascii_whitespace());
                    let start = start.unwrap_or(0);
                    let before = input.text().get(..start).unwrap_or_default();
                    let line = memchr::memchr_iter(b'\n', before).count() as u64;
                    sink.report(RecordReport {
                        subject: Subject::Record,
                        record: self.window(input).record(line, 0, start..start + 1),
                        mistakes: vec![too_long(self.limit)],
                        suspected: false,
                        tree: None,
                    });
                    self.counts.records += 1;
                    self.counts.invalid += 1;
                    first = false;
                    if !self.skip_item(input)? {
                        return Ok(true);
                    }
                }
                Status::Open => {
                    // An item longer than the buffer.
                    if input.text().len() + BEHIND >= input.padded().len() {
                        input.grow(self.limit.saturating_add(1));
                    }
                }
            }
        }
    }

    /// Decides about the items that are not plainly valid and hands on what is to be told, and the
    /// ids, in the order of the items; `at` is where their places count from. Lines are counted from
    /// where they were counted last.
    fn tell<R: Read>(
        &mut self,
        input: &Input<'_, R>,
        at: usize,
        (lines, here): (&mut LineCount, &mut Window<'_>),
        sink: &mut dyn Sink,
    ) {
        let text = input.text();
        let sure = self.found.ids.len();
        let mut told = Vec::new();
        for doubt in std::mem::take(&mut self.found.doubts) {
            let item = text
                .get(at + doubt.start..at + doubt.end)
                .unwrap_or_default();
            let mut judged = if item.len() > self.limit {
                Judged::mistaken(too_long(self.limit))
            } else {
                decide(self.program, Some(self.envelope.item), item, doubt.why)
            };
            call_item(&mut judged.mistakes, self.counts.records + doubt.index);
            self.counts.invalid += u64::from(judged.mistakes.iter().any(is_grave));
            let ids = judged.ids.iter();
            self.found
                .ids
                .extend(ids.map(|it| id_in(it, 0, doubt.start..doubt.end, 0, doubt.index)));
            if judged.is_told() {
                judged.tree = judged.tree.filter(|_| told.len() < KEPT);
                told.push((doubt.index, doubt.start..doubt.end, judged));
            }
        }
        merge(&mut self.found.ids, sure);
        for id in &mut self.found.ids {
            (id.from, id.to) = (id.from + at as u32, id.to + at as u32);
            if !self.one_line {
                id.line = lines.up_to(text, id.from as usize) as u32;
            }
        }
        let window = self.window(input);
        let mut ids = self.found.ids.as_slice();
        here.index = window.index;
        for (index, range, judged) in told {
            let before = ids.partition_point(|id| u64::from(id.index) < index);
            ids = hand_on(ids, before, window, sink);
            *here = here.from(at + range.start - (text.len() - here.text.len()));
            sink.report(RecordReport {
                subject: Subject::Record,
                record: here.record(0, index, 0..range.len()),
                mistakes: judged.mistakes,
                suspected: judged.suspected,
                tree: judged.tree,
            });
        }
        hand_on(ids, ids.len(), window, sink);
    }

    /// Passes an item that is too long, and the comma behind it; whether another item follows.
    fn skip_item<R: Read>(&mut self, input: &mut Input<'_, R>) -> io::Result<bool> {
        let mut skipping = Skipping::default();
        (self.ascii, self.one_line) = (false, false);
        loop {
            let text = input.text();
            let end = text.iter().position(|byte| skipping.is_end(*byte));
            match end {
                Some(at) => {
                    let comma = text.get(at) == Some(&b',');
                    self.pass(input, at + usize::from(comma));
                    return Ok(comma);
                }
                None => self.pass(input, usize::MAX),
            }
            if !input.fill()? && input.ended() {
                return Ok(false);
            }
        }
    }
}

/// Where in an item that is passed unread.
#[derive(Debug, Default)]
struct Skipping {
    depth: usize,
    string: bool,
    escape: bool,
}

impl Skipping {
    /// Whether the item ends before this byte.
    fn is_end(&mut self, byte: u8) -> bool {
        if self.string {
            match byte {
                _ if self.escape => self.escape = false,
                b'\\' => self.escape = true,
                b'"' => self.string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.string = true,
            b'{' | b'[' => self.depth += 1,
            b',' | b']' | b'}' if self.depth == 0 => return true,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        false
    }
}
