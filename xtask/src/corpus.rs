//! `corpus`: the public suites and documents, put to all judges; what came of it is written to
//! `docs/conformance.md`.

mod ask;
mod compile;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use page::{Emitted, page};
use specsmith_codegen::{Manifest, generate_crate};
use specsmith_parity::documents::{Document, documents, judge_documents};
use specsmith_parity::suites::{
    Draft, Judged, TextKind, corpus as folder, judge_suite, judge_texts, ledger,
};
use specsmith_parity::{Tally, Wanted};

/// What is asked of the run.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// How many valid and how many invalid samples are drawn from each document.
    #[arg(long, default_value_t = 2_000)]
    samples: usize,
    /// From what samples are drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many documents are judged at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Only documents whose name contains this; nothing is written then.
    #[arg(long)]
    only: Option<String>,
    /// Judge everything, and write nothing.
    #[arg(long)]
    check: bool,
    /// Compile the models of all documents, not of eight.
    #[arg(long)]
    full: bool,
    /// Look at the models alone; nothing is written then.
    #[arg(long)]
    models: bool,
}

/// The page that is written.
const PAGE: &str = "docs/conformance.md";
/// What is known not to come out as it should: document, place, reason, separated by ` | `.
const LEDGER: &str = "xtask/corpus-ledger.txt";
/// Which of the suite's tests do not come out as the suite has it, and why.
const SUITE_LEDGER: &str = "crates/specsmith-parity/tests/ledger.txt";

/// Runs all of it, at the root of the repository.
pub(crate) fn corpus(root: &Path, options: &Options) -> Result<(), String> {
    let Some(corpus) = folder()? else {
        say("skipped: there is no corpus; SPECSMITH_CORPUS names its folder");
        return Ok(());
    };
    let start = Instant::now();
    let wanted = Wanted {
        valid: options.samples,
        invalid: options.samples,
        seed: options.seed,
    };
    let mut paths = documents(&corpus.join("openapi"));
    if let Some(only) = &options.only {
        paths.retain(|path| path.to_string_lossy().contains(only.as_str()));
    }
    let known = documents_ledger(root)?;
    let (asked, mut failures) = models(root, &paths, &known, options)?;
    if options.models {
        return match failures.is_empty() {
            true => Ok(()),
            false => Err(failures.join("\n")),
        };
    }
    let judged = judge_documents(&paths, wanted, options.jobs, &|it| say(&line(it)));
    failures.extend(self::failures(&judged, &known, options));
    if options.only.is_none() {
        let emitted: BTreeMap<String, Emitted> = paths.iter().map(|path| emit(path)).collect();
        let suites = suites(root, &corpus, &mut failures)?;
        let page = page(&judged, &emitted, &asked, &suites, options);
        let path = root.join(PAGE);
        if !options.check {
            fs::write(path, page).map_err(|error| format!("{PAGE}: {error}"))?;
            say(&format!("written: {PAGE}"));
        } else if fs::read_to_string(path).ok().as_ref() != Some(&page) {
            say(&format!(
                "{PAGE} has other figures; `cargo xtask corpus` writes it"
            ));
        }
    }
    let seconds = start.elapsed().as_secs();
    say(&format!("{} documents in {seconds} s", judged.len()));
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

/// A document, and what its model said.
type Asked = (String, Tally);

/// Compiles models and asks them: what each document's said, and what comes out wrong and is not in
/// the ledger.
fn models(
    root: &Path,
    paths: &[PathBuf],
    known: &BTreeSet<(String, String)>,
    options: &Options,
) -> Result<(Vec<Asked>, Vec<String>), String> {
    let start = Instant::now();
    let compile::Compiled {
        workspace,
        fit: models,
        broken,
    } = compile::compile(root, paths, options.full)?;
    let mut wrong: Vec<(String, String, String)> = broken
        .into_iter()
        .map(|(document, why)| (document, "compile".to_owned(), why))
        .collect();
    let mut asked = Vec::new();
    for model in &models {
        let (tally, disagreements) = ask::ask(&workspace, model, options.samples, options.seed)?;
        say(&format!(
            "{}: its model says the same of {} valid and {} invalid samples, and another thing of {}",
            model.document, tally.valid, tally.invalid, tally.disagreements
        ));
        let of = |(place, how)| (model.document.clone(), place, how);
        wrong.extend(disagreements.into_iter().map(of));
        asked.push((model.document.clone(), tally));
    }
    say(&format!(
        "{} models in {} s",
        models.len(),
        start.elapsed().as_secs()
    ));
    let key = |(document, place, _): &(String, String, String)| (document.clone(), place.clone());
    let seen: BTreeSet<(String, String)> = wrong.iter().map(key).collect();
    let unknown = wrong.iter().filter(|it| !known.contains(&key(it)));
    let mut failures: Vec<String> = unknown
        .map(|(document, place, why)| format!("{document}: {place}: {why}"))
        .collect();
    for (document, place) in known.difference(&seen).filter(|it| is_of_models(&it.1)) {
        if models.iter().any(|it| it.document == *document) {
            failures.push(format!("is in {LEDGER} and passes: {document} | {place}"));
        }
    }
    Ok((asked, failures))
}

/// Whether a place in the ledger is for models to pass or fail.
fn is_of_models(place: &str) -> bool {
    place == "compile" || place.starts_with("model of ")
}

/// What must not be, and is not in the ledger, or is in the ledger and is no longer.
fn failures(
    judged: &[Document],
    known: &BTreeSet<(String, String)>,
    options: &Options,
) -> Vec<String> {
    let mut failures = Vec::new();
    let mut seen = BTreeSet::new();
    for document in judged {
        let denied = document.denied.iter();
        let findings = denied.map(|why| ("load".to_owned(), why.clone()));
        let refused = document.refused.iter();
        let refused = refused.map(|(place, why)| (place.clone(), why.clone()));
        let disagreements = document.disagreements.iter();
        let disagreements = disagreements.map(|(place, how)| (place.clone(), how.clone()));
        for (place, why) in findings.chain(refused).chain(disagreements) {
            let key = (document.name.clone(), place);
            if !known.contains(&key) {
                failures.push(format!("{}: {}: {why}", key.0, key.1));
            }
            seen.insert(key);
        }
        let tally = &document.tally;
        let short = tally.valid < options.samples || tally.invalid < options.samples;
        let key = (document.name.clone(), "samples".to_owned());
        if short && !known.contains(&key) {
            let (valid, invalid) = (tally.valid, tally.invalid);
            failures.push(format!(
                "{}: samples: only {valid} valid and {invalid} invalid",
                key.0
            ));
        }
        if short {
            seen.insert(key);
        }
    }
    let names: BTreeSet<&str> = judged.iter().map(|it| it.name.as_str()).collect();
    for (document, place) in known.difference(&seen) {
        if names.contains(document.as_str()) && !is_of_models(place) {
            failures.push(format!("is in {LEDGER} and passes: {document} | {place}"));
        }
    }
    failures
}

fn documents_ledger(root: &Path) -> Result<BTreeSet<(String, String)>, String> {
    let text = fs::read_to_string(root.join(LEDGER)).map_err(|it| format!("{LEDGER}: {it}"))?;
    let lines = text
        .lines()
        .filter(|it| !it.starts_with('#') && !it.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            match cells.as_slice() {
                [document, place, reason] if !reason.trim().is_empty() => {
                    Ok(((*document).to_owned(), (*place).to_owned()))
                }
                _ => Err(format!("{LEDGER}: not document | place | reason: {line}")),
            }
        })
        .collect()
}

fn emit(path: &Path) -> (String, Emitted) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let manifest = Manifest::Standalone { rules: None };
    let generated = generate_crate(&[path.to_owned()], "corpus-model", manifest);
    let emitted = Emitted {
        types: generated.stats.types,
        lines: generated.stats.lines,
        any_fallback: generated.stats.any_fallback,
    };
    (name.into_owned(), emitted)
}

/// What became of the suites, as Markdown.
fn suites(root: &Path, corpus: &Path, failures: &mut Vec<String>) -> Result<String, String> {
    let mut text = String::from(
        "## JSON-Schema-Test-Suite\n\n\
         Each schema of the suite is the component of a document, and each instance is put to the \
         plan (scan, verdict and explanation) and to the reference. What the suite serves from \
         another machine, and the meta-schemas, are handed in: as components with their `$id` in \
         OpenAPI 3.1, as files beside the document in 3.0, which has no such names.\n\n\
         | part | as | tests | as the suite has it | in the ledger | plan and reference differ |\n\
         |---|---|---:|---:|---:|---:|\n",
    );
    let known_text = fs::read_to_string(root.join(SUITE_LEDGER))
        .map_err(|error| format!("{SUITE_LEDGER}: {error}"))?;
    for draft in Draft::ALL {
        let known = ledger(&known_text, draft)?;
        let judged = judge_suite(corpus, draft);
        let Judged {
            tests,
            failed,
            disagreements,
        } = &judged;
        let unknown = failed.iter().filter(|(key, _)| !known.contains(*key));
        let wrong = unknown.chain(disagreements);
        failures.extend(wrong.map(|(key, why)| format!("{key}: {why}")));
        let version = match draft {
            Draft::Four => "OpenAPI 3.0",
            Draft::V2020_12 => "OpenAPI 3.1",
        };
        let _ = writeln!(
            text,
            "| {} | {version} | {tests} | {} | {} | {} |",
            draft.folder(),
            tests - failed.len(),
            known.len(),
            disagreements.len(),
        );
    }
    let _ = writeln!(
        text,
        "\n`{SUITE_LEDGER}` says why, test by test. A line whose test passes fails the run. The \
         reasons in it:\n\n| part | reason | tests |\n|---|---|---:|"
    );
    for ((draft, reason), count) in reasons(&known_text) {
        let _ = writeln!(text, "| {draft} | {reason} | {count} |");
    }
    text.push('\n');
    text.push_str(&json_suite(corpus, failures)?);
    Ok(text)
}

/// How many lines of the ledger give a reason, by part of the suite.
fn reasons(ledger: &str) -> BTreeMap<(String, String), usize> {
    let mut reasons = BTreeMap::new();
    for line in ledger.lines().filter(|it| !it.starts_with('#')) {
        if let (Some((draft, _)), Some((_, reason))) =
            (line.split_once(" | "), line.rsplit_once(" | "))
        {
            let key = (draft.to_owned(), reason.to_owned());
            *reasons.entry(key).or_default() += 1;
        }
    }
    reasons
}

/// What became of the texts of JSONTestSuite, as Markdown.
fn json_suite(corpus: &Path, failures: &mut Vec<String>) -> Result<String, String> {
    let texts = judge_texts(corpus).map_err(|it| format!("{it:?}"))?;
    failures.extend(texts.wrong.iter().map(|it| format!("JSONTestSuite: {it}")));
    let mut text =
        String::from("## JSONTestSuite\n\n| texts | accepted | refused |\n|---|---:|---:|\n");
    for (kind, words) in [
        (TextKind::Json, "`y_`: is JSON"),
        (TextKind::NotJson, "`n_`: is not JSON"),
        (TextKind::Open, "`i_`: up to the reader"),
    ] {
        let count = |accepted| texts.counts.get(&(kind, accepted)).copied().unwrap_or(0);
        let _ = writeln!(text, "| {words} | {} | {} |", count(true), count(false));
    }
    let duplicates: Vec<String> = texts
        .duplicates
        .iter()
        .map(|it| format!("`{it}`"))
        .collect();
    let _ = writeln!(
        text,
        "\nOf the texts that are JSON, {} are refused, by decision: they have a key twice.\n\n\
         Each text is judged in these ways, by the plan and, where it is not cut, by the reference; \
         a text cut in two is cut at every byte, and at about a thousand where it is longer. \
         `crates/specsmith/tests/json_suite.rs` puts the same texts to the binary, \
         `crates/specsmith-json/tests/json_test_suite.rs` to the serde `Deserializer`, to which a \
         byte order mark is an error, since it has no way to warn.\n\n\
         | way | judgements |\n|---|---:|",
        duplicates.join(" and ")
    );
    for (way, count) in &texts.ways {
        let _ = writeln!(text, "| {way} | {count} |");
    }
    text.push_str(
        "\nWhat the suite leaves to the reader is decided so:\n\n| text | | code |\n|---|---|---|\n",
    );
    for (name, accepted, code) in &texts.decided {
        let said = if *accepted { "accepted" } else { "refused" };
        let code = if code.is_empty() {
            String::new()
        } else {
            format!("`{code}`")
        };
        let _ = writeln!(text, "| `{name}` | {said} | {code} |");
    }
    Ok(text)
}

/// One document, as it goes by.
fn line(document: &Document) -> String {
    let Document { tally, .. } = document;
    format!(
        "{}: {} schemas, {} of {} places, {} valid, {} invalid, {} disagreements, {} refused, \
         {} denied; {} of {} draws valid; lowered in {} ms, {} ms in all",
        document.name,
        document.schemas,
        document.judged,
        document.places,
        tally.valid,
        tally.invalid,
        tally.disagreements,
        document.refused.len(),
        document.denied.len(),
        tally.drawn_valid,
        tally.drawn,
        document.lowering.as_millis(),
        document.elapsed.as_millis(),
    )
}

#[allow(clippy::print_stdout)] // a command's own output
fn say(message: &str) {
    println!("{message}");
}
