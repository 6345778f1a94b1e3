//! The examples, held against the tables that say what is found in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn specsmith(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(root())
        .args(arguments)
        .output()
        .expect("specsmith runs")
}

/// The rows of a table, each with its cells by column.
fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(root().join(path)).expect(path);
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned));
    let columns: Vec<String> = lines.next().expect("a head").collect();
    let rows: Vec<_> = lines
        .map(|cells| columns.iter().cloned().zip(cells).collect())
        .collect();
    assert!(!rows.is_empty(), "{path} has no rows");
    rows
}

fn findings(output: &Output) -> Vec<Value> {
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    report["findings"].as_array().expect("findings").clone()
}

/// The columns of a table that a finding has.
fn cells(finding: &Value, columns: &[&str]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let cell = |column: &&str| match *column {
        "line" | "column" => text(&finding["location"][*column]),
        "suggestion" => text(&finding["suggestion"]["replacement"]),
        other => text(&finding[other]),
    };
    columns.iter().map(cell).collect()
}

/// Whether files of one operation are checked by one run, or each by a run of its own.
#[derive(Clone, Copy, PartialEq)]
enum Runs {
    Together,
    Apart,
}

/// Checks the files of a table and compares what is found with each file's rows.
fn check(folder: &str, tsv: &str, columns: &[&str], more: &[&str], runs: Runs) {
    let mut by_file: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in table(tsv) {
        by_file.entry(row["file"].clone()).or_default().push(row);
    }
    // What is found, by the path of the file.
    let mut found: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (file, rows) in &by_file {
        let alone = if runs == Runs::Apart {
            file.clone()
        } else {
            String::new()
        };
        let group = groups
            .entry((rows[0]["operation"].clone(), alone))
            .or_default();
        group.push(format!("{folder}/{file}"));
    }
    for ((operation, _), paths) in &groups {
        let mut arguments = vec!["validate", "--format", "json", "--max-findings", "0"];
        if !operation.is_empty() {
            arguments.extend(["--operation", operation]);
        }
        arguments.extend(more);
        arguments.extend(paths.iter().map(String::as_str));
        for finding in findings(&specsmith(&arguments)) {
            let file = finding["location"]["file"]
                .as_str()
                .expect("a file")
                .to_owned();
            found
                .entry(file)
                .or_default()
                .push(cells(&finding, columns));
        }
    }
    let mut wrong = Vec::new();
    for (file, rows) in &by_file {
        let found = found
            .remove(&format!("{folder}/{file}"))
            .unwrap_or_default();
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|row| columns.iter().map(|it| row[*it].clone()).collect())
            .collect();
        if found != expected {
            wrong.push(format!("{file}\n   found {found:?}\nexpected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(found.is_empty(), "found elsewhere: {found:?}");
    let named: std::collections::BTreeSet<_> = by_file.keys().cloned().collect();
    let there: std::collections::BTreeSet<_> = std::fs::read_dir(root().join(folder))
        .expect("the folder")
        .map(|it| {
            it.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|it| !it.ends_with(".md") && !it.ends_with(".tsv"))
        .collect();
    assert_eq!(named, there, "every file has its row");
}

const PLACES: &[&str] = &["code", "line", "column", "pointer"];

#[test]
fn each_mistake_of_people_is_reported_once_at_its_place() {
    let columns = ["code", "level", "line", "column", "pointer", "suggestion"];
    check(
        "examples/mistakes",
        "examples/mistakes/expected.tsv",
        &columns,
        &[],
        Runs::Apart,
    );
}

#[test]
fn each_broken_rule_is_reported_once_at_its_place() {
    for engine in ["plan", "reference"] {
        let more = ["--allow", "lint", "--engine", engine];
        let tsv = "examples/payloads/expected/mistakes.tsv";
        let folder = "examples/payloads/mistakes";
        check(folder, tsv, PLACES, &more, Runs::Together);
    }
}

#[test]
fn what_is_suggested_mends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut mended = 0;
    for row in table("examples/mistakes/expected.tsv") {
        if row["suggestion"].is_empty() {
            continue;
        }
        let path = format!("examples/mistakes/{}", row["file"]);
        let arguments = [
            "validate",
            "--format",
            "json",
            &path,
            "--operation",
            &row["operation"],
        ];
        let found = findings(&specsmith(&arguments));
        let suggestion = &found[0]["suggestion"];
        let byte = |name: &str| suggestion[name].as_u64().expect("a byte") as usize;
        let mut bytes = std::fs::read(root().join(&path)).expect("the file");
        let replacement = suggestion["replacement"].as_str().expect("a text");
        bytes.splice(byte("byteStart")..byte("byteEnd"), replacement.bytes());
        let copy = folder.path().join(&row["file"]);
        std::fs::write(&copy, bytes).expect("written");
        let copy = copy.to_string_lossy().into_owned();
        let arguments = [
            "validate",
            "--format",
            "json",
            &copy,
            "--operation",
            &row["operation"],
        ];
        let output = specsmith(&arguments);
        assert_eq!(findings(&output), Vec::<Value>::new(), "{}", row["file"]);
        assert_eq!(output.status.code(), Some(0));
        mended += 1;
    }
    assert!(mended >= 8, "{mended} files with a suggestion");
}

#[test]
fn valid_payloads_are_valid_and_their_operation_is_told() {
    for row in table("examples/payloads/expected/valid.tsv") {
        let path = format!("examples/payloads/valid/{}", row["file"]);
        let output = specsmith(&["validate", "--format", "json", &path]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
        assert_eq!(report["findings"], Value::Array(Vec::new()), "{path}");
        let operations = &report["summary"]["operations"];
        assert_eq!(
            operations[0]["operation"],
            row["operation"].as_str(),
            "{path}"
        );
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn the_engines_agree_with_the_table_of_verdicts() {
    let mut by_schema: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in table("examples/payloads/parity/expected.tsv") {
        let path = format!("examples/payloads/parity/{}", row["file"]);
        let of_schema = by_schema.entry(row["schema"].clone()).or_default();
        of_schema.push((path, row["verdict"].clone()));
    }
    for (schema, files) in &by_schema {
        for engine in ["plan", "reference"] {
            let mut arguments = vec!["validate", "--format", "json", "--max-findings", "0"];
            arguments.extend(["--allow", "lint", "--engine", engine, "--schema", schema]);
            arguments.extend(files.iter().map(|(path, _)| path.as_str()));
            let output = specsmith(&arguments);
            let found = findings(&output);
            for (path, verdict) in files {
                let invalid = found
                    .iter()
                    .any(|it| it["location"]["file"] == path.as_str());
                assert_eq!(invalid, verdict == "invalid", "{path} by {engine}");
            }
            assert_eq!(output.status.code(), Some(i32::from(!found.is_empty())));
        }
    }
}

#[test]
fn a_misspelt_id_is_one_finding_at_the_key() {
    let path = "examples/payloads/mistakes/conversation-batch-misspelt-key.json";
    let output = specsmith(&["validate", path]);
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout), @r#"
    error[schema/required]: `externalConversationId` is required
     --> examples/payloads/mistakes/conversation-batch-misspelt-key.json:4:6 (record 1, /items/1)
      |
    4 |     {"externlConversationId": "…", "eventId": "…", "platform": "…"}
      |      ^^^^^^^^^^^^^^^^^^^^^^^
      = the object that lacks it: examples/payloads/mistakes/conversation-batch-misspelt-key.json:4:5
      = rule: specs/conversation.yaml:128:7 (/components/schemas/ConversationMetadata/required)
      = help: did you mean `externalConversationId` here?
    "#);
    assert_eq!(output.status.code(), Some(1));
    let output = specsmith(&["validate", "--allow", "lint", "--format", "concise", path]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        text.contains(":4:5: error[schema/required] `externalConversationId` is required"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1, "{text}");
}
