//! The three specifications of this repository, and the payloads that go with them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use specsmith_diagnostics::Mistake;
use specsmith_ir::Direction;
use specsmith_reference::{Reference, Target};
use specsmith_source::{Disk, Limits, Specification, load};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn payloads() -> PathBuf {
    root().join("examples/payloads")
}

fn specification() -> Specification {
    let names = ["agent", "conversation", "customer"];
    let paths = names.map(|name| root().join(format!("specs/{name}.yaml")));
    let (specification, findings) = load(&paths, &Disk, &Limits::default());
    assert!(findings.is_empty(), "{findings:?}");
    specification.expect("the specifications can be read")
}

fn reference<'a>(specification: &'a Specification, target: &Target) -> Reference<'a> {
    Reference::new(specification, target, Direction::Request).expect("it can be judged by")
}

fn request(operation: &str) -> Target {
    Target::Request {
        operation: operation.to_owned(),
        media_type: None,
    }
}

/// The rows of a table, without its head.
fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("a table");
    let rows = text.lines().skip(1);
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}

/// The records of a file, each with the number of lines before it.
fn records(name: &str, text: &[u8]) -> Vec<(usize, Vec<u8>)> {
    if name.ends_with(".ndjson") {
        let lines = text.split(|byte| *byte == b'\n').enumerate();
        let lines = lines.filter(|(_, line)| !line.is_empty());
        lines
            .map(|(before, line)| (before, line.to_vec()))
            .collect()
    } else {
        vec![(0, text.to_vec())]
    }
}

/// A mistake as the tables tell it; lines and columns count from 1, columns in code points.
fn told(text: &[u8], lines_before: usize, mistake: &Mistake) -> String {
    let start = usize::try_from(mistake.bytes.start).expect("a small file");
    let before = &text[..start];
    let line = lines_before + before.split(|byte| *byte == b'\n').count();
    let last = before.rsplit(|byte| *byte == b'\n').next();
    let column = String::from_utf8_lossy(last.unwrap_or_default())
        .chars()
        .count()
        + 1;
    format!("{} {line}:{column} {}", mistake.code, mistake.pointer)
}

#[test]
fn every_valid_example_is_valid() {
    let specification = specification();
    let rows = table(&payloads().join("expected/valid.tsv"));
    for row in &rows {
        let reference = reference(&specification, &request(&row[1]));
        let text = std::fs::read(payloads().join("valid").join(&row[0])).expect("an example");
        for (_, record) in records(&row[0], &text) {
            assert_eq!(reference.judge(&record), [], "{}", row[0]);
            assert!(reference.verdict(&record), "{}", row[0]);
        }
    }
    assert!(rows.len() > 5);
}

#[test]
fn every_example_of_a_mistake_has_its_mistakes() {
    let specification = specification();
    let mut wanted: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in table(&payloads().join("expected/mistakes.tsv")) {
        let [file, operation, code, line, column, pointer] = &row[..] else {
            panic!("six cells: {row:?}");
        };
        let rows = wanted.entry((file.clone(), operation.clone())).or_default();
        rows.push(format!("{code} {line}:{column} {pointer}"));
    }
    for ((file, operation), mistakes) in &wanted {
        let reference = reference(&specification, &request(operation));
        let text = std::fs::read(payloads().join("mistakes").join(file)).expect("an example");
        let mut found = Vec::new();
        for (before, record) in records(file, &text) {
            let judged = reference.judge(&record);
            assert_eq!(reference.verdict(&record), judged.is_empty(), "{file}");
            found.extend(judged.iter().map(|it| told(&record, before, it)));
        }
        assert_eq!(&found, mistakes, "{file}");
    }
    assert!(wanted.len() > 50);
}

#[test]
fn every_payload_on_which_the_judges_must_agree() {
    let specification = specification();
    let rows = table(&payloads().join("parity/expected.tsv"));
    for row in &rows {
        let [file, schema, verdict] = &row[..] else {
            panic!("three cells: {row:?}");
        };
        let target = Target::Schema {
            name: schema.clone(),
        };
        let reference = reference(&specification, &target);
        let text = std::fs::read(payloads().join("parity").join(file)).expect("an example");
        let valid = match verdict.as_str() {
            "valid" => true,
            "invalid" => false,
            other => panic!("{file}: {other}"),
        };
        let mistakes = reference.judge(&text);
        assert_eq!(reference.verdict(&text), valid, "{file}: {mistakes:?}");
        assert_eq!(mistakes.is_empty(), valid, "{file}: {mistakes:?}");
    }
    assert!(rows.len() > 40);
}
