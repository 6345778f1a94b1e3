//! The example payloads: every judge says of each what the tables say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use specsmith_parity::{Agreed, Place, Subject};
use specsmith_source::Disk;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn subject() -> Subject {
    let names = ["agent", "conversation", "customer"];
    let paths = names.map(|name| root().join(format!("specs/{name}.yaml")));
    match Subject::load(&paths, &Disk) {
        Ok(subject) => subject,
        Err(findings) => panic!("{findings:?}"),
    }
}

/// The rows of a table, without its head.
fn table(path: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("examples/payloads").join(path));
    let text = text.expect("a table");
    let rows = text.lines().skip(1);
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}

/// The records of a file: its lines, or all of it.
fn records(path: &str) -> Vec<Vec<u8>> {
    let text = std::fs::read(root().join("examples/payloads").join(path)).expect("an example");
    if !path.ends_with(".ndjson") {
        return vec![text];
    }
    let lines = text.split(|it| *it == b'\n').filter(|it| !it.is_empty());
    lines.map(<[u8]>::to_vec).collect()
}

/// Whether all records of a file are valid, all judges agreeing on each.
#[track_caller]
fn judge(subject: &Subject, place: &Place, path: &str) -> bool {
    let judges = match subject.judges(place, place.direction) {
        Ok(judges) => judges,
        Err(findings) => panic!("{findings:?}"),
    };
    let mut valid = true;
    for record in records(path) {
        match judges.compare(&record) {
            Ok(agreed) => valid &= agreed == Agreed::Valid,
            Err(disagreement) => panic!("{path}\n{}", judges.minimal(&disagreement)),
        }
    }
    valid
}

#[test]
fn every_valid_example_is_valid() {
    let subject = subject();
    let rows = table("expected/valid.tsv");
    for row in &rows {
        let place = Place::request(&subject, &row[1]).expect("an operation");
        assert!(
            judge(&subject, &place, &format!("valid/{}", row[0])),
            "{}",
            row[0]
        );
    }
    assert_eq!(rows.len(), 9);
}

#[test]
fn every_example_of_a_mistake_is_invalid() {
    let subject = subject();
    let mut files: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for row in table("expected/mistakes.tsv") {
        let counts = row[2].starts_with("schema/") || row[2].starts_with("json/");
        let file = files
            .entry(row[0].clone())
            .or_insert((row[1].clone(), false));
        file.1 |= counts;
    }
    assert!(files.len() > 80, "{}", files.len());
    for (file, (operation, invalid)) in files {
        let place = Place::request(&subject, &operation).expect("an operation");
        let valid = judge(&subject, &place, &format!("mistakes/{file}"));
        assert_eq!(valid, !invalid, "{file}");
    }
}

#[test]
fn every_payload_made_for_parity_is_what_the_table_says() {
    let subject = subject();
    let rows = table("parity/expected.tsv");
    for row in &rows {
        let place = Place::named(&subject, &row[1]).expect("a schema");
        let valid = judge(&subject, &place, &format!("parity/{}", row[0]));
        assert_eq!(valid, row[2] == "valid", "{}", row[0]);
    }
    assert!(rows.len() > 40, "{}", rows.len());
}
