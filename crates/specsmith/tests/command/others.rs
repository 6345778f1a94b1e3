//! The commands beside `validate`.

use std::path::Path;

use crate::support::{folder, run, run_with};

#[test]
fn crates_are_generated_and_checked() {
    let spec = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Order:\n      type: object\n      properties:\n        id: {type: string, maxLength: 5}\n";
    let folder = folder(&[("orders.yaml", spec)]);
    let arguments = ["generate", "orders.yaml", "--out", "models"];
    let check = ["generate", "orders.yaml", "--out", "models", "--check"];
    assert_eq!(run(folder.path(), &check).code, 1);
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        folder
            .path()
            .join("models/orders-model/Cargo.toml")
            .exists()
    );
    assert_eq!(run(folder.path(), &check).code, 0);
    std::fs::write(folder.path().join("orders.yaml"), spec.replace('5', "6")).expect("written");
    let ran = run(folder.path(), &check);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("+++"), "{}", ran.out);
}

#[test]
fn samples_are_what_they_are_said_to_be() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let sample = [
        "sample",
        "specs/agent.yaml",
        "--operation",
        "singleAgentMetadata",
        "--count",
        "5",
        "--seed",
        "3",
    ];
    let ran = run(&root, &sample);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 5), "{}", ran.err);
    let arguments = [
        "validate",
        "-",
        "--stdin-filename",
        "x.ndjson",
        "--operation",
        "singleAgentMetadata",
        "--allow",
        "lint",
    ];
    assert_eq!(run_with(&root, &arguments, ran.out.as_bytes()).code, 0);
    let batch = sample.map(|it| match it {
        "singleAgentMetadata" => "manyAgentMetadata",
        it => it,
    });
    for line in run(&root, &batch).out.lines() {
        assert!(line.contains("\"items\":[{"), "{line}");
    }
    let ran = run(&root, &[&sample[..], &["--yaml"][..]].concat());
    let yaml = arguments.map(|it| if it == "x.ndjson" { "x.yaml" } else { it });
    let judged = run_with(&root, &yaml, ran.out.as_bytes());
    assert_eq!(judged.code, 0, "{}", judged.out);
    assert!(judged.err.contains("5 records"), "{}", judged.err);
    let ran = run(&root, &[&sample[..], &["--invalid"][..]].concat());
    let named = ran.err.lines().map(|it| it.split(':').next());
    let numbers: Vec<_> = named.flatten().collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"], "{}", ran.err);
    assert!(ran.err.contains(": schema/"), "{}", ran.err);
    for line in ran.out.lines() {
        assert_eq!(
            run_with(&root, &arguments, line.as_bytes()).code,
            1,
            "{line}"
        );
    }
}

#[test]
fn help_scripts_and_the_manual_are_printed() {
    let folder = folder(&[]);
    for arguments in [
        &["completions", "bash"][..],
        &["man"],
        &["--version"],
        &["validate", "--help"],
    ] {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("specsmith"), "{arguments:?}");
    }
}
