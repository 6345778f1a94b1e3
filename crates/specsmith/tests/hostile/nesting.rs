//! What is nested without end, and what grows by referring to itself.

use crate::support::{document, folder, holds, validate};

const LEVELS: usize = 100_000;

fn open(unit: &str) -> String {
    unit.repeat(LEVELS)
}

#[test]
fn payload() {
    let spec = document(&["A: {type: object}"]);
    let lists = format!("{{\"a\":{}{}}}", open("["), open("]"));
    let records = format!("{}1{}", open("{\"a\":"), open("}"));
    let files = [
        ("spec.yaml", spec.as_str()),
        ("lists.json", &lists),
        ("records.json", &records),
    ];
    let folder = folder(&files);
    for file in ["lists.json", "records.json"] {
        holds("nesting::payload", &validate(folder.path(), &[file]));
        holds(
            "nesting::payload",
            &validate(folder.path(), &["--engine", "reference", file]),
        );
    }
}

#[test]
fn payload_in_yaml_flow() {
    let spec = document(&["A: {type: object}"]);
    let flow = format!("a: {}{}\n", open("["), open("]"));
    let folder = folder(&[("spec.yaml", &spec), ("a.yaml", &flow)]);
    let output = validate(folder.path(), &["a.yaml"]);
    holds("nesting::payload_in_yaml_flow", &output);
}

#[test]
fn payload_in_yaml_blocks() {
    let spec = document(&["A: {type: object}"]);
    let lines: String = (1..2000)
        .map(|at| format!("{}-\n", " ".repeat(at)))
        .collect();
    let folder = folder(&[("spec.yaml", &spec), ("a.yaml", &format!("a:\n{lines}"))]);
    let output = validate(folder.path(), &["a.yaml"]);
    holds("nesting::payload_in_yaml_blocks", &output);
}

#[test]
fn specification() {
    let schema = format!("{}{{}}{}", open("{\"items\":"), open("}"));
    let json = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"A\":{schema}}}}}}}"
    );
    let folder = folder(&[("spec.yaml", &json), ("a.json", "{}")]);
    let output = validate(folder.path(), &["a.json"]);
    holds("nesting::specification", &output);
}

#[test]
fn specification_in_yaml_flow() {
    let schema = format!("A: {}{{}}{}", open("{items: "), open("}"));
    let brackets = format!("A: {{enum: {}{}}}", open("["), open("]"));
    for schema in [schema, brackets] {
        let folder = folder(&[("spec.yaml", &document(&[&schema])), ("a.json", "{}")]);
        let output = validate(folder.path(), &["a.json"]);
        holds("nesting::specification_in_yaml_flow", &output);
    }
}

/// Ten copies of ten copies of ten copies, twenty times.
fn bomb() -> String {
    let mut text = "x-0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let below = format!("*l{}", level - 1);
        text += &format!(
            "x-{level}: &l{level} [{}]\n",
            [below.as_str(); 10].join(", ")
        );
    }
    text
}

#[test]
fn alias_bomb_in_a_payload() {
    let spec = document(&["A: {type: object}"]);
    let folder = folder(&[("spec.yaml", &spec), ("a.yaml", &bomb())]);
    let output = validate(folder.path(), &["a.yaml"]);
    holds("nesting::alias_bomb_in_a_payload", &output);
}

#[test]
fn alias_bomb_in_a_specification() {
    let spec = format!("{}{}", document(&["A: {type: object}"]), bomb());
    let folder = folder(&[("spec.yaml", &spec), ("a.json", "{}")]);
    let output = validate(folder.path(), &["a.json"]);
    holds("nesting::alias_bomb_in_a_specification", &output);
}
