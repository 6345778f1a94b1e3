//! A specification: it is read, lowered, compiled and emitted, and its YAML is read as a payload.

use std::path::PathBuf;

use specsmith_codegen::{CrateOptions, CrateSource, Manifest, Options, emit_with_stats};
use specsmith_diagnostics::Finding;
use specsmith_parity::{Subject, places};
use specsmith_plan::Verdict;
use specsmith_source::{Embedded, Limits, read_yaml};

/// What is asked of each schema: one of each kind.
const RECORDS: [&[u8]; 8] = [
    b"null",
    b"true",
    b"1.5",
    b"\"2020-01-01\"",
    b"[]",
    b"[1,{\"a\":[]}]",
    b"{}",
    b"{\"id\":\"a\",\"items\":[{}],\"type\":\"a\",\"name\":null}",
];

/// So many schemas of a document are judged by.
const MOST_PLACES: usize = 6;

/// The bytes are the text of a document.
///
/// # Panics
/// If a finding is at no place of the text, if what is emitted is not Rust, or if the tiers of the
/// plan disagree.
pub fn document(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (payload, findings) = read_yaml(text, &Limits::default());
    places_are_in(&findings, text);
    if let Some(payload) = payload {
        specsmith_source::write_yaml(&payload);
    }
    // A reference to itself by its name, and to a document that is there.
    let name = "spec.yaml";
    let other = include_str!("../../../specs/common.yaml");
    let files = [(name, text), ("common.yaml", other)];
    let subject = match Subject::load(&[PathBuf::from(name)], &Embedded(&files)) {
        Ok(subject) => subject,
        Err(findings) => return places_are_in(&findings, text),
    };
    places_are_in(&subject.findings, text);
    places_are_in(&subject.lowered.findings, text);
    for place in places(&subject).into_iter().take(MOST_PLACES) {
        // What the reference cannot judge by, it says; the plan judges by everything.
        let reference = judges_of(&subject, &place);
        let plan = specsmith_plan::compile(
            &subject.lowered.model,
            &subject.lowered.origins,
            place.schema,
            place.direction,
            &specsmith_plan::Options::default(),
        );
        for record in RECORDS {
            let explained = plan.explain(record);
            assert_eq!(
                plan.verdict(record) == Verdict::Valid,
                explained.is_empty(),
                "{} {:?}",
                place.name,
                String::from_utf8_lossy(record)
            );
            if let Some(judges) = &reference {
                judges.reference().verdict(record);
            }
        }
    }
    emits_rust(&subject);
}

fn judges_of<'s>(
    subject: &'s Subject,
    place: &specsmith_parity::Place,
) -> Option<specsmith_parity::Judges<'s>> {
    subject.judges(place, place.direction).ok()
}

fn emits_rust(subject: &Subject) {
    let sources = subject.lowered.model.documents.iter();
    let options = Options {
        crates: vec![CrateOptions {
            name: "fuzzed-model".to_owned(),
            folder: "fuzzed-model".to_owned(),
            sources: sources
                .map(|it| CrateSource {
                    document: it.name.as_str().to_owned(),
                    label: it.name.as_str().to_owned(),
                    sha256: String::new(),
                })
                .collect(),
        }],
        manifest: Manifest::Standalone { rules: None },
        json_schema: true,
        style: specsmith_codegen::Style::default(),
        attributes: None,
    };
    let (tree, _, _) = emit_with_stats(&subject.lowered.model, &options);
    for (path, text) in &tree.files {
        assert!(!text.contains(specsmith_codegen::DEFECT), "{path}\n{text}");
    }
}

fn places_are_in(findings: &[Finding], text: &str) {
    for finding in findings {
        let Some(place) = &finding.location else {
            continue;
        };
        if &*place.file == "spec.yaml" || place.file.is_empty() {
            assert!(
                place.byte_start <= place.byte_end && place.byte_end <= text.len() as u64,
                "{} at {place:?} of {}",
                finding.code,
                text.len()
            );
        }
    }
}
