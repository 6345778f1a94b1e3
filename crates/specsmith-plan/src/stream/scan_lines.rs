//! The walk over lines: marks a stretch of them, then judges record after record.

use std::ops::Range;

use super::doubt::MOST;
use super::enough::Enough;
use super::id_in;
use super::lines::Chunk;
use crate::marked::{Marked, Page, Stretch};
use crate::marks::{FindMarks, Marks};
use crate::notes::Why;
use crate::plan::Program;
use crate::scan::{Scan, Scratch, Stop};
use crate::simd::{Task, Vector};

/// So many bytes are marked before they are walked, so that both stay in the cache.
const STRETCH: usize = 48 << 10;

/// A line of which something may have to be told.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) why: Why,
    /// Lines and records before it in the chunk.
    pub(super) line: u64,
    pub(super) index: u64,
}

/// Judges the lines of `text[..end]`, which ends with a line break, and gives where it ended: before
/// that, where there are [`MOST`] doubts.
pub(super) struct ScanLines<'a> {
    pub(super) program: &'a Program,
    pub(super) text: &'a [u8],
    pub(super) end: usize,
    pub(super) marks: &'a mut Marks,
    pub(super) scratch: &'a mut Scratch,
    pub(super) doubts: &'a mut Vec<Doubt>,
    pub(super) limit: usize,
    pub(super) enough: Option<&'a Enough>,
    pub(super) chunk: &'a mut Chunk,
}

impl Task for ScanLines<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> usize {
        let mut start = 0;
        while start < self.end {
            let text = self.text.get(start..).unwrap_or_default();
            let end = stretch(text, self.end - start);
            FindMarks {
                text,
                end,
                marks: self.marks,
            }
            .run(vector);
            let lines = text.get(..end).unwrap_or_default();
            let broken = self.marks.high && simdutf8::basic::from_utf8(lines).is_err();
            let place = Place {
                base: start,
                end,
                limit: self.limit,
                broken,
                enough: self.enough,
            };
            let (program, doubts) = (self.program, &mut *self.doubts);
            let passed = match Page::of(text, end, self.marks) {
                Some(page) => {
                    let scan = Scan::new(vector, program, page, self.scratch, true);
                    walk(scan, place, self.chunk, doubts)
                }
                None => {
                    let text = Stretch::of(text, end, self.marks);
                    let scan = Scan::new(vector, program, text, self.scratch, true);
                    walk(scan, place, self.chunk, doubts)
                }
            };
            start += passed;
            if passed < end {
                break;
            }
        }
        start
    }
}

/// How many bytes to mark at once: whole lines.
fn stretch(text: &[u8], end: usize) -> usize {
    if end <= STRETCH {
        return end;
    }
    let first = text.get(..STRETCH).unwrap_or_default();
    if let Some(last) = memchr::memrchr(b'\n', first) {
        return last + 1;
    }
    let rest = text.get(STRETCH..end).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(end, |at| STRETCH + at + 1)
}

/// A stretch of lines.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Where it begins in its chunk.
    base: usize,
    end: usize,
    limit: usize,
    /// Whether it is not all UTF-8.
    broken: bool,
    enough: Option<&'a Enough>,
}

/// Judges line after line, and gives where it ended.
#[inline(always)]
fn walk<'a, V: Vector, T: Marked<'a>>(
    mut scan: Scan<'a, V, T>,
    place: Place<'_>,
    chunk: &mut Chunk,
    doubts: &mut Vec<Doubt>,
) -> usize {
    let Place {
        base,
        end,
        limit,
        broken,
        enough,
    } = place;
    let mut at = 0;
    while at < end && doubts.len() < MOST {
        let (start, mark) = (at, scan.mark());
        let first = scan.space(at);
        if scan.byte(first) == b'\n' {
            scan.set_mark(scan.mark() + 1);
            chunk.counts.blank += 1;
            chunk.lines += 1;
            at = first + 1;
            continue;
        }
        let judged = scan.root(first);
        let behind = judged.map(|end| match scan.byte(end) {
            b'\n' => end,
            _ => scan.space(end),
        });
        match behind {
            Ok(line_end)
                if line_end < end
                    && scan.byte(line_end) == b'\n'
                    && line_end - start <= limit
                    && (!broken || scan.is_utf8(start, line_end)) =>
            {
                scan.set_mark(scan.mark() + 1);
                at = line_end + 1;
                if scan.watching() {
                    let stretch = base + start..base + line_end;
                    if scan.has_noted() {
                        take_noted(&mut scan, start, stretch.clone(), enough, chunk, doubts);
                    }
                    if let Some(seen) = scan.whole_id(start) {
                        let (line, index) = (chunk.lines, chunk.counts.records);
                        chunk.ids.push(id_in(&seen, start, stretch, line, index));
                    }
                }
            }
            Ok(_) | Err(Stop::Invalid | Stop::Unsure) => {
                let line_end = scan.line_end(start, end);
                doubts.push(Doubt {
                    start: base + start,
                    end: base + line_end,
                    why: Why::Unsure,
                    line: chunk.lines,
                    index: chunk.counts.records,
                });
                at = line_end + 1;
                scan.catch_up(mark, at);
            }
        }
        chunk.counts.records += 1;
        chunk.lines += 1;
    }
    at
}

/// Takes what was noted of the valid line that begins at `start`, but for its own id.
#[inline(never)]
fn take_noted<'a, V: Vector, T: Marked<'a>>(
    scan: &mut Scan<'a, V, T>,
    start: usize,
    stretch: Range<usize>,
    enough: Option<&Enough>,
    chunk: &mut Chunk,
    doubts: &mut Vec<Doubt>,
) {
    let (line, index) = (chunk.lines, chunk.counts.records);
    if let Some(count) = enough.and_then(|it| scan.countable(it)) {
        chunk.counts.unknown += count;
    } else if let Some(why) = scan.why(start) {
        doubts.push(Doubt {
            start: stretch.start,
            end: stretch.end,
            why,
            line,
            index,
        });
    }
    let id = |seen| id_in(seen, start, stretch.clone(), line, index);
    chunk.ids.extend(scan.listed_ids().iter().map(id));
}
