//! Lines judged by several threads, reported in the order of the input.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard};

use super::input::Input;
use super::lines::{self, Chunk, LineJudge, Next};
use super::meeting::Meeting;
use super::report::Window;
use super::{Counts, Sink, StreamOptions};
use crate::marks::PADDING;
use crate::plan::Program;

/// Deep records are walked by recursion.
const STACK: usize = 16 << 20;

/// Where chunks come from.
struct Source<'i, 'p, R> {
    input: &'i mut Input<'p, R>,
    next: u64,
    ended: bool,
    error: Option<io::Error>,
}

/// Where reports go. Only the thread that hands on uses it.
struct Target<'s> {
    sink: &'s mut dyn Sink,
    lines: u64,
    counts: Counts,
}

/// Chunks that wait to be handed on.
#[derive(Default)]
struct Queue {
    /// The chunk whose turn it is.
    next: u64,
    /// Chunks judged before their turn, by their number.
    early: BTreeMap<u64, Judged>,
    /// Memory to be used again.
    spare: Vec<Judged>,
    /// How many threads wait for a turn.
    waiting: usize,
    /// Whether the thread that was handing on panicked, so that nothing more is handed on.
    broken: bool,
}

/// A chunk and what was found in it; its text only where something was.
#[derive(Default)]
struct Judged {
    chunk: Chunk,
    offset: u64,
    text: Vec<u8>,
    /// Where in the text that begins which was found: behind what has been handed on.
    start: usize,
}

/// So many chunks may be judged before their turn, which bounds what waits for it.
const EARLY: u64 = 8;

/// Judges the lines of an input on several threads.
pub(super) fn run<R: Read + Send>(
    program: &Program,
    input: &mut Input<'_, R>,
    options: &StreamOptions,
    sink: &mut dyn Sink,
) -> io::Result<Counts> {
    let source = Mutex::new(Source {
        input,
        next: 0,
        ended: false,
        error: None,
    });
    let target = Mutex::new(Target {
        sink,
        lines: 0,
        counts: Counts::default(),
    });
    let line = Line::default();
    let meeting = &Meeting::default();
    std::thread::scope(|scope| {
        let work = || worker(program, options, &source, &target, &line);
        let come = move || {
            meeting.come();
            work();
        };
        let others = (1..options.jobs).filter(|_| {
            let builder = std::thread::Builder::new().stack_size(STACK);
            // A thread that cannot be started leaves its share to the others.
            builder.spawn_scoped(scope, come).is_ok()
        });
        meeting.begin(others.count());
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
    source: &Mutex<Source<'_, '_, R>>,
    target: &Mutex<Target<'_>>,
    line: &Line,
) {
    let limit = options.record_limit;
    let mut judge = LineJudge::new(program, options);
    let mut own = Judged::default();
    // A poisoned lock means that another thread panicked: there is nothing left to do.
    while let Ok(mut locked) = source.lock() {
        let Some((number, next)) = take(&mut locked, limit, &mut own) else {
            return;
        };
        drop(locked);
        own.start = 0;
        match next {
            Next::Lines(cut) => loop {
                let rest = own.text.get(own.start..).unwrap_or_default();
                let judged = judge.judge(rest, cut - own.start, &mut own.chunk);
                if own.start + judged >= cut {
                    break;
                }
                // So much is to be told that the rest is judged behind that.
                let turn = line.wait_for(number);
                if turn.map(drop).is_none() || line.tell(&mut own, target).is_none() {
                    return;
                }
                own.start += judged;
            },
            Next::TooLong => own.chunk = lines::too_long_line(limit),
        }
        let Some(mut queue) = line.room_for(number) else {
            return;
        };
        if queue.next == number {
            // It was waited for, so that nobody is handing on now.
            drop(queue);
            line.hand_on(&mut own, target);
            continue;
        }
        let other = queue.spare.pop().unwrap_or_default();
        let mut judged = std::mem::replace(&mut own, other);
        if !judged.chunk.is_told() {
            std::mem::swap(&mut judged.text, &mut own.text);
        }
        queue.early.insert(number, judged);
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
        self.wait_for(number.saturating_sub(EARLY))
    }

    /// Waits until it is the turn of a chunk or of a later one; nothing if it never will be.
    fn wait_for(&self, number: u64) -> Option<MutexGuard<'_, Queue>> {
        let mut queue = self.queue.lock().ok()?;
        while number > queue.next && !queue.broken {
            queue.waiting += 1;
            queue = self.moved.wait(queue).ok()?;
            queue.waiting -= 1;
        }
        (!queue.broken).then_some(queue)
    }

    /// Hands on the chunk whose turn has come and those behind it that are there, also those that
    /// come meanwhile: the queue is free while the sink is at work.
    fn hand_on(&self, own: &mut Judged, target: &Mutex<Target<'_>>) {
        let mut passed = self.report(own, target);
        while let Some(mut queue) = passed {
            let next = queue.next;
            let Some(mut judged) = queue.early.remove(&next) else {
                return;
            };
            drop(queue);
            passed = self.report(&mut judged, target);
            if let Some(queue) = &mut passed
                && queue.spare.len() as u64 <= EARLY
            {
                queue.spare.push(judged);
            }
        }
    }

    /// Hands on the chunk whose turn has come, and lets the next one have its turn; nothing where
    /// there is no going on.
    fn report(
        &self,
        judged: &mut Judged,
        target: &Mutex<Target<'_>>,
    ) -> Option<MutexGuard<'_, Queue>> {
        self.tell(judged, target)?;
        let mut queue = self.queue.lock().ok()?;
        queue.next += 1;
        // To say so costs a call of the system, also where nobody hears it.
        if queue.waiting > 0 {
            self.moved.notify_all();
        }
        Some(queue)
    }

    /// Hands on what was found; nothing where there is no going on.
    fn tell(&self, judged: &mut Judged, target: &Mutex<Target<'_>>) -> Option<()> {
        let breaking = Breaking(self);
        target.lock().ok()?.report(judged);
        std::mem::forget(breaking);
        Some(())
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
    /// Hands on the chunk whose turn it is.
    fn report(&mut self, judged: &mut Judged) {
        let window = Window {
            text: judged.text.get(judged.start..).unwrap_or_default(),
            offset: judged.offset + judged.start as u64,
            line: self.lines + 1,
            column: 1,
            index: self.counts.records,
        };
        lines::report(&mut judged.chunk, window, self.sink);
        self.lines += judged.chunk.lines;
        self.counts.add(&judged.chunk.counts);
    }
}

/// Takes the next chunk of lines into a memory: its number, and what it is. It is read into that
/// memory from the start, which is in the cache of this thread.
fn take<R: Read>(
    source: &mut Source<'_, '_, R>,
    limit: usize,
    own: &mut Judged,
) -> Option<(u64, Next)> {
    if source.ended {
        return None;
    }
    let text = &mut own.text;
    source.input.swap_lines(text, 0);
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
    own.offset = source.input.offset();
    match next {
        Next::Lines(cut) => source.input.swap_lines(text, cut),
        Next::TooLong => {
            text.clear();
            text.extend(source.input.text().first());
            text.resize(1 + PADDING, 0);
            if let Err(error) = lines::skip_line(source.input) {
                source.ended = true;
                source.error = Some(error);
            }
        }
    }
    let number = source.next;
    source.next += 1;
    Some((number, next))
}
