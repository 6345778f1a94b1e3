//! YAML that is no specification: payloads, into the same tree.

use std::borrow::Cow;

use specsmith_diagnostics::{Code, Finding, SourceId, Sources, Span};
use specsmith_json::Node;

use crate::notes::{Note, draw};
use crate::{Limits, yaml};

/// Reads one YAML document; spans count in `text`, and so do the places of the findings. Without a
/// value, a finding says why. A key that its mapping has twice is what it is in JSON.
pub fn read_yaml(text: &str, limits: &Limits) -> (Option<Node>, Vec<Finding>) {
    let mut sources = Sources::default();
    let source = sources.add("", text);
    let mut notes = Vec::new();
    let root = read_json(text, source, limits, &mut notes)
        .or_else(|| yaml::read(text, source, limits, duplicate_key, &mut notes));
    (root, draw(notes, &sources, limits.findings))
}

/// A document that is JSON, which is YAML too: readers of YAML join no surrogate pairs, and have limits of
/// their own on keys and brackets.
fn read_json(text: &str, source: SourceId, limits: &Limits, notes: &mut Vec<Note>) -> Option<Node> {
    let text = unmarked(text);
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let reading = specsmith_json::read(text.as_bytes(), &limits.of_json());
    let root = reading.root.filter(|_| reading.faults.is_empty())?;
    let place = |it: specsmith_json::Span| Span {
        source,
        start: it.start,
        end: it.end,
    };
    let repeated = reading.duplicates.iter();
    notes.extend(repeated.map(|it| duplicate_key(place(it.key), place(it.first))));
    Some(root)
}

/// A document with blanks for the marker that it begins with, so that all keeps its place.
fn unmarked(text: &str) -> Cow<'_, str> {
    match text.strip_prefix("---") {
        Some(rest) if rest.starts_with(char::is_whitespace) => format!("   {rest}").into(),
        Some(_) | None => text.into(),
    }
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
    fn json_is_yaml() {
        let check = |text: &str, expected: &str| {
            let (root, findings) = read_yaml(text, &Limits::default());
            let root = root.as_ref().map(|it| it.span.range());
            let said: Vec<_> = findings.iter().map(|it| it.code.as_str()).collect();
            assert_eq!(format!("{root:?} {said:?}"), expected, "{text}");
        };
        check(r#" {"a": "\ud83d\ude00"} "#, "Some(1..22) []");
        check(
            r#"{"a": 1, "a": 2}"#,
            r#"Some(0..16) ["json/duplicate-key"]"#,
        );
        check(r#"{"a": "\ud83d"}"#, r#"None ["yaml/syntax"]"#);
        check("{a: 1}", "Some(0..6) []");
        check("---\n[\"\\ud83d\\ude00\"]\n", "Some(4..20) []");
        check("---[1]", "Some(0..6) []");
        check("[1, 2,]", "Some(0..7) []");
        let deep = "[".repeat(300) + &"]".repeat(300);
        check(&deep, r#"None ["limit/depth"]"#);
    }

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
