//! Real documents: whether they load and lower, and whether the judges agree on samples of what
//! they describe.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use specsmith_diagnostics::{Finding, Level};
pub use specsmith_ir::Dialect as Version;
use specsmith_source::Disk;

use crate::{Place, Subject, Tally, Wanted, places, sample_schema};

/// At most so many schemas of a document are sampled, spread evenly.
const MOST_PLACES: usize = 150;
/// How often what is missing of the samples is asked for anew, from more schemas.
const ROUNDS: usize = 3;

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The file's name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Which version it is read as; `None` where it cannot be read.
    pub dialect: Option<Version>,
    /// The findings of loading and lowering that stand at `deny`.
    pub denied: Vec<String>,
    /// How many stand at `warn`.
    pub warnings: usize,
    /// How many schemas were lowered.
    pub schemas: usize,
    /// How many bodies and definitions there are to judge by.
    pub places: usize,
    /// How many of them were judged by.
    pub judged: usize,
    /// Those that the reference cannot judge by, with its first finding.
    pub refused: BTreeMap<String, String>,
    /// What became of the samples.
    pub tally: Tally,
    /// The schemas on which judges disagree, each with a minimal record.
    pub disagreements: BTreeMap<String, String>,
    /// The time that loading and lowering took.
    pub lowering: Duration,
    /// The time that it took in all.
    pub elapsed: Duration,
}

/// The documents of a folder, the largest first.
pub fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| Some((entry.metadata().ok()?.len(), entry.path())))
        .filter(|(_, path)| {
            let ending = path.extension().and_then(|it| it.to_str());
            matches!(ending, Some("json" | "yaml" | "yml"))
        })
        .collect();
    files.sort_by(|one, two| two.0.cmp(&one.0).then_with(|| one.1.cmp(&two.1)));
    files.into_iter().map(|(_, path)| path).collect()
}

/// Puts `wanted` samples of each document to the judges, `jobs` documents at a time; `done` hears
/// of each. In order of name.
pub fn judge_documents(
    paths: &[PathBuf],
    wanted: Wanted,
    jobs: usize,
    done: &(dyn Fn(&Document) + Sync),
) -> Vec<Document> {
    let next = AtomicUsize::new(0);
    let judged = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            // The deepest documents and records are walked by recursion.
            let work = std::thread::Builder::new().stack_size(64 << 20);
            let handle = work.spawn_scoped(scope, || {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let document = judge_document(path, wanted);
                    done(&document);
                    let mut judged = judged
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    judged.push(document);
                }
            });
            handle.expect("a thread can be had");
        }
    });
    let mut judged = judged
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    judged.sort_by(|one, two| one.name.cmp(&two.name));
    judged
}

fn judge_document(path: &Path, wanted: Wanted) -> Document {
    let start = Instant::now();
    let mut document = Document {
        name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        bytes: std::fs::metadata(path).map_or(0, |it| it.len()),
        ..Document::default()
    };
    match Subject::load(&[path.to_owned()], &Disk) {
        Ok(subject) => {
            document.lowering = start.elapsed();
            let root = subject.lowered.model.documents.first();
            document.dialect = root.map(|it| it.dialect);
            document.schemas = subject.lowered.model.schemas.len();
            note(&mut document, &subject.findings);
            note(&mut document, &subject.lowered.findings);
            sample(&mut document, &subject, wanted);
        }
        Err(findings) => note(&mut document, &findings),
    }
    document.elapsed = start.elapsed();
    document
}

fn note(document: &mut Document, findings: &[Finding]) {
    for finding in findings {
        match finding.level {
            Level::Deny => {
                let place = finding.location.as_ref();
                let place =
                    place.map_or_else(String::new, |it| format!("{}:{} ", it.line, it.column));
                document
                    .denied
                    .push(format!("{place}{}: {}", finding.code, finding.message));
            }
            Level::Warn => document.warnings += 1,
            Level::Allow => {}
        }
    }
}

fn sample(document: &mut Document, subject: &Subject, wanted: Wanted) {
    let all = places(subject);
    document.places = all.len();
    for round in 0..ROUNDS {
        let missing = Wanted {
            valid: wanted.valid.saturating_sub(document.tally.valid),
            invalid: wanted.invalid.saturating_sub(document.tally.invalid),
            seed: wanted.seed.wrapping_add(round as u64),
        };
        if missing.valid == 0 && missing.invalid == 0 {
            break;
        }
        // Every so manyth; another round begins elsewhere.
        let step = all.len().div_ceil(MOST_PLACES).max(1);
        let chosen: Vec<&Place> = all.iter().skip(round % step).step_by(step).collect();
        let share = |count: usize| count.div_ceil(chosen.len().max(1));
        let wanted = Wanted {
            valid: share(missing.valid),
            invalid: share(missing.invalid),
            seed: missing.seed,
        };
        for place in chosen {
            sample_place(document, subject, place, wanted);
        }
    }
}

fn sample_place(document: &mut Document, subject: &Subject, place: &Place, wanted: Wanted) {
    let judges = match subject.judges(place, place.direction) {
        Ok(judges) => judges,
        Err(findings) => {
            let why = findings.first().map(|it| it.message.clone());
            let refused = &mut document.refused;
            refused.insert(place.name.clone(), why.unwrap_or_default());
            return;
        }
    };
    document.judged += 1;
    let disagreements = &mut document.disagreements;
    let tally = sample_schema(subject, place, &judges, wanted, &mut |disagreement| {
        // One of each schema is enough to see what it is about.
        let shown = disagreements.entry(place.name.clone());
        shown.or_insert_with(|| judges.minimal(disagreement).to_string());
    });
    document.tally.add(&tally);
}
