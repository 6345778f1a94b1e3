//! A batch of any size, judged item by item; what stands around the items is judged at its end.

use std::io::{self, Read};

use specsmith_diagnostics::Mistake;

use super::envelope::Envelope;
use super::input::{Input, too_long};
use super::{Counts, RecordReport, Sink, StreamOptions, Subject, is_grave, single};
use crate::explain::{explain, explain_json};
use crate::marks::{FindMarks, Marks, PADDING};
use crate::plan::Program;
use crate::scan::{Scan, Scratch};
use crate::simd::{Task, Vector, dispatch};
use crate::tree::Elided;

/// So many bytes are marked before they are walked; more where an item is longer.
const STRETCH: usize = 64 << 10;

/// Judges a batch.
pub(super) fn run<R: Read>(
    program: &Program,
    envelope: Envelope,
    input: &mut Input<R>,
    options: &StreamOptions,
    sink: &mut Sink<'_>,
) -> io::Result<Counts> {
    let mut batch = Batch {
        program,
        envelope,
        marks: Marks::default(),
        scratch: Scratch::new(program),
        doubts: Vec::new(),
        limit: options.record_limit,
        counts: Counts::default(),
        line: 1,
    };
    let Some(head) = batch.head(input)? else {
        return single(program, input, options, sink);
    };
    let start = input.offset();
    batch.pass(input, head.len());
    let whole = batch.items(input, sink)?;
    if whole {
        batch.judge_envelope(input, &head, start, sink)?;
    }
    input.drain()?;
    batch.counts.bytes = input.bytes();
    Ok(batch.counts)
}

struct Batch<'p> {
    program: &'p Program,
    envelope: Envelope,
    marks: Marks,
    scratch: Scratch,
    doubts: Vec<(u64, usize, usize)>,
    limit: usize,
    counts: Counts,
    /// The line on which the bytes at hand begin.
    line: u64,
}

impl Batch<'_> {
    /// Everything up to the bracket of the list of items; nothing if there is no such list.
    fn head<R: Read>(&mut self, input: &mut Input<R>) -> io::Result<Option<Vec<u8>>> {
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

    /// Lets go of bytes, their lines counted.
    fn pass<R: Read>(&mut self, input: &mut Input<R>, count: usize) {
        let count = count.min(input.text().len());
        let gone = input.text().get(..count).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', gone).count() as u64;
        input.consume(count);
    }

    /// Judges all items; whether the list came to its end, which is at the first byte at hand.
    fn items<R: Read>(&mut self, input: &mut Input<R>, sink: &mut Sink<'_>) -> io::Result<bool> {
        let mut first = true;
        loop {
            input.fill_whole()?;
            let have = input.text().len();
            let mut at = 0;
            let mut size = STRETCH;
            let status = loop {
                let rest = input.padded().get(at..).unwrap_or_default();
                let end = (have - at).min(size);
                self.doubts.clear();
                let walked = dispatch(ScanItems {
                    program: self.program,
                    item: self.envelope.item,
                    text: rest,
                    end,
                    marks: &mut self.marks,
                    scratch: &mut self.scratch,
                    doubts: &mut self.doubts,
                    limit: self.limit,
                    first,
                });
                self.tell(input, at, sink);
                self.counts.records += walked.items;
                first &= walked.items == 0;
                let more = at + end < have;
                at += walked.passed;
                match walked.status {
                    Status::Open if more && walked.passed > 0 => size = STRETCH,
                    Status::Open if more => size = size.saturating_mul(2),
                    status => break status,
                }
            };
            self.pass(input, at);
            match status {
                Status::Closed => return Ok(true),
                Status::Broken => {
                    self.broken(input, first, sink);
                    return Ok(false);
                }
                Status::Open if input.ended() => {
                    self.broken(input, first, sink);
                    return Ok(false);
                }
                Status::Open if input.text().len() > self.limit => {
                    let mut text = input.text().iter();
                    let start = text.position(|byte| !byte.is_ascii_whitespace());
                    let start = start.unwrap_or(0);
                    self.tell_one(input, start, start + 1, vec![too_long(self.limit)], sink);
                    self.counts.records += 1;
                    self.counts.invalid += 1;
                    first = false;
                    if !self.skip_item(input)? {
                        return Ok(true);
                    }
                }
                Status::Open => {
                    // An item longer than the buffer.
                    if input.text().len() + PADDING >= input.padded().len() {
                        input.grow(self.limit.saturating_add(1));
                    }
                }
            }
        }
    }

    /// Explains the items that are not plainly valid; `at` is where their places count from.
    fn tell<R: Read>(&mut self, input: &Input<R>, at: usize, sink: &mut Sink<'_>) {
        for (index, start, end) in std::mem::take(&mut self.doubts) {
            let text = input.text().get(at + start..at + end).unwrap_or_default();
            let mistakes = if text.len() > self.limit {
                vec![too_long(self.limit)]
            } else {
                crate::explain::explain_as(self.program, self.envelope.item, text)
            };
            self.counts.invalid += u64::from(mistakes.iter().any(is_grave));
            if !mistakes.is_empty() {
                let records = self.counts.records;
                self.counts.records += index;
                self.tell_one(input, at + start, at + end, mistakes, sink);
                self.counts.records = records;
            }
        }
    }

    /// Hands on what was found in the item that is next to be counted.
    fn tell_one<R: Read>(
        &self,
        input: &Input<R>,
        start: usize,
        end: usize,
        mistakes: Vec<Mistake>,
        sink: &mut Sink<'_>,
    ) {
        let before = input.text().get(..start).unwrap_or_default();
        sink(RecordReport {
            subject: Subject::Record,
            index: self.counts.records,
            line: self.line + memchr::memchr_iter(b'\n', before).count() as u64,
            offset: input.offset() + start as u64,
            text: input.text().get(start..end).unwrap_or_default(),
            mistakes,
        });
    }

    /// The text goes on in a way that no array does: says what is wrong, and no more is judged.
    fn broken<R: Read>(&mut self, input: &Input<R>, first: bool, sink: &mut Sink<'_>) {
        let rest = input.text();
        let before: &[u8] = if first { b"[" } else { b"[0," };
        let mistakes = explain_json(self.program, before, rest);
        self.counts.records += 1;
        self.counts.invalid += 1;
        let records = self.counts.records;
        self.counts.records = records - 1;
        self.tell_one(input, 0, rest.len(), mistakes, sink);
        self.counts.records = records;
    }

    /// Passes an item that is too long, and the comma behind it; whether another item follows.
    fn skip_item<R: Read>(&mut self, input: &mut Input<R>) -> io::Result<bool> {
        let mut skipping = Skipping::default();
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

    /// Judges what stands around the items, which are left out.
    fn judge_envelope<R: Read>(
        &mut self,
        input: &mut Input<R>,
        head: &[u8],
        start: u64,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let length = input.fill_to(self.limit.saturating_add(1))?;
        let mistakes = if length > self.limit {
            let mut mistake = too_long(self.limit);
            mistake.bytes = head.len() as u64..head.len() as u64 + 1;
            vec![mistake]
        } else {
            let mut skeleton = head.to_vec();
            skeleton.extend_from_slice(input.text());
            let elided = Elided {
                start: u32::try_from(head.len() - 1).unwrap_or(u32::MAX),
                count: self.counts.records,
            };
            explain(self.program, &skeleton, Some(elided))
        };
        for mut mistake in mistakes {
            let head_length = head.len() as u64;
            let (line, offset, text) = if mistake.bytes.start < head_length {
                mistake.bytes.end = mistake.bytes.end.min(head_length);
                (1, start, head)
            } else {
                mistake.bytes.start -= head_length;
                mistake.bytes.end = mistake.bytes.end.saturating_sub(head_length);
                (self.line, input.offset(), input.text())
            };
            // Other places may stand in the other part.
            mistake.related.clear();
            if let Some((_, bytes)) = &mut mistake.suggestion {
                *bytes = mistake.bytes.clone();
            }
            sink(RecordReport {
                subject: Subject::Envelope,
                index: 0,
                line,
                offset,
                text,
                mistakes: vec![mistake],
            });
        }
        Ok(())
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

/// How the text of an envelope begins.
enum Head {
    /// The list's bracket is there.
    List(usize),
    /// There is no list, or not as a batch has it.
    Other,
    /// It takes more text to tell.
    Open,
}

struct FindList<'a> {
    program: &'a Program,
    text: &'a [u8],
    end: usize,
    name: &'a str,
    marks: &'a mut Marks,
    scratch: &'a mut Scratch,
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

/// How far a walk over items came.
struct Walked {
    items: u64,
    /// Bytes of whole items, with the commas behind them.
    passed: usize,
    status: Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// The text ends inside an item or before the next.
    Open,
    /// The list's closing bracket is next.
    Closed,
    /// What follows belongs in no list.
    Broken,
}

struct ScanItems<'a> {
    program: &'a Program,
    item: crate::plan::NodeId,
    text: &'a [u8],
    end: usize,
    marks: &'a mut Marks,
    scratch: &'a mut Scratch,
    doubts: &'a mut Vec<(u64, usize, usize)>,
    limit: usize,
    /// Whether no item has come yet, so that the list may be empty.
    first: bool,
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
            let judged = scan.judge(self.item, start);
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
            if doubted || end - start > self.limit {
                self.doubts.push((items, start, end));
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
