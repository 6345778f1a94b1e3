//! Each limit: its default is what the page says, and what is set in `[limits]` holds.

use specsmith::limits::{ALL, Limits};

use crate::support::{document, folder, out, run};

const PAGE: &str = include_str!("../../../../docs/reliability.md");

#[test]
fn the_page_lists_every_limit_with_its_default() {
    let table = PAGE.split("## Limits").nth(1).expect("a section");
    let table = table.split("\n## ").next().expect("an end");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let listed: Vec<(String, String)> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            (cells[0].replace('`', ""), cells[1].replace(',', ""))
        })
        .collect();
    let expected: Vec<_> = ALL
        .iter()
        .map(|it| (it.name.to_owned(), Limits::default().value(it).to_string()))
        .collect();
    assert_eq!(listed, expected);
}

/// By a limit that is set, `file` of that text has a finding of that code; by its default, none.
#[track_caller]
fn check(limit: &str, spec: &str, file: &str, text: &str, code: &str, exit: i32) {
    let folder = folder(&[
        ("spec.yaml", spec),
        (file, text),
        ("other.yaml", "B: {type: object}"),
    ]);
    let arguments = ["validate", "--spec", "spec.yaml", "--schema", "A", file];
    let by_default = run(folder.path(), &arguments);
    assert_eq!(by_default.status.code(), Some(0), "{}", out(&by_default));
    crate::support::write(
        folder.path(),
        "specsmith.toml",
        format!("[limits]\n{limit}\n").as_bytes(),
    );
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(exit), "{}", out(&output));
    assert!(out(&output).contains(code), "{limit}: {}", out(&output));
}

fn open() -> String {
    document(&["A: {type: object}"])
}

#[test]
fn record() {
    let text = "{\"a\": 1}\n{\"a\": \"123456789\"}\n{}\n";
    check("record = 12", &open(), "a.ndjson", text, "limit/record", 1);
    check(
        "record = 5",
        &open(),
        "a.json",
        "{\"a\": 1}",
        "limit/record",
        1,
    );
}

#[test]
fn document_read_whole() {
    check(
        "document = 5",
        &open(),
        "a.yaml",
        "a: 12345678",
        "limit/record",
        1,
    );
}

#[test]
fn depth() {
    check(
        "depth = 2",
        &open(),
        "a.json",
        "{\"a\": [[1]]}",
        "limit/depth",
        1,
    );
    check("depth = 2", &open(), "a.yaml", "a: [[1]]", "limit/depth", 1);
}

#[test]
fn findings() {
    let spec = document(&["A: {type: object, properties: {a: {type: string}}}"]);
    let folder = folder(&[
        ("spec.yaml", spec.as_str()),
        ("a.ndjson", &"{\"a\": 1}\n".repeat(20)),
        ("specsmith.toml", "[limits]\nfindings = 7\n"),
    ]);
    let outputs = ["json=r.json", "ndjson=r.ndjson", "concise=r.txt"];
    // The limit holds for files, the option for what is printed, whichever is more.
    for (most, printed) in [("3", 3), ("12", 12), ("0", 20)] {
        let arguments = ["validate", "--spec", "spec.yaml", "--schema", "A"];
        let outputs = outputs.iter().flat_map(|it| ["--output", it]);
        let more = ["--max-findings", most, "a.ndjson"];
        let arguments: Vec<_> = arguments.into_iter().chain(outputs).chain(more).collect();
        let output = run(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(out(&output).matches("error[schema/type]").count(), printed);
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name));
        let report = read("r.json").expect("a report");
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        assert_eq!(report["findings"].as_array().map(Vec::len), Some(7));
        assert_eq!(report["summary"]["findings"], 20, "all are counted");
        assert_eq!(report["summary"]["hiddenByLimit"], 13);
        for name in ["r.ndjson", "r.txt"] {
            assert_eq!(read(name).expect("a report").lines().count(), 7, "{name}");
        }
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("20 errors"), "all are counted: {error}");
        assert!(
            error.contains("13 findings are not in the files"),
            "{error}"
        );
    }
}

#[test]
fn line_text() {
    let spec = document(&["A: {type: object, properties: {long: {type: string}}}"]);
    let folder = folder(&[
        ("spec.yaml", spec.as_str()),
        ("a.json", &format!("{{{} \"long\": 1}}", " ".repeat(300))),
    ]);
    let arguments = ["validate", "--spec", "spec.yaml", "--schema", "A", "a.json"];
    let shown = |output: &std::process::Output| {
        let text = out(output);
        let line = text.lines().find(|it| it.contains("\"long\""));
        let line = line.expect("the line is shown").to_owned();
        line.split_once("| ")
            .map_or(0, |(_, text)| text.chars().count())
    };
    // Cut at its beginning, which a sign tells.
    assert_eq!(shown(&run(folder.path(), &arguments)), 101);
    let config = "[limits]\nline-text = 40\n";
    crate::support::write(folder.path(), "specsmith.toml", config.as_bytes());
    assert_eq!(shown(&run(folder.path(), &arguments)), 41);
}

#[test]
fn pattern_steps() {
    let spec = document(&["A: {type: string, pattern: '^(a|b)+\\1$'}"]);
    let text = format!("\"{}\"", "ab".repeat(200) + "b");
    check(
        "pattern-steps = 10",
        &spec,
        "a.json",
        &text,
        "limit/pattern-steps",
        1,
    );
}

#[test]
fn aliases() {
    let text = "a: &a [1, 2, 3]\nb: [*a, *a]\n";
    check("aliases = 5", &open(), "a.yaml", text, "limit/aliases", 1);
}

#[test]
fn specification() {
    check(
        "specification = 20",
        &open(),
        "a.json",
        "{}",
        "limit/bytes",
        2,
    );
}

#[test]
fn documents() {
    let spec = document(&["A: {$ref: 'other.yaml#/B'}"]);
    check("documents = 1", &spec, "a.json", "{}", "limit/documents", 2);
}

#[test]
fn schemas() {
    let spec = document(&[
        "A: {type: object}",
        "B: {type: object}",
        "C: {type: object}",
    ]);
    check("schemas = 2", &spec, "a.json", "{}", "limit/schemas", 2);
}

/// A line is shown in 100 columns, and a message in 400 characters, whatever they hold.
#[test]
fn text_of_a_line() {
    let long = "x".repeat(10_000);
    let spec = document(&[&format!(
        "A: {{type: object, properties: {{{long}: {{type: string}}}}}}"
    )]);
    let payload = format!("{{\"{long}\": 1}}");
    let folder = folder(&[("spec.yaml", &spec), ("a.json", &payload)]);
    let arguments = ["validate", "--spec", "spec.yaml", "--schema", "A", "a.json"];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    for line in out(&output).lines() {
        let width = line.chars().count();
        let most = if line.starts_with("1 | ") { 106 } else { 500 };
        assert!(width <= most, "{width} columns: {line}");
    }
}
