//! SARIF against the published schema.
//!
//! The schema is OASIS's and not part of this repository. `SPECSMITH_SARIF_SCHEMA` says where it
//! is; without it the test says that it skips.

use std::path::Path;
use std::process::Command;

#[test]
fn the_report_is_valid_against_the_schema() {
    let Some(path) = std::env::var_os("SPECSMITH_SARIF_SCHEMA") else {
        eprintln!("skipped: SPECSMITH_SARIF_SCHEMA does not say where the schema of SARIF is");
        return;
    };
    let schema = std::fs::read_to_string(path).expect("the schema");
    let mut schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
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
        let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
            .current_dir(&root)
            .args(["validate", "--format", "sarif", "--max-findings", "0"])
            .args(paths)
            .output()
            .expect("specsmith runs");
        let log: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let errors: Vec<_> = validator
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}
