//! Real documents: this project's own, and public ones where they are at hand.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::{Finding, Level};
use specsmith_source::{Disk, Limits, load, lower};

use crate::support::said;

fn findings(path: &Path) -> (usize, Vec<Finding>) {
    let (specification, mut findings) = load(&[path.to_owned()], &Disk, &Limits::default());
    let Some(specification) = specification else {
        return (0, findings);
    };
    let lowered = lower(&specification);
    findings.extend(lowered.findings);
    (lowered.model.schemas.len(), findings)
}

#[test]
fn our_own_documents_lower_without_a_finding() {
    for name in ["agent", "common", "conversation", "customer"] {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
        let (schemas, findings) = findings(&specs.join(name).with_extension("yaml"));
        assert!(schemas > 20, "`{name}` has {schemas} schemas");
        assert_eq!(said(&findings, ""), "", "{name}");
    }
}

/// The folder of public documents, if it is there.
fn corpus() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("SPECSMITH_CORPUS").map_or_else(
        || workspace.join("../shared/corpus"),
        |it| workspace.join(it),
    );
    Some(folder.join("openapi")).filter(|it| it.is_dir())
}

#[test]
fn public_documents_lower_without_a_grave_finding() {
    let Some(folder) = corpus() else {
        println!("skipped: there is no folder of public documents");
        return;
    };
    let entries = std::fs::read_dir(folder).expect("it was there");
    let paths: Vec<PathBuf> = entries
        .map(|it| it.expect("it was there").path())
        .filter(|it| {
            it.extension()
                .is_some_and(|it| it == "json" || it == "yaml")
        })
        .collect();
    assert!(!paths.is_empty(), "the folder holds documents");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            let paths = paths.iter().skip(first).step_by(threads);
            scope.spawn(move || paths.for_each(|it| check(it)));
        }
    });
}

#[track_caller]
fn check(path: &Path) {
    let (schemas, findings) = findings(path);
    let grave: Vec<Finding> = findings
        .into_iter()
        .filter(|it| it.level == Level::Deny)
        .collect();
    assert_eq!(said(&grave, ""), "", "{}", path.display());
    assert!(schemas > 0, "{}", path.display());
}

/// `yaml/lenient`: what the reader of libyaml takes, and YAML 1.2 does not allow.
#[test]
fn laxer_yaml_is_read_with_a_finding() {
    let text =
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {type: string, example: \"a\n  b\"}\n";
    crate::support::check_lower(
        &[("a.yaml", text)],
        "
        A = string @example=\"a b\"
        4:32 warn yaml/lenient: this is not YAML as its specification has it (findings about this document point to its beginning until it is mended)
        ",
    );
}
