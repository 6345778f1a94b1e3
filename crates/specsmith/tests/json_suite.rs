//! JSONTestSuite through the binary: what is JSON passes, what is not is exit 1 with a place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const SPEC: &str = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},
    "components":{"schemas":{"Known":{"properties":{"known":{}}}}}}"#;

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn suite() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SPECSMITH_CORPUS").map_or(default, PathBuf::from);
    let suite = corpus.join("JSONTestSuite/test_parsing");
    if suite.is_dir() {
        return Some(suite);
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "there is no suite at {}",
        suite.display()
    );
    println!("skipped: there is no suite at {}", suite.display());
    None
}

/// What the binary says of one payload: the exit code, and code and line of each finding.
fn validate(folder: &Path, payload: &str) -> (i32, Vec<(String, u64)>) {
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .current_dir(folder)
        .args(["validate", "--spec", "spec.json", "--schema", "Known"])
        .args(["--allow", "lint/unknown-property", "--format", "json"])
        .arg(payload)
        .output()
        .expect("specsmith runs");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("{payload}: no report: {said}")
    });
    let findings = report["findings"].as_array().expect("findings");
    let place = |it: &Value| {
        let code = it["code"].as_str().expect("a code").to_owned();
        let location = &it["location"];
        assert!(location["column"].as_u64() >= Some(1), "{payload}: {it}");
        (code, location["line"].as_u64().expect("a line"))
    };
    let code = output.status.code().expect("an exit code");
    (code, findings.iter().map(place).collect())
}

#[test]
fn texts_that_are_json_and_texts_that_are_not() {
    let Some(suite) = suite() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("spec.json"), SPEC).expect("written");
    let mut files: Vec<PathBuf> = fs::read_dir(suite)
        .expect("the suite")
        .map(|it| it.expect("a file").path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for path in &files {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read(path).expect("is read");
        let wanted = match name.get(..2) {
            Some("y_") if name.contains("duplicated_key") => Some(1),
            Some("y_") => Some(0),
            Some("n_") => Some(1),
            _ => None,
        };
        let unknown = [b"{\"unknown\":".as_slice(), &text, b"}"].concat();
        let known = [b"{\"known\":".as_slice(), &text, b"}"].concat();
        fs::write(at("alone.json"), &text).expect("written");
        fs::write(at("inside.json"), &known).expect("written");
        let mut ways = vec![("alone.json", 1), ("inside.json", 1)];
        if !text.contains(&b'\n') {
            let lines = [&known, b"\n{}\n".as_slice(), &unknown, b"\n"].concat();
            fs::write(at("lines.ndjson"), lines).expect("written");
            ways.push(("lines.ndjson", 2));
        }
        for (file, records) in ways {
            let (code, findings) = validate(folder.path(), file);
            let json = findings
                .iter()
                .filter(|it| it.0.starts_with("json/") || it.0.starts_with("limit/"));
            let json: Vec<_> = json.collect();
            let right = match wanted {
                // The schema speaks of objects only, so that nothing else can be wrong.
                Some(0) => code == 0 && findings.is_empty(),
                Some(_) => code == 1 && json.len() >= records,
                None => code == i32::from(json.iter().any(|it| it.0 != "json/byte-order-mark")),
            };
            if !right {
                wrong.push(format!("{name} in {file}: exit {code}, {findings:?}"));
            }
        }
    }
    assert!(files.len() > 300, "{}", files.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
