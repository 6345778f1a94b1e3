//! YAML payloads: the same tree, judged as the JSON that they stand for.

use std::collections::HashMap;
use std::ops::Range;

use specsmith_diagnostics::Mistake;
use specsmith_json::{Node, Value, pointer};

/// One document of a YAML file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its text.
    pub text: &'a str,
    /// Where it begins in the file, in bytes.
    pub offset: u64,
    /// On which line, from 1.
    pub line: u64,
}

/// The documents of a file: `---` at the head of a line begins the next one, `...` ends one.
/// Documents that hold nothing but comments are left out, unless there is no other.
pub fn documents(text: &str) -> Vec<Document<'_>> {
    let mut found: Vec<Document<'_>> = Vec::new();
    let mut start = (0, 1);
    let mut at = 0;
    let mut take = |start: (usize, u64), end: usize| {
        let part = text.get(start.0..end).unwrap_or_default();
        if !is_empty(part) {
            found.push(Document {
                text: part,
                offset: start.0 as u64,
                line: start.1,
            });
        }
    };
    for (line, whole) in (1..).zip(text.split_inclusive('\n')) {
        let marker = |marker: &str| {
            let rest = whole.strip_prefix(marker);
            rest.is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t', '\r', '\n']))
        };
        if marker("---") && at > start.0 {
            let before = text.get(start.0..at).unwrap_or_default();
            // Directives belong to the document behind them.
            if !before.lines().any(|it| it.starts_with('%')) || !is_empty(before) {
                take(start, at);
                start = (at, line);
            }
        } else if marker("...") {
            take(start, at);
            start = (at + whole.len(), line + 1);
        }
        at += whole.len();
    }
    take(start, text.len());
    if found.is_empty() {
        found.push(Document {
            text,
            offset: 0,
            line: 1,
        });
    }
    found
}

/// Whether there are only comments, directives and markers, and perhaps a byte order mark.
pub fn is_empty(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().all(|line| {
        let line = line.trim();
        let line = line.strip_prefix("---").unwrap_or(line).trim();
        line.is_empty() || line == "..." || line.starts_with('#') || line.starts_with('%')
    })
}

/// A value written as JSON, and where each part of it stands in the YAML.
pub struct Written {
    /// The JSON.
    pub text: String,
    /// The parts in the order of the JSON: its bytes there, and in the YAML.
    parts: Vec<(Range<u64>, Range<u64>)>,
}

/// Writes a value as JSON.
pub fn write(root: &Node) -> Written {
    let mut written = Written {
        text: String::new(),
        parts: Vec::new(),
    };
    written.value(root);
    written.parts.sort_unstable_by_key(|(json, _)| json.start);
    written
}

/// The pointer to the property whose key begins there.
pub fn pointer_of_key(root: &Node, key: u64) -> Option<String> {
    let mut pointer = String::new();
    find_key(root, key, &mut pointer).then_some(pointer)
}

fn find_key(node: &Node, key: u64, pointer: &mut String) -> bool {
    let here = pointer.len();
    // What an alias copies stands where its anchor is, and is found there.
    if !range(node.span).contains(&key) {
        return false;
    }
    match &node.value {
        Value::Object(object) => object.iter().any(|member| {
            pointer::push_key(pointer, &member.key);
            let found =
                u64::from(member.key_span.start) == key || find_key(&member.node, key, pointer);
            if !found {
                pointer.truncate(here);
            }
            found
        }),
        Value::Array(items) => items.iter().enumerate().any(|(index, item)| {
            pointer::push_index(pointer, index);
            let found = find_key(item, key, pointer);
            if !found {
                pointer.truncate(here);
            }
            found
        }),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => false,
    }
}

impl Written {
    /// The mistake with its places in the YAML.
    #[must_use]
    pub fn in_yaml(&self, mut mistake: Mistake) -> Mistake {
        mistake.bytes = self.place(&mistake.bytes);
        if let Some((_, bytes)) = &mut mistake.suggestion {
            *bytes = self.place(bytes);
        }
        for (_, bytes) in &mut mistake.related {
            *bytes = self.place(bytes);
        }
        mistake
    }

    /// Where the whole of it stands in the YAML.
    pub fn whole(&self) -> Range<u64> {
        self.place(&(0..self.text.len() as u64))
    }

    /// Where each part of the JSON begins in the YAML, by where it begins and ends in the JSON.
    pub fn starts(&self) -> HashMap<(u32, u32), u64> {
        let small = |place: u64| u32::try_from(place).unwrap_or(u32::MAX);
        let parts = self.parts.iter();
        let parts = parts.map(|(json, yaml)| ((small(json.start), small(json.end)), yaml.start));
        parts.collect()
    }

    /// Where bytes of the JSON stand in the YAML: the part that they are, else the smallest one
    /// that they are in.
    fn place(&self, bytes: &Range<u64>) -> Range<u64> {
        // Parts lie in each other or apart, and no two begin at one place. So the first that reaches
        // as far, back from where the bytes begin, is the smallest; as most bytes are a part or the
        // head of one, it is found without a search.
        let begun = self.parts.partition_point(|it| it.0.start <= bytes.start);
        let mut back = self.parts.iter().take(begun).rev();
        let around = back.find(|(json, _)| bytes.start < json.end);
        around.map_or(0..0, |(_, yaml)| yaml.clone())
    }

    fn value(&mut self, node: &Node) {
        let start = self.text.len() as u64;
        match &node.value {
            Value::Null => self.text.push_str("null"),
            Value::Boolean(true) => self.text.push_str("true"),
            Value::Boolean(false) => self.text.push_str("false"),
            Value::Number(number) => self.text.push_str(number.as_str()),
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.text.push(',');
                    }
                    self.value(item);
                }
                self.text.push(']');
            }
            Value::Object(object) => {
                self.text.push('{');
                for (index, member) in object.iter().enumerate() {
                    if index > 0 {
                        self.text.push(',');
                    }
                    let key = self.text.len() as u64;
                    self.string(&member.key);
                    let end = self.text.len() as u64;
                    self.parts.push((key..end, range(member.key_span)));
                    self.text.push(':');
                    self.value(&member.node);
                }
                self.text.push('}');
            }
        }
        let end = self.text.len() as u64;
        self.parts.push((start..end, range(node.span)));
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                it if u32::from(it) < 0x20 => {
                    self.text.push_str(&format!("\\u{:04x}", u32::from(it)));
                }
                it => self.text.push(it),
            }
        }
        self.text.push('"');
    }
}

fn range(span: specsmith_json::Span) -> Range<u64> {
    u64::from(span.start)..u64::from(span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, u64)]) {
        let found: Vec<_> = documents(text)
            .into_iter()
            .map(|it| (it.text, it.line))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn documents_are_told_apart() {
        check("a: 1\n", &[("a: 1\n", 1)]);
        check(
            "---\na: 1\n---\na: 2\n",
            &[("---\na: 1\n", 1), ("---\na: 2\n", 3)],
        );
        check("a: 1\n...\n# end\n", &[("a: 1\n", 1)]);
        check("%YAML 1.2\n---\na: 1\n", &[("%YAML 1.2\n---\na: 1\n", 1)]);
        check(
            "--- {a: 1}\n--- {a: 2}",
            &[("--- {a: 1}\n", 1), ("--- {a: 2}", 2)],
        );
        check("# nothing\n", &[("# nothing\n", 1)]);
        check("---a: 1", &[("---a: 1", 1)]);
    }

    #[test]
    fn places_are_those_of_the_yaml() {
        use specsmith_json::{Limits, read};
        // Any text with spans will do: the spans are what is carried over.
        let text = br#"{ "a" : [ 1, "b\n" ] }"#;
        let root = read(text, &Limits::default()).root.expect("a value");
        let written = write(&root);
        assert_eq!(written.text, "{\"a\":[1,\"b\\u000a\"]}");
        assert_eq!(written.place(&(1..4)), 2..5);
        assert_eq!(written.place(&(6..7)), 10..11);
        assert_eq!(written.place(&(9..12)), 13..18);
        assert_eq!(written.place(&(0..1)), 0..22);
        assert_eq!(written.place(&(7..8)), 8..20, "between two items");
        assert_eq!(written.place(&(17..18)), 8..20, "behind the last item");
        assert_eq!(written.place(&(99..99)), 0..0, "nowhere");
    }
}
