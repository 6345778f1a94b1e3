//! The page of figures: every goal beside what was measured, as ratios taken in one run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use specsmith_plan::bench::{Entity, Variant};

use crate::corpora::{self, BATCH, Corpus};
use crate::extremes;
use crate::measure::{self, Pair};

/// Measures all and writes it up as CommonMark.
pub(crate) fn report(bench: &Bench) -> Result<String, String> {
    // No configuration around the corpora has a say.
    std::fs::write(bench.configuration(), "").map_err(|error| error.to_string())?;
    let sections = [
        peers,
        variants,
        lints,
        models,
        extremes::shapes,
        extremes::memory,
        extremes::start_up,
    ];
    let mut page = String::from(HEAD);
    for section in sections {
        let before = page.len();
        section(bench, &mut page)?;
        // Each is shown when it is done: a run takes minutes.
        println!("{}", page.get(before..).unwrap_or_default());
    }
    Ok(page)
}

const HEAD: &str = "## How it is measured\n\n\
The corpora are made from a seed. Each pair of commands is run in turn, A B A B, and figures are \
whole-process CPU time (user and system) and the median ratio of the pairs; peak memory is the \
largest of the runs. A series in which a command takes 1.15 times what it took elsewhere on the page \
is run again, at most five times. After every four pairs the corpora are read from disk anew: what \
memory they come to makes a run some hundredths faster or slower. Both sides are built with the profile `dist`; every peer of this repository \
reads line by line through a buffer of 256 KiB. Less is better.\n";

/// What is measured with what.
pub(crate) struct Bench {
    /// The binary.
    pub(crate) specsmith: String,
    /// This program, which is the peers.
    pub(crate) own: String,
    /// Where the corpora are.
    pub(crate) folder: PathBuf,
    /// How often each pair is run.
    pub(crate) runs: usize,
    /// Whether 10 GB are measured too.
    pub(crate) long: bool,
    /// The command-line peer from PyPI, where it is installed.
    pub(crate) sourcemeta: Option<String>,
    /// The least CPU seconds that each command took so far, as the median of a series.
    pub(crate) known: RefCell<BTreeMap<Vec<String>, f64>>,
}

/// A series in which a command takes so much more than it did elsewhere is run again: something
/// else had the machine.
const OFF: f64 = 1.15;
/// So often a series is run, whatever it takes.
pub(crate) const ATTEMPTS: usize = 6;

impl Bench {
    /// `specsmith validate` over a corpus, on one thread unless said otherwise.
    pub(crate) fn ours(&self, corpus: Corpus, extra: &[&str]) -> Vec<String> {
        let mut command = vec![
            self.specsmith.clone(),
            "validate".to_owned(),
            "--config".to_owned(),
            self.configuration().display().to_string(),
            "--operation".to_owned(),
            corpus.operation().to_owned(),
        ];
        if !extra.contains(&"--jobs") {
            command.extend(["--jobs".to_owned(), "1".to_owned()]);
        }
        command.extend(extra.iter().map(|it| (*it).to_owned()));
        command.push(self.file(corpus));
        command
    }

    /// A configuration that says nothing.
    pub(crate) fn configuration(&self) -> PathBuf {
        self.folder.join("default.toml")
    }

    fn peer(&self, name: &str, corpus: Corpus) -> Vec<String> {
        vec![
            self.own.clone(),
            "peer".to_owned(),
            name.to_owned(),
            corpus.entity.name().to_owned(),
            self.file(corpus),
        ]
    }

    pub(crate) fn file(&self, corpus: Corpus) -> String {
        corpus.path(&self.folder).display().to_string()
    }

    pub(crate) fn pair(&self, a: &[String], b: &[String]) -> Result<Pair, String> {
        let mut attempt = 1;
        loop {
            let anew = || {
                let mut files = [a, b].into_iter().filter_map(|it| it.last());
                files.try_for_each(|file| {
                    let read = corpora::read_anew(Path::new(file));
                    read.map_err(|error| format!("{file}: {error}"))
                })
            };
            let pair = measure::pair(a, b, self.runs, anew)?;
            let off = self.is_off(a, pair.a) | self.is_off(b, pair.b);
            if !off || attempt == ATTEMPTS {
                return Ok(pair);
            }
            eprintln!("again, since the machine was slow: {}", a.join(" "));
            attempt += 1;
        }
    }

    /// Whether a command took more than it does, and what it does take from here on.
    fn is_off(&self, command: &[String], seconds: f64) -> bool {
        let mut known = self.known.borrow_mut();
        let least = known.entry(command.to_vec()).or_insert(seconds);
        *least = least.min(seconds);
        seconds > *least * OFF
    }

    pub(crate) fn bytes(&self, corpus: Corpus) -> u64 {
        std::fs::metadata(self.file(corpus)).map_or(0, |it| it.len())
    }
}

fn peers(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## Against peers\n\nLines, one thread, default options.\n\n| corpus | against | goal | CPU ratio | Specsmith | MB/s | peak | peer |\n|---|---|---|---|---|---|---|---|\n");
    for entity in Entity::ALL {
        let plain = Corpus::plain(entity);
        let ours = bench.ours(plain, &[]);
        for (peer, goal) in [("ignored-any", "0.5"), ("jsonschema", "0.10")] {
            let pair = bench.pair(&ours, &bench.peer(peer, plain))?;
            row(page, bench, plain, peer, goal, &pair);
        }
        match sourcemeta(bench, plain)? {
            Some(command) => {
                let pair = bench.pair(&ours, &command)?;
                row(page, bench, plain, "sourcemeta", "0.04", &pair);
            }
            None => eprintln!("skipped: sourcemeta, which `--sourcemeta COMMAND` names"),
        }
    }
    Ok(())
}

/// The command-line peer over a corpus. It wants a schema in a file, and a file called `.jsonl`.
fn sourcemeta(bench: &Bench, corpus: Corpus) -> Result<Option<Vec<String>>, String> {
    let Some(command) = &bench.sourcemeta else {
        return Ok(None);
    };
    let schema = bench
        .folder
        .join(format!("{}.schema.json", corpus.entity.name()));
    let text = crate::bundled(corpus.entity)?;
    std::fs::write(&schema, text).map_err(|error| error.to_string())?;
    let lines = corpus.path(&bench.folder);
    let named = lines.with_extension("jsonl");
    if !named.exists() {
        std::fs::hard_link(&lines, &named).map_err(|error| error.to_string())?;
    }
    let files = [schema.display().to_string(), named.display().to_string()];
    let words = ["validate", "--fast"].map(str::to_owned);
    Ok(Some(
        [command.clone()]
            .into_iter()
            .chain(words)
            .chain(files)
            .collect(),
    ))
}

fn variants(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## Harder corpora against the plain one\n\nByte for byte.\n\n| corpus | against | goal | CPU ratio | Specsmith | MB/s | peak | plain |\n|---|---|---|---|---|---|---|---|\n");
    for entity in Entity::ALL {
        let plain = Corpus::plain(entity);
        let of = |variant| Corpus { variant, ..plain };
        let batches = Corpus {
            form: BATCH,
            ..plain
        };
        let unknown_off: &[&str] = &["--allow", "lint/unknown-property"];
        for (corpus, goal, extra) in [
            (of(Variant::Reversed), "1.2", &[][..]),
            (of(Variant::Shuffled), "2", &[]),
            (of(Variant::NonAscii), "1.6", &[]),
            (of(Variant::Escaped), "2", &[]),
            (of(Variant::Unknown), "2.5", unknown_off),
            (of(Variant::Invalid), "1.5", &["--max-findings", "0"]),
            (of(Variant::Spaced), "–", &[]),
            (batches, "1.1", &[]),
        ] {
            let pair = bench.pair(&bench.ours(corpus, extra), &bench.ours(plain, &[]))?;
            let scale = bench.bytes(plain) as f64 / bench.bytes(corpus).max(1) as f64;
            let even = Pair {
                cpu_ratio: pair.cpu_ratio * scale,
                ..pair
            };
            row(page, bench, corpus, "plain", goal, &even);
        }
    }
    Ok(())
}

fn lints(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## What the lints cost\n\n| corpus | against | goal | CPU ratio | with lints | MB/s | peak | without |\n|---|---|---|---|---|---|---|---|\n");
    let off: Vec<&str> = [
        "lint/unknown-property",
        "lint/partial-pattern",
        "lint/missing-items",
        "lint/incomplete-attribute",
        "lint/duplicate-attribute",
        "lint/attribute-shadows-field",
        "lint/duplicate-id",
        "lint/blank-value",
    ]
    .iter()
    .flat_map(|it| ["--allow", *it])
    .collect();
    for entity in Entity::ALL {
        for (variant, goal) in [(Variant::Plain, "1.15"), (Variant::Unknown, "3")] {
            let corpus = Corpus {
                variant,
                ..Corpus::plain(entity)
            };
            let pair = bench.pair(&bench.ours(corpus, &[]), &bench.ours(corpus, &off))?;
            row(page, bench, corpus, "every lint allowed", goal, &pair);
        }
    }
    Ok(())
}

fn models(bench: &Bench, page: &mut String) -> Result<(), String> {
    page.push_str("\n## The generated models\n\n`from_json` of each line, against serde and garde on a hand-written struct, which checks less.\n\n| corpus | against | goal | CPU ratio | model | MB/s | peak | peer |\n|---|---|---|---|---|---|---|---|\n");
    for entity in Entity::ALL {
        let corpus = Corpus::plain(entity);
        let model = bench.peer("model", corpus);
        let pair = bench.pair(&model, &bench.peer("serde-garde", corpus))?;
        row(page, bench, corpus, "serde-garde", "1.0", &pair);
    }
    Ok(())
}

pub(crate) fn row(
    page: &mut String,
    bench: &Bench,
    corpus: Corpus,
    against: &str,
    goal: &str,
    pair: &Pair,
) {
    let megabytes = bench.bytes(corpus) as f64 / 1e6;
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "| {} | {against} | {goal} | **{:.3}** | {:.3} s | {:.0} | {:.1} MB | {:.3} s |",
        corpus.label(),
        pair.cpu_ratio,
        pair.a,
        megabytes / pair.a.max(1e-6),
        pair.peak_a as f64 / 1e6,
        pair.b,
    );
}
