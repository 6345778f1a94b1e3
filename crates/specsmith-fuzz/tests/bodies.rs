//! Every body: on what once failed, on the seeds, and on mutations of them.

use std::path::Path;

use specsmith_fuzz::{TARGETS, Target, mutate, seeds};

#[track_caller]
fn check(name: &str) {
    let target = TARGETS.iter().find(|it| it.name == name);
    let target: &Target = target.expect("a body of that name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("regressions")
        .join(name);
    let mut failed: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|it| it.path())
        .collect();
    failed.sort();
    for path in failed {
        run(
            target,
            &std::fs::read(&path).expect("a file"),
            &path.display().to_string(),
        );
    }
    let all = seeds(target);
    assert!(!all.is_empty());
    for seed in &all {
        run(target, seed, "a seed");
    }
    let mut random = fastrand::Rng::with_seed(7);
    for number in 0..target.mutations {
        let seed = random.choice(&all).expect("there are some");
        let bytes = mutate(seed, &all, &mut random);
        run(target, &bytes, &format!("mutation {number}"));
    }
}

/// Says which input it was, and keeps it.
fn run(target: &Target, bytes: &[u8], what: &str) {
    let done = std::panic::catch_unwind(|| (target.body)(bytes));
    if done.is_err() {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("failed-{}", target.name));
        std::fs::write(&file, bytes).expect("written");
        panic!("{}: {what}, kept in {}", target.name, file.display());
    }
}

#[test]
fn document() {
    check("document");
}

#[test]
fn record() {
    check("record");
}

#[test]
fn stream() {
    check("stream");
}

#[test]
fn vectors() {
    check("vectors");
}

#[test]
fn reading() {
    check("reading");
}

#[test]
fn report() {
    check("report");
}

#[test]
fn file() {
    check("file");
}

#[test]
fn attributes() {
    check("attributes");
}

#[test]
fn every_body_has_a_test_and_a_program() {
    let tests = include_str!("bodies.rs");
    let manifest = include_str!("../libfuzzer/Cargo.toml");
    for target in TARGETS {
        let name = target.name;
        assert!(tests.contains(&format!("    check(\"{name}\");")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
