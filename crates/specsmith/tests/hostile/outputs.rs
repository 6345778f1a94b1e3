//! Where a report or a tree goes, and what comes in between.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{command, document, folder, holds, out, run, validate};

fn spec() -> String {
    document(&["A: {type: object, properties: {id: {type: string}}}"])
}

#[test]
fn names_with_control_characters() {
    let name = "a\u{202e}\u{1b}[31m\u{7}.json";
    let key = "i\u{200b}d\u{1b}";
    let payload = format!("{{\"id\": 1, \"{key}\": 2}}").replace('\u{1b}', "\\u001b");
    let folder = folder(&[("spec.yaml", &spec()), (name, &payload)]);
    for format in [
        "text", "concise", "github", "json", "ndjson", "sarif", "junit", "gitlab",
    ] {
        let output = validate(folder.path(), &["--format", format, name]);
        holds("outputs::names_with_control_characters", &output);
        let shown = format!(
            "{}{}",
            out(&output),
            String::from_utf8_lossy(&output.stderr)
        );
        let moves = |it: &char| it.is_control() && *it != '\n';
        assert_eq!(shown.chars().find(moves), None, "{format}");
        if matches!(format, "text" | "concise" | "github") {
            assert!(
                !shown.contains(['\u{202e}', '\u{200b}']),
                "{format}: {shown}"
            );
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_for_the_report() {
    let folder = folder(&[("spec.yaml", &spec()), ("a.json", "{\"id\": 1}")]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let arguments = ["validate", "--spec", "spec.yaml", "--schema", "A", "a.json"];
    let mut command = command(folder.path(), &arguments);
    let output = command.stdout(full.expect("a device")).output();
    holds(
        "outputs::full_disk_for_the_report",
        &output.expect("specsmith runs"),
    );
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_for_a_file() {
    let folder = folder(&[("spec.yaml", &spec()), ("a.json", "{\"id\": 1}")]);
    let output = validate(folder.path(), &["--output", "json=/dev/full", "a.json"]);
    holds("outputs::full_disk_for_a_file", &output);
}

/// Runs the command by a shell that allows files of half a kilobyte only.
fn with_no_room(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("sh")
        .current_dir(folder)
        .args(["-c", "ulimit -f 1; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_specsmith"))
        .args(arguments)
        .output()
        .expect("a shell runs")
}

#[test]
fn no_room_for_a_file() {
    let lines = "{\"id\": 1}\n".repeat(50);
    let folder = folder(&[
        ("spec.yaml", &spec()),
        ("a.ndjson", &lines),
        ("report.json", "old"),
    ]);
    let arguments = [
        "validate",
        "--spec",
        "spec.yaml",
        "--schema",
        "A",
        "--output",
        "json=report.json",
        "a.ndjson",
    ];
    let output = with_no_room(folder.path(), &arguments);
    holds("outputs::no_room_for_a_file", &output);
    let report = std::fs::read_to_string(folder.path().join("report.json"));
    assert_eq!(report.expect("a text"), "old");
}

#[test]
fn reader_that_goes_away() {
    let lines = "{\"id\": 1}\n".repeat(5_000);
    let folder = folder(&[("spec.yaml", &spec()), ("a.ndjson", &lines)]);
    let arguments = [
        "validate",
        "--spec",
        "spec.yaml",
        "--schema",
        "A",
        "--max-findings",
        "0",
        "a.ndjson",
    ];
    let mut child = command(folder.path(), &arguments)
        .spawn()
        .expect("specsmith runs");
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("standard output"));
    reader.read_line(&mut first).expect("a line");
    drop(reader);
    let output = child.wait_with_output().expect("specsmith ends");
    holds("outputs::reader_that_goes_away", &output);
    assert!(first.starts_with("error[schema/type]"), "{first}");
}

#[test]
fn interruption() {
    let folder = folder(&[("spec.yaml", &spec())]);
    let arguments = [
        "validate",
        "--spec",
        "spec.yaml",
        "--schema",
        "A",
        "--output",
        "json=report.json",
        "-",
    ];
    let mut child = interruptible(&command(folder.path(), &arguments))
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("specsmith runs");
    let mut stdin = child.stdin.take().expect("standard input");
    stdin.write_all(b"{\"id\": 1}\n").expect("written");
    let killed = Command::new("sh")
        .args(["-c", &format!("kill -INT {}", child.id())])
        .status();
    assert!(killed.expect("a shell").success());
    let output = child.wait_with_output().expect("specsmith ends");
    drop(stdin);
    assert_eq!(output.status.signal(), Some(2));
    holds("outputs::interruption", &output);
    let left = std::fs::read_dir(folder.path()).expect("a folder");
    let left: Vec<_> = left.flatten().map(|it| it.file_name()).collect();
    assert_eq!(left, ["spec.yaml"], "no report, and no part of one");
}

/// The same command with the default for interruptions: a shell lets what it runs in the background
/// ignore them, and that is inherited.
fn interruptible(command: &Command) -> Command {
    let default = "--default-signal=INT";
    let env = |arguments: &[&str]| Command::new("env").args(arguments).output();
    let mut plain = Command::new("env");
    if env(&[default, "true"]).is_ok_and(|it| it.status.success()) {
        plain.arg(default);
    }
    plain.arg(command.get_program()).args(command.get_args());
    plain
}

#[test]
fn two_reports_at_once() {
    let lines = "{\"id\": 1}\n".repeat(300);
    let folder = folder(&[("spec.yaml", &spec()), ("a.ndjson", &lines)]);
    let arguments = [
        "validate",
        "--spec",
        "spec.yaml",
        "--schema",
        "A",
        "--output",
        "json=report.json",
        "a.ndjson",
    ];
    for _ in 0..5 {
        let both = [(); 2].map(|()| command(folder.path(), &arguments).spawn().expect("runs"));
        for child in both {
            holds(
                "outputs::two_reports_at_once",
                &child.wait_with_output().expect("ends"),
            );
        }
        let report = std::fs::read(folder.path().join("report.json")).expect("a report");
        let report: serde_json::Value = serde_json::from_slice(&report).expect("is whole");
        assert_eq!(report["findings"].as_array().map(Vec::len), Some(300));
    }
}

/// A specification of many types, so that there is time to come in between.
fn large(word: &str) -> String {
    let schemas: Vec<_> = (0..150)
        .map(|at| format!("Type{at}: {{type: object, description: {word}, properties: {{a: {{type: string}}}}}}"))
        .collect();
    document(&schemas.iter().map(String::as_str).collect::<Vec<_>>())
}

const GENERATE: [&str; 4] = ["generate", "spec.yaml", "--out", "out"];

/// Every file below `out`, apart from what is on its way.
fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.join("out")];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_name() == ".specsmith-staging" {
                continue;
            }
            match path.is_dir() {
                true => open.push(path),
                false => found.push((
                    path.strip_prefix(folder)
                        .expect("inside")
                        .display()
                        .to_string(),
                    std::fs::read_to_string(&path).expect("a text"),
                )),
            }
        }
    }
    found.sort();
    found
}

#[test]
fn two_generations_at_once() {
    let folder = folder(&[("spec.yaml", &large("old"))]);
    for word in ["one", "two", "three"] {
        crate::support::write(folder.path(), "spec.yaml", large(word).as_bytes());
        let all = [(); 3].map(|()| command(folder.path(), &GENERATE).spawn().expect("runs"));
        for child in all {
            holds(
                "outputs::two_generations_at_once",
                &child.wait_with_output().expect("ends"),
            );
        }
        let check = run(folder.path(), &[&GENERATE[..], &["--check"]].concat());
        assert_eq!(check.status.code(), Some(0), "{}", out(&check));
        assert!(!folder.path().join("out/.specsmith-staging").exists());
    }
}

#[test]
fn generation_cut_off() {
    let folder = folder(&[("spec.yaml", &large("old"))]);
    assert_eq!(run(folder.path(), &GENERATE).status.code(), Some(0));
    for (round, wait) in [0, 20, 60, 120, 200, 300, 450].into_iter().enumerate() {
        let old = tree(folder.path());
        crate::support::write(
            folder.path(),
            "spec.yaml",
            large(&format!("new{round}")).as_bytes(),
        );
        let mut child = command(folder.path(), &GENERATE)
            .spawn()
            .expect("specsmith runs");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        // It may have ended before.
        let _ = child.kill();
        child.wait().expect("specsmith ends");
        let staged = folder.path().join("out/.specsmith-staging/commit").exists();
        let left = tree(folder.path());
        let output = run(folder.path(), &GENERATE);
        holds("outputs::generation_cut_off", &output);
        let new = tree(folder.path());
        // Between the moves, and only there, the next run has something to finish.
        assert!(left == old || left == new || staged, "after {wait} ms");
        assert!(!folder.path().join("out/.specsmith-staging").exists());
        assert!(new != old);
    }
}

#[test]
fn no_room_for_a_tree() {
    let folder = folder(&[("spec.yaml", &large("old"))]);
    assert_eq!(run(folder.path(), &GENERATE).status.code(), Some(0));
    let old = tree(folder.path());
    crate::support::write(folder.path(), "spec.yaml", large("new").as_bytes());
    let output = with_no_room(folder.path(), &GENERATE);
    holds("outputs::no_room_for_a_tree", &output);
    assert!(tree(folder.path()) == old, "the old tree stands");
    assert_eq!(run(folder.path(), &GENERATE).status.code(), Some(0));
    assert!(tree(folder.path()) != old);
}
