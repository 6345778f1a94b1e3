//! The doors that tests go through.

use std::path::PathBuf;

use specsmith_diagnostics::Finding;
use specsmith_source::{Embedded, Limits, Lowered, Specification, load, lower};

use crate::render;

/// Documents by path; the first is asked for.
pub(crate) type Files<'a> = &'a [(&'a str, &'a str)];

/// Loads the first of some documents and lowers it, if it loads.
pub(crate) fn read(files: Files<'_>) -> (Option<(Specification, Lowered)>, Vec<Finding>) {
    read_within(files, &Limits::default())
}

pub(crate) fn read_within(
    files: Files<'_>,
    limits: &Limits,
) -> (Option<(Specification, Lowered)>, Vec<Finding>) {
    let root = PathBuf::from(files[0].0);
    let (specification, mut findings) = load(&[root], &Embedded(files), limits);
    let Some(specification) = specification else {
        return (None, findings);
    };
    let lowered = lower(&specification);
    findings.extend(lowered.findings.iter().cloned());
    (Some((specification, lowered)), findings)
}

/// `3:5 warn spec/unknown-keyword: … (did you mean …?)`, a line for each.
pub(crate) fn said(findings: &[Finding], root: &str) -> String {
    let lines = findings.iter().map(|it| {
        let place = it.location.as_ref().map_or("-".to_owned(), |place| {
            let file = match &*place.file == root {
                true => String::new(),
                false => format!("{}:", place.file),
            };
            format!("{file}{}:{}", place.line, place.column)
        });
        let help = it.help.as_ref().map(|help| format!(" ({help})"));
        format!(
            "{place} {} {}: {}{}",
            it.level.as_str(),
            it.code,
            it.message,
            help.unwrap_or_default()
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The one door of lowering: a whole document, and what its definitions and operations mean,
/// followed by what was found.
#[track_caller]
pub(crate) fn check_lower(files: Files<'_>, expect: &str) {
    let (read, findings) = read(files);
    let mut lines = Vec::new();
    if let Some((_, lowered)) = &read {
        lines.push(render::model(&lowered.model));
    }
    lines.push(said(&findings, files[0].0));
    lines.retain(|it| !it.is_empty());
    assert_same(&lines.join("\n"), expect);
}

/// What is found in a document, and nothing else.
#[track_caller]
pub(crate) fn check_findings(files: Files<'_>, expect: &str) {
    let (_, findings) = read(files);
    assert_same(&said(&findings, files[0].0), expect);
}

/// One schema of 3.0, given as the YAML of its keywords.
#[track_caller]
pub(crate) fn check_3_0(schema: &str, expect: &str) {
    check_schema("3.0.3", schema, expect);
}

/// One schema of 3.1.
#[track_caller]
pub(crate) fn check_3_1(schema: &str, expect: &str) {
    check_schema("3.1.0", schema, expect);
}

/// Around the schema stand `Name`, a string, and `Node`, which has a `next`. Lines of findings
/// count from the first line of the schema.
#[track_caller]
fn check_schema(version: &str, schema: &str, expect: &str) {
    let schema = dedented(schema).replace('\n', "\n      ");
    let head = format!("openapi: {version}\ncomponents:\n  schemas:\n    T:\n      ");
    let lines = u64::try_from(head.lines().count()).expect("a few") - 1;
    let text = format!(
        "{head}{schema}\n    Name: {{type: string}}\n    Node: {{type: object, properties: {{next: {{$ref: '#/components/schemas/Node'}}}}}}\n"
    );
    let (read, mut findings) = read(&[("t.yaml", &text)]);
    for finding in &mut findings {
        if let Some(place) = &mut finding.location {
            place.line -= lines;
            place.column -= 6;
        }
    }
    let (_, lowered) = read.expect("the schema loads");
    let definition = lowered.model.definition("T").expect("it is defined");
    let mut lines = vec![render::schema(&lowered.model, definition.schema)];
    lines.push(said(&findings, "t.yaml"));
    lines.retain(|it| !it.is_empty());
    assert_same(&lines.join("\n"), expect);
}

#[track_caller]
pub(crate) fn assert_same(actual: &str, expect: &str) {
    let expect = dedented(expect);
    assert!(
        actual == expect,
        "expected:\n{expect}\n\nfound:\n{actual}\n"
    );
}

/// The text without the white space that all its lines begin with.
pub(crate) fn dedented(text: &str) -> String {
    let lines = || text.lines().filter(|it| !it.trim().is_empty());
    let indent = lines()
        .map(|it| it.len() - it.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines().map(|it| &it[indent..]).collect();
    lines.join("\n")
}
