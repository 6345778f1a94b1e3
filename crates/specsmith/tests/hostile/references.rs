//! References that lead in circles, away, or to what never ends.

use crate::support::{document, folder, holds, run, validate};

/// The specification in a folder of its own, beside which there is something to reach.
#[track_caller]
fn refused(test: &str, reference: &str) {
    let spec = document(&[&format!("A: {{$ref: '{reference}'}}")]);
    let folder = folder(&[
        ("api/spec.yaml", &spec),
        ("secret.yaml", "B: {type: string}"),
        ("a.json", "{}"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.yaml", folder.path().join("api/link.yaml"))
        .expect("a link");
    let arguments = [
        "validate",
        "--spec",
        "api/spec.yaml",
        "--schema",
        "A",
        "a.json",
    ];
    holds(test, &run(folder.path(), &arguments));
    let generate = ["generate", "api/spec.yaml", "--out", "out"];
    let output = run(folder.path(), &generate);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("out").exists(), "nothing is written");
}

#[test]
fn circle() {
    let spec = document(&[
        "A: {$ref: '#/components/schemas/B'}",
        "B: {$ref: '#/components/schemas/A'}",
    ]);
    let folder = folder(&[("spec.yaml", &spec), ("a.json", "{}")]);
    let output = validate(folder.path(), &["a.json"]);
    holds("references::circle", &output);
}

#[test]
fn circle_of_documents() {
    let spec = document(&["A: {type: object, properties: {next: {$ref: 'other.yaml#/A'}}}"]);
    let other =
        "A: {type: object, properties: {next: {$ref: 'spec.yaml#/components/schemas/A'}}}\n";
    let payload = "{\"next\": {\"next\": {\"next\": {}}}}";
    let files = [
        ("spec.yaml", spec.as_str()),
        ("other.yaml", other),
        ("a.json", payload),
    ];
    let folder = folder(&files);
    let output = validate(folder.path(), &["a.json"]);
    holds("references::circle_of_documents", &output);
}

#[test]
fn to_an_absolute_path() {
    refused("references::to_an_absolute_path", "/etc/passwd");
    refused("references::to_an_absolute_path", "file:///etc/passwd");
}

#[test]
fn to_another_machine() {
    refused(
        "references::to_another_machine",
        "http://example.com/a.yaml",
    );
    refused("references::to_another_machine", "//example.com/a.yaml");
}

#[test]
fn out_of_the_folder() {
    refused("references::out_of_the_folder", "../secret.yaml#/B");
    refused("references::out_of_the_folder", "%2e%2e/secret.yaml#/B");
}

#[cfg(unix)]
#[test]
fn through_a_link() {
    refused("references::through_a_link", "link.yaml#/B");
}

#[cfg(unix)]
#[test]
fn to_a_pipe() {
    let spec = document(&["A: {$ref: 'pipe.yaml'}"]);
    let folder = folder(&[("spec.yaml", &spec), ("a.json", "{}")]);
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.yaml"))
        .status();
    assert!(made.expect("mkfifo").success());
    let output = validate(folder.path(), &["a.json"]);
    holds("references::to_a_pipe", &output);
}
