//! Progress: a line on a terminal for work that takes long.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::console::Console;
use crate::inputs::Input;
use crate::summary::counted;

/// Nothing is shown before this, nor more often than [`EVERY`].
const PATIENCE: Duration = Duration::from_millis(800);
const EVERY: Duration = Duration::from_millis(100);

/// What has been done so far, by all threads together.
#[derive(Debug, Default)]
pub struct Tally {
    bytes: AtomicU64,
    records: AtomicU64,
    findings: AtomicU64,
}

impl Tally {
    /// The bytes of a file of that length, counted while they are read; what is left of it when
    /// nobody reads on counts as read.
    pub fn reading<R: Read>(self: &Arc<Self>, bytes: R, length: u64) -> impl Read + use<R> {
        Counted {
            bytes,
            left: length,
            tally: Arc::clone(self),
        }
    }
}

/// What has been done of one input.
#[derive(Debug)]
pub struct OfInput<'t> {
    tally: &'t Tally,
    records: AtomicU64,
    findings: AtomicU64,
}

impl<'t> OfInput<'t> {
    /// An input whose records count to the whole.
    pub fn new(tally: &'t Tally) -> Self {
        Self {
            tally,
            records: AtomicU64::new(0),
            findings: AtomicU64::new(0),
        }
    }

    /// How many of its records are judged by now, and how much was found in them.
    pub fn judged(&self, records: u64, findings: u64) {
        let add = |whole: &AtomicU64, part: &AtomicU64, now: u64| {
            let before = part.fetch_max(now, Ordering::Relaxed);
            whole.fetch_add(now.saturating_sub(before), Ordering::Relaxed);
        };
        add(&self.tally.records, &self.records, records);
        add(&self.tally.findings, &self.findings, findings);
    }
}

struct Counted<R> {
    bytes: R,
    left: u64,
    tally: Arc<Tally>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.bytes.read(buffer)?;
        let counted = length as u64;
        self.left = self.left.saturating_sub(counted);
        self.tally.bytes.fetch_add(counted, Ordering::Relaxed);
        Ok(length)
    }
}

impl<R> Drop for Counted<R> {
    fn drop(&mut self) {
        self.tally.bytes.fetch_add(self.left, Ordering::Relaxed);
    }
}

/// How far a run is, drawn over and over by a thread of its own; shown only to a person at a
/// terminal. The line goes when this does.
pub struct Progress {
    tally: Arc<Tally>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// A run over these inputs.
    pub fn new(inputs: &[Input], console: &Console, quiet: bool) -> Self {
        let tally = Arc::new(Tally::default());
        let on = console.shows_progress() && !quiet;
        // Unless all lengths are known, nobody can say how much is left.
        let total = inputs.iter().map(Input::length).sum();
        let drawing = on.then(|| {
            let (stop, stopped) = mpsc::channel();
            let tally = Arc::clone(&tally);
            let draw = move || draw(&tally, total, &stopped);
            (stop, std::thread::spawn(draw))
        });
        Self { tally, drawing }
    }

    /// Where what is done is counted.
    pub fn tally(&self) -> &Arc<Tally> {
        &self.tally
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.drawing.take() {
            drop(stop);
            // Only what it shows would be lost with it.
            let _ = thread.join();
        }
    }
}

fn draw(tally: &Tally, total: Option<u64>, stopped: &mpsc::Receiver<()>) {
    let started = Instant::now();
    let mut err = io::stderr();
    let mut shown = false;
    let mut wait = PATIENCE;
    while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = EVERY;
        shown = true;
        let line = line(tally, total, started.elapsed());
        // Nobody can be told that standard error does not work.
        let _ = write!(err, "\r\u{1b}[2K{line}").and_then(|()| err.flush());
    }
    if shown {
        let _ = write!(err, "\r\u{1b}[2K").and_then(|()| err.flush());
    }
}

fn line(tally: &Tally, total: Option<u64>, elapsed: Duration) -> String {
    const WIDTH: u64 = 20;
    let megabytes = |it: u64| it as f64 / 1e6;
    let passed = tally.bytes.load(Ordering::Relaxed);
    let judged = format!(
        "{}, {}",
        counted(tally.records.load(Ordering::Relaxed), "record", "records"),
        counted(
            tally.findings.load(Ordering::Relaxed),
            "finding",
            "findings"
        )
    );
    let Some(total) = total.filter(|it| *it > 0) else {
        return format!("{:.1} MB, {judged}", megabytes(passed));
    };
    let passed = passed.min(total);
    let filled = passed * WIDTH / total;
    let bar: String = (0..WIDTH)
        .map(|at| if at < filled { '#' } else { '.' })
        .collect();
    let left = match passed {
        0 => String::new(),
        passed => {
            let rest = (total - passed) as f64 / passed as f64;
            format!(", {:.0} s left", elapsed.as_secs_f64() * rest)
        }
    };
    format!(
        "[{bar}] {:.1} of {:.1} MB, {judged}{left}",
        megabytes(passed),
        megabytes(total)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(bytes: u64, records: u64, findings: u64) -> Tally {
        let tally = Tally::default();
        tally.bytes.store(bytes, Ordering::Relaxed);
        OfInput::new(&tally).judged(records, findings);
        tally
    }

    #[test]
    fn what_is_told_twice_counts_once() {
        let tally = Tally::default();
        let input = OfInput::new(&tally);
        for (records, findings) in [(3, 0), (7, 1), (5, 1)] {
            input.judged(records, findings);
        }
        OfInput::new(&tally).judged(2, 0);
        let line = line(&tally, None, Duration::ZERO);
        assert_eq!(line, "0.0 MB, 9 records, 1 finding");
    }

    #[test]
    fn the_line_says_how_far_and_how_long() {
        let half = line(
            &tally(2_000_000, 7, 1),
            Some(4_000_000),
            Duration::from_secs(3),
        );
        assert_eq!(
            half,
            "[##########..........] 2.0 of 4.0 MB, 7 records, 1 finding, 3 s left"
        );
        let begun = line(&tally(0, 0, 0), Some(4_000_000), Duration::ZERO);
        assert!(begun.ends_with("0 records, 0 findings"), "{begun}");
        let unknown = line(&tally(2_000_000, 7, 0), None, Duration::from_secs(3));
        assert_eq!(unknown, "2.0 MB, 7 records, 0 findings");
    }

    #[test]
    fn what_is_not_read_is_done_too() {
        let tally = Arc::new(Tally::default());
        let bytes = |tally: &Tally| tally.bytes.load(Ordering::Relaxed);
        let mut part = [0; 3];
        let mut reader = tally.reading(&b"abcdefgh"[..], 8);
        reader.read_exact(&mut part).expect("three bytes");
        assert_eq!(bytes(&tally), 3);
        drop(reader);
        assert_eq!(bytes(&tally), 8);
        // A file that has grown since.
        let mut reader = tally.reading(&b"abcdefgh"[..], 2);
        io::copy(&mut reader, &mut io::sink()).expect("all of it");
        drop(reader);
        assert_eq!(bytes(&tally), 16);
    }
}
