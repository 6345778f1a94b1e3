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

/// The value as one YAML document, its last line ended; `None` where it holds a number that the
/// writer has no exact form for.
pub fn write_yaml(value: &Node) -> Option<String> {
    yaml::to_string(value).ok()
}

fn duplicate_key(key: Span, first: Span) -> Note {
    let code = Code("json/duplicate-key");
    // The words are those of the same mistake in JSON.
    Note::deny(code, key, "the object has this property already")
        .help("keep one of the two")
        .see("it stands here first", first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let json =
            br#"{"id": "no", "n": [1, 2.5, "017", null, true], "text": "a: b\n# c", "o": {}}"#;
        let value = specsmith_json::read(json, &specsmith_json::Limits::default()).root;
        let value = value.expect("is JSON");
        let text = write_yaml(&value).expect("is written");
        let (read, findings) = read_yaml(&text, &Limits::default());
        assert!(findings.is_empty(), "{findings:?}");
        assert!(read.expect("is YAML").same_value(&value), "{text}");
    }
}
