//! What a whole process costs: CPU seconds and peak memory, as the operating system counts them.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What one run cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// User and system time.
    pub(crate) cpu: Duration,
    /// From start to end.
    pub(crate) wall: Duration,
    /// The most memory held at once, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command to its end, its output thrown away. Exit codes 0 and 1 are both results.
pub(crate) fn run(command: &[String]) -> Result<Cost, String> {
    finish(command, Stdio::null())
}

/// The same, with what another command writes as its standard input.
pub(crate) fn run_fed(feeder: &[String], command: &[String]) -> Result<Cost, String> {
    let (program, arguments) = feeder.split_first().ok_or("no command")?;
    let mut feeding = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program} cannot be run: {error}"))?;
    let output = feeding.stdout.take().ok_or("nothing is written")?;
    let cost = finish(command, output.into());
    let fed = feeding.wait().map_err(|error| error.to_string())?;
    if !fed.success() {
        return Err(format!("{} ended with {fed}", feeder.join(" ")));
    }
    cost
}

fn finish(command: &[String], input: Stdio) -> Result<Cost, String> {
    let (program, arguments) = command.split_first().ok_or("no command")?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{program} cannot be run: {error}"))?;
    let used = child
        .wait4()
        .map_err(|error| format!("{program} cannot be waited for: {error}"))?;
    let wall = start.elapsed();
    if !matches!(used.status.code(), Some(0 | 1)) {
        return Err(format!("{} ended with {}", command.join(" "), used.status));
    }
    Ok(Cost {
        cpu: used.rusage.utime + used.rusage.stime,
        wall,
        peak: used.rusage.maxrss,
    })
}

/// Runs two commands in turn, A B A B …, after runs of each that are not counted, and gives the
/// median ratio of their CPU times with the median costs: the machine's speed drifts, a pair's
/// ratio hardly does. After every few pairs what they read is made anew.
pub(crate) fn pair(
    a: &[String],
    b: &[String],
    runs: usize,
    anew: impl Fn() -> Result<(), String>,
) -> Result<Pair, String> {
    let mut all = Vec::new();
    for turn in 0..runs {
        if turn % FEW == 0 {
            anew()?;
            run(a)?;
            run(b)?;
        }
        all.push((run(a)?, run(b)?));
    }
    let ratios = all
        .iter()
        .map(|(a, b)| a.cpu.as_secs_f64() / b.cpu.as_secs_f64().max(1e-6))
        .collect();
    let walls = all
        .iter()
        .map(|(a, b)| a.wall.as_secs_f64() / b.wall.as_secs_f64().max(1e-6))
        .collect();
    Ok(Pair {
        cpu_ratio: median(ratios),
        wall_ratio: median(walls),
        a: median(all.iter().map(|(it, _)| it.cpu.as_secs_f64()).collect()),
        b: median(all.iter().map(|(_, it)| it.cpu.as_secs_f64()).collect()),
        peak_a: all.iter().map(|(it, _)| it.peak).max().unwrap_or(0),
    })
}

/// So many pairs read the same memory, which may be slower or faster than other memory is.
const FEW: usize = 4;

/// What two commands cost beside each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// CPU of A over CPU of B, the median of the pairs.
    pub(crate) cpu_ratio: f64,
    /// Wall time of A over wall time of B, the median of the pairs.
    pub(crate) wall_ratio: f64,
    /// CPU seconds of A.
    pub(crate) a: f64,
    /// CPU seconds of B.
    pub(crate) b: f64,
    /// Peak memory of A in bytes.
    pub(crate) peak_a: u64,
}

/// The median CPU and wall seconds of a short command, run so often after one run that is not
/// counted.
pub(crate) fn often(command: &[String], runs: usize) -> Result<(f64, f64), String> {
    run(command)?;
    let all: Result<Vec<Cost>, String> = (0..runs).map(|_| run(command)).collect();
    let all = all?;
    let of = |seconds: fn(&Cost) -> Duration| {
        median(all.iter().map(|it| seconds(it).as_secs_f64()).collect())
    };
    Ok((of(|it| it.cpu), of(|it| it.wall)))
}

/// The median of some values.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
