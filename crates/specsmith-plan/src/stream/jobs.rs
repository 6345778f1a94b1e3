//! Lines judged by several threads, reported in the order of the input.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard};

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

/// Where reports go. Only the thread that hands on uses it.
struct Target<'s> {
    sink: &'s mut dyn Sink,
    lines: u64,
    first_column: u64,
    counts: Counts,
}

/// Chunks that wait to be handed on.
#[derive(Default)]
struct Queue {
    /// The chunk whose turn it is.
    next: u64,
    /// Chunks judged before their turn, by their number.
    early: BTreeMap<u64, Judged>,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
    /// Whether a thread is handing on; the others need not wait for it.
    busy: bool,
    /// Whether that thread panicked, so that nothing more is handed on.
    broken: bool,
}

/// A chunk and what was found in it; its text only where something was.
struct Judged {
    chunk: Chunk,
    offset: u64,
    text: Vec<u8>,
}

/// So many chunks may be judged before their turn, which bounds what waits for it.
const EARLY: u64 = 8;

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
        lines: 0,
        first_column,
        counts: Counts::default(),
    });
    let line = Line::default();
    std::thread::scope(|scope| {
        let work = || worker(program, options, &source, &target, &line);
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
    options: &StreamOptions,
    source: &Mutex<Source<'_, R>>,
    target: &Mutex<Target<'_>>,
    line: &Line,
) {
    let limit = options.record_limit;
    let mut judge = LineJudge::new(program, options);
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
        let Some(mut queue) = line.room_for(number) else {
            return;
        };
        let mut text = Vec::new();
        if !chunk.found.is_empty() || !chunk.ids.is_empty() {
            let other = queue.spare.pop().unwrap_or_default();
            text = std::mem::replace(&mut buffer, other);
        }
        let judged = Judged {
            chunk,
            offset,
            text,
        };
        queue.early.insert(number, judged);
        if !queue.busy {
            queue.busy = true;
            line.hand_on(queue, target);
        }
    }
}

/// The queue, and who waits for room in it.
#[derive(Default)]
struct Line {
    queue: Mutex<Queue>,
    moved: Condvar,
}

impl Line {
    /// Waits until a chunk is not too early; nothing if it never will be.
    fn room_for(&self, number: u64) -> Option<MutexGuard<'_, Queue>> {
        let mut queue = self.queue.lock().ok()?;
        while number > queue.next + EARLY && !queue.broken {
            queue = self.moved.wait(queue).ok()?;
        }
        (!queue.broken).then_some(queue)
    }

    /// Hands on every chunk whose turn has come, also those that come meanwhile: the queue is free
    /// while the sink is at work.
    fn hand_on<'l>(&'l self, mut queue: MutexGuard<'l, Queue>, target: &Mutex<Target<'_>>) {
        loop {
            let next = queue.next;
            let Some(judged) = queue.early.remove(&next) else {
                queue.busy = false;
                return;
            };
            drop(queue);
            let breaking = Breaking(self);
            let Ok(mut target) = target.lock() else {
                return;
            };
            let text = target.report(judged);
            drop(target);
            std::mem::forget(breaking);
            match self.queue.lock() {
                Ok(again) => queue = again,
                Err(_) => return,
            }
            queue.next += 1;
            if !text.is_empty() && queue.spare.len() as u64 <= EARLY {
                queue.spare.push(text);
            }
            self.moved.notify_all();
        }
    }
}

/// Says that nothing more is handed on, unless it is forgotten.
struct Breaking<'l>(&'l Line);

impl Drop for Breaking<'_> {
    fn drop(&mut self) {
        if let Ok(mut queue) = self.0.queue.lock() {
            queue.broken = true;
        }
        self.0.moved.notify_all();
    }
}

impl Target<'_> {
    /// Hands on the chunk whose turn it is; gives its buffer back.
    fn report(&mut self, mut judged: Judged) -> Vec<u8> {
        let window = Window {
            text: &judged.text,
            offset: judged.offset,
            line: self.lines + 1,
            column: match self.lines {
                0 => self.first_column,
                _ => 1,
            },
            index: self.counts.records,
        };
        lines::report(&mut judged.chunk, window, self.sink);
        self.lines += judged.chunk.lines;
        self.counts.add(&judged.chunk.counts);
        judged.text
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
