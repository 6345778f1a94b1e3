//! What is named and is no file to read.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

use crate::support::{command, document, folder, holds, out, validate, validate_fed};

fn spec() -> String {
    document(&["A: {type: object, properties: {id: {type: string}}}"])
}

#[test]
fn folder_without_payloads() {
    let folder = folder(&[("spec.yaml", &spec()), ("none/x.txt", "")]);
    let output = validate(folder.path(), &["none"]);
    holds("files::folder_without_payloads", &output);
}

#[test]
fn folder_as_a_specification() {
    let folder = folder(&[("spec.yaml/a.json", "{}")]);
    let output = validate(folder.path(), &["spec.yaml/a.json"]);
    holds("files::folder_as_a_specification", &output);
}

#[test]
fn device_without_end_as_a_specification() {
    let folder = folder(&[
        ("a.json", "{}"),
        ("specsmith.toml", "[limits]\nspecification = 1000000\n"),
    ]);
    let arguments = ["validate", "--spec", "/dev/zero", "--schema", "A", "a.json"];
    let output = command(folder.path(), &arguments)
        .output()
        .expect("specsmith runs");
    holds("files::device_without_end_as_a_specification", &output);
}

#[cfg(target_os = "linux")]
#[test]
fn device_without_end_as_a_baseline() {
    let folder = folder(&[("spec.yaml", &spec()), ("a.json", "{}")]);
    for option in ["--baseline", "--config"] {
        let output = validate(folder.path(), &[option, "/dev/zero", "a.json"]);
        holds("files::device_without_end_as_a_baseline", &output);
    }
}

fn pipe(folder: &std::path::Path, name: &str) {
    let made = Command::new("mkfifo").arg(folder.join(name)).status();
    assert!(made.expect("mkfifo").success());
}

#[test]
fn pipe_in_a_folder() {
    let folder = folder(&[("spec.yaml", &spec()), ("in/a.json", "{}")]);
    pipe(folder.path(), "in/pipe.json");
    let output = validate(folder.path(), &["in"]);
    holds("files::pipe_in_a_folder", &output);
}

#[test]
fn pipe_by_its_name() {
    let folder = folder(&[("spec.yaml", &spec())]);
    pipe(folder.path(), "pipe.ndjson");
    let path = folder.path().join("pipe.ndjson");
    let writer = std::thread::spawn(move || std::fs::write(path, "{\"id\": 1}\n{\"id\": \"a\"}\n"));
    let output = validate(folder.path(), &["pipe.ndjson"]);
    holds("files::pipe_by_its_name", &output);
    writer.join().expect("a thread").expect("written");
}

/// Root reads every file, but nobody reads this one.
#[cfg(target_os = "linux")]
#[test]
fn unreadable() {
    let folder = folder(&[("spec.yaml", &spec()), ("a.json", "{\"id\": 1}")]);
    let output = validate(folder.path(), &["/proc/self/mem", "a.json"]);
    holds("files::unreadable", &output);
}

#[test]
fn vanishing() {
    let folder = folder(&[
        ("spec.yaml", &spec()),
        ("b.json", "{\"id\": 1}"),
        ("a.json", "{}"),
    ]);
    let path = folder.path().join("a.json");
    // While standard input is being read, a file that was found is removed.
    let output = validate_fed(
        folder.path(),
        &["--jobs", "1", "-", "a.json", "b.json"],
        |stdin| {
            stdin.write_all(b"{\"id\":")?;
            stdin.flush()?;
            std::thread::sleep(std::time::Duration::from_millis(700));
            std::fs::remove_file(&path)?;
            stdin.write_all(b"\"a\"}")
        },
    );
    holds("files::vanishing", &output);
}

#[test]
fn path_that_is_no_text() {
    let folder = folder(&[("spec.yaml", &spec())]);
    let name = OsStr::from_bytes(b"in/bad\xff\x1b[31m.json");
    std::fs::create_dir(folder.path().join("in")).expect("made");
    std::fs::write(folder.path().join(name), "{\"id\": 1}").expect("written");
    let output = validate(folder.path(), &["in"]);
    holds("files::path_that_is_no_text", &output);
    assert!(
        out(&output).contains("in/bad\u{fffd}\u{fffd}[31m.json:1:8"),
        "{}",
        out(&output)
    );
}

#[test]
fn path_that_is_no_text_by_its_name() {
    let folder = folder(&[("spec.yaml", &spec())]);
    let name = OsStr::from_bytes(b"bad\xff.json");
    std::fs::write(folder.path().join(name), "{\"id\": 1}").expect("written");
    let mut command = command(folder.path(), &["validate", "--spec", "spec.yaml"]);
    let output = command.arg(name).output().expect("specsmith runs");
    holds("files::path_that_is_no_text_by_its_name", &output);
}
