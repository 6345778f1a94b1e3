//! The door of these tests: a folder, the command in it, and the row of the table that must hold.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PAGE: &str = include_str!("../../../../docs/reliability.md");

/// One row of the table of hostile input.
#[derive(Debug)]
pub(crate) struct Row {
    /// The codes that are found; `–` in the table is none.
    pub(crate) codes: Vec<&'static str>,
    /// The exit code; none where a signal ends the run.
    pub(crate) exit: Option<i32>,
    /// The test of this row.
    pub(crate) test: &'static str,
}

/// All rows.
pub(crate) fn rows() -> Vec<Row> {
    let table = PAGE.split("## Hostile input").nth(1).expect("a section");
    let table = table.split("\n## ").next().expect("an end");
    let rows = table.lines().filter(|line| line.ends_with("` |"));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [.., codes, exit, test] = cells.as_slice() else {
            panic!("a row has other columns: {line}");
        };
        Row {
            codes: codes.split('`').skip(1).step_by(2).collect(),
            exit: exit.parse().ok(),
            test: test.trim_matches(['`', '|', ' ']),
        }
    })
    .collect()
}

/// What came of a run is what the row of that test says.
#[track_caller]
pub(crate) fn holds(test: &str, output: &Output) {
    let row = rows().into_iter().find(|it| it.test == test);
    let row = row.unwrap_or_else(|| panic!("docs/reliability.md has no row for `{test}`"));
    let text = format!("{}{}", out(output), err(output));
    assert_eq!(output.status.code(), row.exit, "{test}: {text:.2000}");
    for code in row.codes {
        assert!(text.contains(code), "{test}, {code}: {text:.2000}");
    }
    assert!(!text.contains("panicked"), "{test}: {text:.2000}");
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

pub(crate) fn write(folder: &Path, name: &str, text: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    std::fs::write(path, text).expect("written");
}

/// A document of 3.1 with those schemas, in YAML of one line each.
pub(crate) fn document(schemas: &[&str]) -> String {
    let lines: String = schemas.iter().map(|it| format!("    {it}\n")).collect();
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{lines}"
    )
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specsmith"));
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("specsmith runs")
}

/// `specsmith validate` by the schema `A` of `spec.yaml`.
pub(crate) fn validate(folder: &Path, arguments: &[&str]) -> Output {
    let first = ["validate", "--spec", "spec.yaml", "--schema", "A"];
    run(folder, &[&first, arguments].concat())
}

/// The same with a standard input that is written to as `feed` likes.
pub(crate) fn validate_fed(
    folder: &Path,
    arguments: &[&str],
    feed: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> Output {
    let first = ["validate", "--spec", "spec.yaml", "--schema", "A"];
    let mut child: Child = command(folder, &[&first, arguments].concat())
        .stdin(Stdio::piped())
        .spawn()
        .expect("specsmith runs");
    let mut stdin = child.stdin.take().expect("standard input");
    // A run that reads no further closes its end.
    let _ = feed(&mut stdin);
    drop(stdin);
    child.wait_with_output().expect("specsmith ends")
}
