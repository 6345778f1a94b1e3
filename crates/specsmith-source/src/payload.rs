//! YAML that is no specification: payloads, into the same tree.

use specsmith_diagnostics::{Code, Finding, Sources, Span};
use specsmith_json::Node;

use crate::notes::{Note, draw};
use crate::{Limits, yaml};

/// Reads one YAML document; spans count in `text`, and so do the places of the findings. Without a
/// value, a finding says why. A key that its mapping has twice is what it is in JSON.
pub fn read_yaml(text: &str, limits: &Limits) -> (Option<Node>, Vec<Finding>) {
    let mut sources = Sources::default();
    let source = sources.add("", text);
    let mut notes = Vec::new();
    let root = yaml::read(text, source, limits, duplicate_key, &mut notes);
    (root, draw(notes, &sources, limits.findings))
}

fn duplicate_key(key: Span, first: Span) -> Note {
    let code = Code("json/duplicate-key");
    Note::deny(code, key, "this key stands here twice").see("the key stands here first", first)
}
