//! Whether the machine does what it should: two processors of a virtual machine may be two threads
//! of one core, at times, and then two jobs cannot be faster than that.

use std::hint::black_box;
use std::process::{Child, Command, Stdio};

use wait4::Wait4;

use crate::measure::median;

/// So often a process is run alone and beside another.
const RUNS: usize = 5;

/// Calculates for some milliseconds, in registers alone and as wide as a core can.
pub(crate) fn spin() {
    let mut values = [1u64, 2, 3, 4, 5, 6];
    for turn in 0..20_000_000_u64 {
        let before = black_box(values);
        for (at, value) in values.iter_mut().enumerate() {
            *value = value.wrapping_add(before[(at + 1) % 6] ^ turn);
        }
    }
    black_box(values);
}

/// What such a process takes of CPU beside another one, against alone: 1 where each has a core of
/// its own, 2 where they share one.
pub(crate) fn at_once(own: &str) -> Result<f64, String> {
    let mut ratios = Vec::new();
    for _ in 0..RUNS {
        let alone = cpu(start(own)?)?;
        let both = [start(own)?, start(own)?];
        let beside = both.into_iter().map(cpu).sum::<Result<f64, _>>()?;
        ratios.push(beside / 2.0 / alone.max(1e-6));
    }
    Ok(median(ratios))
}

fn start(own: &str) -> Result<Child, String> {
    let mut command = Command::new(own);
    let command = command.arg("spin").stdin(Stdio::null());
    let started = command.spawn();
    started.map_err(|error| format!("{own} cannot be run: {error}"))
}

fn cpu(mut child: Child) -> Result<f64, String> {
    let used = child.wait4().map_err(|error| error.to_string())?;
    Ok((used.rusage.utime + used.rusage.stime).as_secs_f64())
}
