//! What is asked at the ends of the scale: several jobs, one huge batch, memory, start-up.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use specsmith_plan::bench::{Entity, Form};

use crate::corpora::Corpus;
use crate::machine;
use crate::measure::{self, Pair};
use crate::tables::{ATTEMPTS, Bench, row};

/// Two jobs against one, and one document of everything against lines.
pub(crate) fn shapes(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## Two jobs, and one document of everything\n\n| corpus | against | goal | ratio | Specsmith | MB/s | peak | other |\n|---|---|---|---|---|---|---|---|\n");
    let mut shared = Vec::new();
    for entity in Entity::ALL {
        let plain = Corpus::plain(entity);
        let one = bench.ours(plain, &[]);
        let (pair, at_once) = beside(bench, &bench.ours(plain, &["--jobs", "2"]), &one)?;
        shared.push(format!("{} {at_once:.2}", plain.label()));
        let wall = Pair {
            cpu_ratio: pair.wall_ratio,
            ..pair
        };
        let what = "two jobs against one, wall";
        row(page, bench, plain, what, "0.6", &wall);
        let whole = whole(entity);
        let pair = bench.pair(&bench.ours(whole, &[]), &one)?;
        row(page, bench, whole, "lines", "1.1", &pair);
    }
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "\nTwo processors of a virtual machine may be one core for some minutes. Before and after each series of two jobs two processes that only calculate are run at once and one alone; the series is run again where one of the two takes more than {SHARED} of it. Here they took: {}.",
        shared.join(", ")
    );
    Ok(())
}

/// Two processes that take more of one alone share a core.
const SHARED: f64 = 1.2;

/// A series of two jobs against one in which the machine had two cores, if it has them at all; with
/// what two processes that only calculate took of one alone.
fn beside(bench: &Bench, two: &[String], one: &[String]) -> Result<(Pair, f64), String> {
    let mut attempt = 1;
    loop {
        let before = machine::at_once(&bench.own)?;
        let pair = bench.pair(two, one)?;
        let at_once = before.max(machine::at_once(&bench.own)?);
        if at_once <= SHARED || attempt == ATTEMPTS {
            return Ok((pair, at_once));
        }
        eprintln!("again, since two at once took {at_once:.2} of one alone");
        std::thread::sleep(Duration::from_secs(20));
        attempt += 1;
    }
}

fn whole(entity: Entity) -> Corpus {
    Corpus {
        form: Form::OneBatch,
        ..Corpus::plain(entity)
    }
}

/// Megabytes of the long stream.
const LONG: u64 = 10_000;

/// Peak memory, over the corpora and over a stream of 10 GB from a generator.
pub(crate) fn memory(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## Peak memory\n\nBy default options, so with the ids of the first million records remembered. 10 GB come through a pipe from a generator.\n\n| input | jobs | goal | peak | CPU |\n|---|---|---|---|---|\n");
    let entity = Entity::Conversation;
    for (jobs, goal) in [("1", "32 MB"), ("2", "36 MB"), ("4", "44 MB")] {
        for corpus in [Corpus::plain(entity), whole(entity)] {
            let cost = measure::run(&bench.ours(corpus, &["--jobs", jobs]))?;
            let megabytes = bench.bytes(corpus) as f64 / 1e6;
            let input = format!("{}, {megabytes:.0} MB", corpus.label());
            peak(page, &input, jobs, goal, &cost);
        }
    }
    if !bench.long {
        eprintln!("skipped: 10 GB, which `--long` asks for");
        return Ok(());
    }
    for (form, name) in [("lines", "x.ndjson"), ("batch", "x.json")] {
        let feeder = [&bench.own, "stream", entity.name(), form, &LONG.to_string()];
        let feeder = feeder.map(str::to_owned);
        let corpus = match form {
            "lines" => Corpus::plain(entity),
            _ => whole(entity),
        };
        for (jobs, goal) in [("1", "32 MB"), ("2", "36 MB")] {
            let mut command = bench.ours(corpus, &["--jobs", jobs, "--stdin-filename", name]);
            command.pop();
            command.push("-".to_owned());
            let cost = measure::run_fed(&feeder, &command)?;
            let input = format!("{}, 10 GB", corpus.label());
            peak(page, &input, jobs, goal, &cost);
        }
    }
    Ok(())
}

fn peak(page: &mut String, input: &str, jobs: &str, goal: &str, cost: &measure::Cost) {
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "| {input} | {jobs} | {goal} | **{:.1} MB** | {:.2} s |",
        cost.peak as f64 / 1e6,
        cost.cpu.as_secs_f64()
    );
}

/// How often a short command is run.
const SHORT: usize = 41;

/// Start-up: the whole process over one payload of 2 KB.
pub(crate) fn start_up(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## Start-up\n\nThe whole process, one payload of 2 KB; medians of 41 runs (GitHub's document: 5).\n\n| specification | goal | CPU | wall |\n|---|---|---|---|\n");
    let payload = Corpus {
        form: Form::OneBatch,
        ..Corpus::plain(Entity::Agent)
    };
    let folder = bench.folder.join("payload");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    payload
        .make(&folder, 2_000)
        .map_err(|error| error.to_string())?;
    let payload = payload.path(&folder).display().to_string();
    let issue = folder.join("issue.json");
    let text = format!("{{\"title\": \"{}\"}}", "x".repeat(2_000));
    std::fs::write(&issue, text).map_err(|error| error.to_string())?;
    let issue = issue.display().to_string();
    let spec = crate::root().join("specs/agent.yaml").display().to_string();
    let configuration = bench.configuration().display().to_string();
    let ours = |words: &[&str]| -> Vec<String> {
        let specsmith = bench.specsmith.as_str();
        let command = [
            specsmith,
            "validate",
            "--jobs",
            "1",
            "--config",
            &configuration,
        ];
        let words = command.iter().chain(words);
        words.map(|it| (*it).to_owned()).collect()
    };
    let mut rows = vec![
        ("built in, detected", "3 ms", ours(&[&payload]), SHORT),
        (
            "`--spec specs/agent.yaml`, which refers to `common.yaml`: 20 KB of YAML",
            "6 ms (10 KB)",
            ours(&["--spec", &spec, &payload]),
            SHORT,
        ),
    ];
    match github() {
        Some(path) => {
            let path = path.display().to_string();
            let operation = ["--spec", &path, "--operation", "issues/create", &issue];
            rows.push(("GitHub's, 13 MB of JSON", "1.5 s CPU", ours(&operation), 5));
        }
        None => eprintln!("skipped: GitHub's document, which is not in the corpus"),
    }
    for (name, goal, command, runs) in rows {
        let (cpu, wall) = measure::often(&command, runs)?;
        let _ = writeln!(
            page,
            "| {name} | {goal} | **{:.1} ms** | {:.1} ms |",
            cpu * 1e3,
            wall * 1e3
        );
    }
    Ok(())
}

/// GitHub's document, where the public documents are.
fn github() -> Option<PathBuf> {
    let corpus = std::env::var_os("SPECSMITH_CORPUS");
    let corpus = corpus.map_or_else(|| crate::root().join("../shared/corpus"), PathBuf::from);
    let path = corpus.join("openapi/github.json");
    Path::new(&path).exists().then_some(path)
}
