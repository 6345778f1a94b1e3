//! SARIF as services take it in: valid, with paths from the root of the repository, and with
//! fingerprints that do not move.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn log(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .args(["validate", "--format", "sarif", "--max-findings", "0"])
        .args(arguments)
        .output()
        .expect("specsmith runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().expect("results")
}

#[test]
fn the_report_is_valid_against_the_published_schema() {
    let schema = include_str!("../../specsmith-diagnostics/tests/data/sarif-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    // Two published patterns have an unbalanced bracket, which not every engine takes; nothing here
    // has a language.
    for holder in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][holder]["properties"]["language"];
        if let Some(language) = language.as_object_mut() {
            language.remove("pattern");
        }
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for paths in [
        &["examples/mistakes", "examples/payloads"][..],
        &["examples/payloads/valid"],
    ] {
        let log = log(&root, paths);
        let errors: Vec<_> = validator
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

#[test]
fn paths_count_from_the_root_of_the_repository() {
    let root = tempfile::tempdir().expect("a folder");
    // As the system calls it, which is what a command finds itself in.
    let root = root.path().canonicalize().expect("a path");
    for folder in [".git", "a b/c"] {
        std::fs::create_dir_all(root.join(folder)).expect("made");
    }
    let payload = root.join("a b/payload.json");
    std::fs::write(&payload, "{\"externalAgentId\": 7}").expect("written");
    let absolute = payload.to_string_lossy().into_owned();
    for (folder, path) in [
        ("", "a b/payload.json"),
        ("", &absolute),
        ("a b", "./payload.json"),
        ("a b/c", "../payload.json"),
        ("a b/c", &absolute),
        (
            "a b/c",
            &format!("{}/../a b", root.join("a b").to_string_lossy()),
        ),
    ] {
        let log = log(&root.join(folder), &[path]);
        let [result] = results(&log) else {
            panic!("{folder}: {path}: {log}");
        };
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(place["uri"], "a%20b/payload.json", "{folder}: {path}");
        assert_eq!(place["uriBaseId"], "%SRCROOT%", "{folder}: {path}");
    }
}

#[test]
fn fingerprints_stay_when_lines_and_records_move() {
    let folder = tempfile::tempdir().expect("a folder");
    let prints = |file: &str, text: &str| {
        std::fs::write(folder.path().join(file), text).expect("written");
        let log = log(folder.path(), &[file]);
        let prints = results(&log).iter().map(|it| {
            let print = &it["partialFingerprints"]["specsmith/v1"];
            print.as_str().expect("a fingerprint").to_owned()
        });
        prints.collect::<Vec<_>>()
    };
    let item = "{\"externalAgentId\": \"a\", \"lobId\": 7, \"vendr\": \"x\"}";
    let before = prints("x.json", &format!("{{\"items\": [{item}]}}"));
    let good = "{\"externalAgentId\": \"b\"}";
    let moved = format!("\n\n{{\n  \"items\": [\n    {good},\n\n    {item}\n  ]\n}}\n");
    assert_eq!(before.len(), 2);
    assert_eq!(before, prints("x.json", &moved));
    let before = prints("x.ndjson", &format!("{item}\n"));
    assert_eq!(before, prints("x.ndjson", &format!("{good}\n\n{item}\n")));
}
