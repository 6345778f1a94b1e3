//! Progress: a line on a terminal for work that takes long.

use std::time::{Duration, Instant};

use specsmith_diagnostics::Summary;

use crate::console::Console;
use crate::inputs::Input;

/// Nothing is shown before this, nor more often than [`EVERY`].
const PATIENCE: Duration = Duration::from_millis(800);
const EVERY: Duration = Duration::from_millis(100);

/// How far a run is.
pub struct Progress {
    started: Instant,
    shown: Option<Instant>,
    total: u64,
    passed: u64,
    on: bool,
}

impl Progress {
    /// A run over these inputs; shown only to a person at a terminal.
    pub fn new(inputs: &[Input], console: &Console, quiet: bool) -> Self {
        Self {
            started: Instant::now(),
            shown: None,
            total: inputs.iter().map(bytes).sum(),
            passed: 0,
            on: console.shows_progress() && !quiet,
        }
    }

    /// One input is done.
    pub fn passed(&mut self, input: &Input, summary: &Summary, console: &mut Console) {
        self.passed += bytes(input);
        let elapsed = self.started.elapsed();
        let recent = self.shown.is_some_and(|it| it.elapsed() < EVERY);
        if !self.on || elapsed < PATIENCE || recent {
            return;
        }
        self.shown = Some(Instant::now());
        let line = line(self.passed, self.total, elapsed, summary);
        console.progress(&format!("\r\u{1b}[2K{line}"));
    }

    /// The run is done; the line goes.
    pub fn done(&self, console: &mut Console) {
        if self.shown.is_some() {
            console.progress("\r\u{1b}[2K");
        }
    }
}

fn bytes(input: &Input) -> u64 {
    input.length().unwrap_or(0)
}

fn line(passed: u64, total: u64, elapsed: Duration, summary: &Summary) -> String {
    const WIDTH: u64 = 20;
    let of = total.max(1);
    let filled = (passed.min(of) * WIDTH / of) as usize;
    let bar: String = (0..WIDTH as usize)
        .map(|at| if at < filled { '#' } else { '.' })
        .collect();
    let left = match passed {
        0 => String::new(),
        passed => {
            let rest = total.saturating_sub(passed) as f64 / passed as f64;
            format!(", {:.0} s left", elapsed.as_secs_f64() * rest)
        }
    };
    format!(
        "[{bar}] {:.1} of {:.1} MB, {} records, {} findings{left}",
        passed as f64 / 1e6,
        total as f64 / 1e6,
        summary.records,
        summary.findings()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_and_how_long() {
        let summary = Summary {
            records: 7,
            ..Summary::default()
        };
        let half = line(2_000_000, 4_000_000, Duration::from_secs(3), &summary);
        assert_eq!(
            half,
            "[##########..........] 2.0 of 4.0 MB, 7 records, 0 findings, 3 s left"
        );
        assert!(line(0, 0, Duration::ZERO, &summary).starts_with("[....."));
    }
}
