//! The public suites, put to all judges; skipped, and said so, where they are not to be had.
#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::PathBuf;

use specsmith_parity::suites::{Draft, corpus, judge_suite, judge_texts, ledger};

fn folder() -> Option<PathBuf> {
    let folder = corpus().unwrap_or_else(|why| panic!("{why}"));
    if folder.is_none() {
        println!("skipped: there is no corpus");
    }
    folder
}

/// What does not come out as the suite has it, with reasons.
const LEDGER: &str = include_str!("ledger.txt");

/// All judges agree on every test, and say what the suite says, save what the ledger tells.
#[track_caller]
fn check(draft: Draft) {
    let Some(corpus) = folder() else { return };
    let judged = judge_suite(&corpus, draft);
    let known = ledger(LEDGER, draft).unwrap_or_else(|why| panic!("{why}"));
    let mut report = String::new();
    for (key, how) in &judged.disagreements {
        let _ = writeln!(report, "the judges disagree: {key}\n{how}");
    }
    for (key, why) in judged
        .failed
        .iter()
        .filter(|(key, _)| !known.contains(*key))
    {
        let _ = writeln!(report, "fails and is not in the ledger: {key} | {why}");
    }
    for key in known.iter().filter(|key| !judged.failed.contains_key(*key)) {
        let _ = writeln!(report, "is in the ledger and passes: {key}");
    }
    let passed = judged.tests - judged.failed.len();
    assert!(
        report.is_empty(),
        "{passed} of {} pass\n{report}",
        judged.tests
    );
    assert!(passed > 500, "{passed} of {} pass", judged.tests);
}

#[test]
fn what_2020_12_requires() {
    check(Draft::V2020_12);
}

#[test]
fn what_3_0_keeps_of_draft_4() {
    check(Draft::Four);
}

#[test]
fn texts_that_are_json_and_texts_that_are_not() {
    let Some(corpus) = folder() else { return };
    let texts = judge_texts(&corpus).unwrap_or_else(|it| panic!("{it:?}"));
    assert!(texts.wrong.is_empty(), "\n{}", texts.wrong.join("\n"));
    assert_eq!(texts.duplicates.len(), 2, "{:?}", texts.duplicates);
    let all: usize = texts.counts.values().sum();
    assert!(all > 300, "{all}");
    assert_eq!(texts.ways.len(), 5, "{:?}", texts.ways);
}
