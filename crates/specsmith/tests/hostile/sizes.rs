//! What is larger than anybody expects.

use std::fmt::Write as _;

use crate::support::{document, folder, holds, out, validate, validate_fed};

/// A gigabyte where time does not matter: `SPECSMITH_SLOW_TESTS=1`.
fn long() -> usize {
    match std::env::var_os("SPECSMITH_SLOW_TESTS") {
        Some(_) => 1 << 30,
        None => 40 << 20,
    }
}

#[test]
fn line() {
    let spec = document(&["A: {type: object, properties: {id: {type: string}}}"]);
    let folder = folder(&[("spec.yaml", &spec)]);
    let arguments = ["--stdin-filename", "a.ndjson", "-"];
    let output = validate_fed(folder.path(), &arguments, |stdin| {
        stdin.write_all(b"{\"id\":\"a\"}\n{\"id\":\"")?;
        let part = [b'x'; 1 << 16];
        for _ in 0..long() / part.len() {
            stdin.write_all(&part)?;
        }
        stdin.write_all(b"\"}\n{\"id\":1}\n")
    });
    holds("sizes::line", &output);
    assert!(out(&output).contains("a.ndjson:2:1"), "{}", out(&output));
    assert!(out(&output).contains("a.ndjson:3:7"), "{}", out(&output));
}

#[test]
fn item_of_a_batch() {
    let folder = folder(&[]);
    let long = "x".repeat(17 << 20);
    let batch = format!(
        "{{\"items\": [{{\"externalCustomerId\": \"a\"}},\n{{\"externalCustomerId\": \"{long}\"}},\n{{\"externalCustomerId\": 1}}]}}"
    );
    crate::support::write(folder.path(), "a.json", batch.as_bytes());
    let arguments = ["validate", "--operation", "manyCustomerMetadata", "a.json"];
    let output = crate::support::run(folder.path(), &arguments);
    holds("sizes::item_of_a_batch", &output);
    assert!(out(&output).contains("a.json:2:1"), "{}", out(&output));
    assert!(out(&output).contains("a.json:3:24"), "{}", out(&output));
}

/// A reader that is packed small: 64 MiB of blanks in some 60 KiB.
#[test]
fn unpacked() {
    let spec = document(&["A: {type: object}"]);
    let folder = folder(&[("spec.yaml", &spec)]);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..64 {
        std::io::Write::write_all(&mut packer, &[b' '; 1 << 20]).expect("packed");
    }
    let packed = packer.finish().expect("packed");
    assert!(packed.len() < 1 << 20);
    crate::support::write(folder.path(), "a.json.gz", &packed);
    let output = validate(folder.path(), &["a.json.gz"]);
    holds("sizes::unpacked", &output);
}

#[test]
fn enum_values() {
    let mut schema = "A: {enum: [".to_owned();
    for value in 0..1_000_000 {
        let _ = write!(schema, "v{value}, ");
    }
    let spec = document(&[&format!("{schema}]}}")]);
    let folder = folder(&[
        ("spec.yaml", &spec),
        ("in.json", "\"v999999\""),
        ("a.json", "\"w\""),
    ]);
    assert_eq!(validate(folder.path(), &["in.json"]).status.code(), Some(0));
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::enum_values", &output);
    assert!(
        output.stdout.len() < 10_000,
        "a report of {} bytes",
        output.stdout.len()
    );
}

#[test]
fn properties_of_a_payload() {
    let spec = document(&["A: {type: object, properties: {p1: {type: integer}}}"]);
    let mut payload = "{\"p0\": 0".to_owned();
    for number in 1..100_000 {
        let _ = write!(payload, ", \"p{number}\": \"{number}\"");
    }
    let folder = folder(&[("spec.yaml", &spec), ("a.json", &format!("{payload}}}"))]);
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::properties_of_a_payload", &output);
    assert!(
        output.stdout.len() < 200_000,
        "a report of {} bytes",
        output.stdout.len()
    );
}

#[test]
fn properties_of_a_schema() {
    let mut schema = "A: {type: object, properties: {p0: {}".to_owned();
    for number in 1..100_000 {
        let _ = write!(schema, ", p{number}: {{type: integer}}");
    }
    let spec = document(&[&format!("{schema}}}}}")]);
    let folder = folder(&[("spec.yaml", &spec), ("a.json", "{\"p99999\": \"a\"}")]);
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::properties_of_a_schema", &output);
}

#[test]
fn digits() {
    let schema =
        "A: {type: object, properties: {n: {type: number, multipleOf: 0.01, maximum: 1e100}}}";
    let many = "1".repeat(1_000_000);
    let spec = document(&[schema]);
    let folder = folder(&[("spec.yaml", &spec)]);
    let bodies = [
        format!("{{\"n\": {many}}}"),
        format!("{{\"n\": 0.{many}}}"),
        format!("{{\"n\": 1e{many}}}"),
    ];
    for body in bodies {
        crate::support::write(folder.path(), "a.json", body.as_bytes());
        let output = validate(folder.path(), &["a.json"]);
        holds("sizes::digits", &output);
        let other = validate(folder.path(), &["--engine", "reference", "a.json"]);
        holds("sizes::digits", &other);
    }
}

#[test]
fn digits_of_a_bound() {
    let bound = "9".repeat(1_000_000);
    let spec = document(&[&format!("A: {{type: number, maximum: {bound}}}")]);
    let folder = folder(&[("spec.yaml", &spec), ("a.json", &format!("{bound}0"))]);
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::digits_of_a_bound", &output);
    assert!(
        output.stdout.len() < 10_000,
        "a report of {} bytes",
        output.stdout.len()
    );
}

#[test]
fn pattern_that_backtracks() {
    let spec = document(&["A: {type: string, pattern: '^(?:(a|aa|a{3})+)+\\1b$'}"]);
    let payload = format!("\"{}\"", "a".repeat(5_000));
    let folder = folder(&[("spec.yaml", &spec), ("a.json", &payload)]);
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::pattern_that_backtracks", &output);
    let other = validate(folder.path(), &["--engine", "reference", "a.json"]);
    holds("sizes::pattern_that_backtracks", &other);
}

#[test]
fn pattern_that_would_backtrack() {
    let spec = document(&["A: {type: string, pattern: '^(a+)+$'}"]);
    let payload = format!("\"{}b\"", "a".repeat(100_000));
    let folder = folder(&[("spec.yaml", &spec), ("a.json", &payload)]);
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::pattern_that_would_backtrack", &output);
}

#[test]
fn repetitions_of_a_pattern() {
    let spec = document(&["A: {type: string, pattern: '((a{1,1000}){1,1000}){1,1000}'}"]);
    let folder = folder(&[("spec.yaml", &spec), ("a.json", "1")]);
    let output = validate(folder.path(), &["a.json"]);
    holds("sizes::repetitions_of_a_pattern", &output);
}
