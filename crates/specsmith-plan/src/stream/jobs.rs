//! Lines judged by several threads, reported in the order of the input.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::{Condvar, Mutex};

use super::input::Input;
use super::lines::{self, Chunk, LineJudge, Next};
use super::report::Window;
use super::{Counts, Sink, StreamOptions};
use crate::marks::PADDING;
use crate::plan::Program;

/// Deep records are walked by recursion.
const STACK: usize = 16 << 20;

/// Where chunks come from.
struct Source<'i, R> {
    input: &'i mut Input<R>,
    next: u64,
    ended: bool,
    error: Option<io::Error>,
}

/// Where reports go, in the order of the input.
struct Target<'s> {
    sink: &'s mut dyn Sink,
    next: u64,
    lines: u64,
    first_column: u64,
    counts: Counts,
    /// Chunks judged before their turn, by their number.
    early: BTreeMap<u64, Judged>,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
}

/// A chunk and what was found in it; its text only where something was.
struct Judged {
    chunk: Chunk,
    offset: u64,
    text: Vec<u8>,
}

/// So many chunks may be judged before their turn, which bounds what waits for it.
const EARLY: u64 = 4;

/// Judges the lines of an input on several threads.
pub(super) fn run<R: Read + Send>(
    program: &Program,
    input: &mut Input<R>,
    options: &StreamOptions,
    sink: &mut dyn Sink,
) -> io::Result<Counts> {
    let first_column = input.first_column();
    let source = Mutex::new(Source {
        input,
        next: 0,
        ended: false,
        error: None,
    });
    let target = Mutex::new(Target {
        sink,
        next: 0,
        lines: 0,
        first_column,
        counts: Counts::default(),
        early: BTreeMap::new(),
        spare: Vec::new(),
    });
    let turn = Condvar::new();
    let limit = options.record_limit;
    std::thread::scope(|scope| {
        let work = || worker(program, limit, &source, &target, &turn);
        for _ in 1..options.jobs {
            let builder = std::thread::Builder::new().stack_size(STACK);
            // A thread that cannot be started leaves its share to the others.
            let _ = builder.spawn_scoped(scope, work);
        }
        work();
    });
    let mut source = source
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let target = target
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut counts = target.counts;
    counts.bytes = source.input.bytes();
    match source.error.take() {
        Some(error) => Err(error),
        None => Ok(counts),
    }
}

fn worker<R: Read>(
    program: &Program,
    limit: usize,
    source: &Mutex<Source<'_, R>>,
    target: &Mutex<Target<'_>>,
    turn: &Condvar,
) {
    let mut judge = LineJudge::new(program, limit);
    let mut buffer = Vec::new();
    // A poisoned lock means that another thread panicked: there is nothing left to do.
    while let Ok(mut locked) = source.lock() {
        let Some((number, next, offset)) = take(&mut locked, limit, &mut buffer) else {
            return;
        };
        drop(locked);
        let chunk = match next {
            Next::Lines(cut) => judge.chunk(&buffer, cut),
            Next::TooLong => lines::too_long_line(limit),
        };
        let Ok(mut locked) = target.lock() else {
            return;
        };
        while number > locked.next + EARLY {
            match turn.wait(locked) {
                Ok(again) => locked = again,
                Err(_) => return,
            }
        }
        let mut text = Vec::new();
        if !chunk.found.is_empty() || !chunk.ids.is_empty() {
            let other = locked.spare.pop().unwrap_or_default();
            text = std::mem::replace(&mut buffer, other);
        }
        let judged = Judged {
            chunk,
            offset,
            text,
        };
        locked.early.insert(number, judged);
        if locked.next == number {
            hand_on(&mut locked);
            turn.notify_all();
        }
    }
}

/// Hands on every chunk whose turn has come.
fn hand_on(target: &mut Target<'_>) {
    while let Some(mut judged) = target.early.remove(&target.next) {
        let window = Window {
            text: &judged.text,
            offset: judged.offset,
            line: target.lines + 1,
            column: match target.lines {
                0 => target.first_column,
                _ => 1,
            },
            index: target.counts.records,
        };
        lines::report(&mut judged.chunk, window, target.sink);
        target.lines += judged.chunk.lines;
        target.counts.add(&judged.chunk.counts);
        target.next += 1;
        if !judged.text.is_empty() && target.spare.len() as u64 <= EARLY {
            target.spare.push(judged.text);
        }
    }
}

/// Takes the next chunk of lines into `buffer`: its number, and where it begins.
fn take<R: Read>(
    source: &mut Source<'_, R>,
    limit: usize,
    buffer: &mut Vec<u8>,
) -> Option<(u64, Next, u64)> {
    if source.ended {
        return None;
    }
    let next = match lines::next_lines(source.input, limit) {
        Ok(Some(next)) => next,
        Ok(None) => {
            source.ended = true;
            return None;
        }
        Err(error) => {
            source.ended = true;
            source.error = Some(error);
            return None;
        }
    };
    let offset = source.input.offset();
    match next {
        Next::Lines(cut) => source.input.swap_lines(buffer, cut),
        Next::TooLong => {
            buffer.clear();
            buffer.extend(source.input.text().first());
            buffer.resize(1 + PADDING, 0);
            if let Err(error) = lines::skip_line(source.input) {
                source.ended = true;
                source.error = Some(error);
            }
        }
    }
    let number = source.next;
    source.next += 1;
    Some((number, next, offset))
}
