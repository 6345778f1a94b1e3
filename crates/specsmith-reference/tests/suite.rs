//! JSON-Schema-Test-Suite: all that 2020-12 requires through a document of OpenAPI 3.1, and draft 4
//! through one of 3.0. `ledger.txt` tells what fails and why; it has to be exactly that.

// Figures and skips are said aloud.
#![allow(clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use specsmith_ir::Direction;
use specsmith_reference::{Reference, Target};
use specsmith_source::{Embedded, Limits, load};

/// Where the public suites are, or `None` where they are not to be had.
fn corpus() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("SPECSMITH_CORPUS").map_or(default, PathBuf::from);
    let folder = folder.join("JSON-Schema-Test-Suite");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no suites");
    eprintln!("skipped: there is no {}", folder.display());
    None
}

#[test]
fn what_2020_12_requires() {
    check("draft2020-12", |schema, corpus| {
        let mut root = schema.clone();
        if let Some(root) = root.as_object_mut() {
            // So that `#` means the schema and not the document around it.
            let id = root
                .entry("$id")
                .or_insert("http://localhost:1234/root.json".into());
            if let Some(text) = id.as_str().filter(|it| it.starts_with('#')) {
                *id = format!("http://localhost:1234/root.json{text}").into();
            }
        }
        let mut schemas = serde_json::Map::from_iter([("Root".to_owned(), root)]);
        if schema.to_string().contains("localhost:1234") {
            schemas.extend(remotes(corpus));
        }
        document("3.1.0", schemas)
    });
}

#[test]
fn what_3_0_keeps_of_draft_4() {
    check("draft4", |schema, _| {
        let mut root = schema.clone();
        move_references(&mut root);
        document(
            "3.0.3",
            serde_json::Map::from_iter([("Root".to_owned(), root)]),
        )
    });
}

fn document(version: &str, schemas: serde_json::Map<String, Value>) -> Value {
    json!({
        "openapi": version,
        "info": { "title": "Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    })
}

/// The schemas that the suite serves from another machine, each as a component with that address.
fn remotes(corpus: &Path) -> Vec<(String, Value)> {
    let folder = corpus.join("remotes");
    let mut found = Vec::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&folder).expect("it is inside");
            let name = name.to_string_lossy().replace('\\', "/");
            let other_draft = name.starts_with("draft") && !name.starts_with("draft2020-12/");
            if other_draft || name.starts_with("v1/") || !name.ends_with(".json") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a file");
            let mut schema: Value = serde_json::from_str(&text).expect("JSON");
            let address = Value::from(format!("http://localhost:1234/{name}"));
            let component = name.replace(['/', '.'], "-");
            if let Some(schema) = schema.as_object_mut() {
                let id = schema.entry("$id").or_insert(address.clone()).clone();
                if id != address {
                    let alias = json!({ "$id": address, "$ref": id });
                    found.push((format!("{component}-alias"), alias));
                }
            }
            found.push((component, schema));
        }
    }
    found.sort_by(|one, two| one.0.cmp(&two.0));
    found
}

/// Lets references to the root lead to where the root is put.
fn move_references(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value.as_str()) {
                    ("$ref", Some(reference)) if reference.starts_with('#') => {
                        *value = format!("#/components/schemas/Root{}", &reference[1..]).into();
                    }
                    ("enum", _) => {}
                    _ => move_references(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(move_references),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check(suite: &str, wrap: impl Fn(&Value, &Path) -> Value) {
    let Some(corpus) = corpus() else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus.join("tests").join(suite))
        .expect("the suite")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    let mut total = 0;
    let mut failed = BTreeMap::new();
    for path in files {
        let file = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a file");
        let groups: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        // Once more by the reader that keeps the text of numbers.
        let exact = specsmith_json::read(text.as_bytes(), &specsmith_json::Limits::default());
        let exact = exact.root.expect("JSON");
        for (index, group) in groups.iter().enumerate() {
            let wrapped = wrap(&group["schema"], &corpus).to_string();
            let tests = group["tests"].as_array().expect("tests");
            let data = |test| exact.pointer(&format!("/{index}/tests/{test}/data"));
            let data: Vec<&str> = (0..tests.len())
                .map(|test| {
                    data(test)
                        .and_then(|it| it.span.of_text(&text))
                        .expect("data")
                })
                .collect();
            for (test, why) in tests.iter().zip(judge(&wrapped, tests, &data)) {
                total += 1;
                if let Some(why) = why {
                    let name = |it: &Value| it["description"].as_str().expect("text").to_owned();
                    let key = format!("{suite} | {file} | {} | {}", name(group), name(test));
                    failed.insert(key, why);
                }
            }
        }
    }
    let known = ledger(suite);
    let passed = total - failed.len();
    eprintln!(
        "{suite}: {passed} of {total} pass, {} in the ledger",
        known.len()
    );
    let mut report = String::new();
    for (key, why) in &failed {
        if !known.contains(key) {
            let _ = writeln!(report, "fails and is not in the ledger: {key} | {why}");
        }
    }
    for key in known.iter().filter(|key| !failed.contains_key(*key)) {
        let _ = writeln!(report, "is in the ledger and passes: {key}");
    }
    assert!(report.is_empty(), "\n{report}");
}

/// For each test, why it fails, if it does.
fn judge(document: &str, tests: &[Value], data: &[&str]) -> Vec<Option<String>> {
    let files = [("suite.json", document)];
    let (specification, _) = load(
        &["suite.json".into()],
        &Embedded(&files),
        &Limits::default(),
    );
    let Some(specification) = specification else {
        return vec![Some("the document cannot be read".to_owned()); tests.len()];
    };
    let target = Target::Schema {
        name: "Root".to_owned(),
    };
    match Reference::new(&specification, &target, Direction::Request) {
        Ok(reference) => tests
            .iter()
            .zip(data)
            .map(|(test, instance)| {
                let wanted = test["valid"].as_bool().expect("a verdict");
                let valid = reference.verdict(instance.as_bytes());
                let mistakes = reference.judge(instance.as_bytes());
                if valid != mistakes.is_empty() {
                    return Some(format!("verdict and mistakes differ: {mistakes:?}"));
                }
                let unplaced = mistakes.iter().find(|it| it.spec.is_none());
                if let Some(mistake) = unplaced.filter(|_| !document.contains("json-schema.org")) {
                    return Some(format!("a mistake without its keyword: {mistake:?}"));
                }
                (valid != wanted).then(|| format!("it is said to be valid: {valid}"))
            })
            .collect(),
        Err(findings) => vec![Some(findings[0].message.clone()); tests.len()],
    }
}

/// The lines of the ledger for a suite, without their reasons.
fn ledger(suite: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledger.txt");
    let text = std::fs::read_to_string(path).expect("the ledger");
    let lines = text.lines().filter(|line| line.starts_with(suite));
    lines
        .map(|line| {
            let (key, reason) = line.rsplit_once(" | ").expect("a reason");
            assert!(!reason.trim().is_empty(), "{line}");
            key.to_owned()
        })
        .collect()
}
