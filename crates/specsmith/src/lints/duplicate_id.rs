//! `lint/duplicate-id`: two records with one id, in one batch or anywhere in a run.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use memchr::memmem;
use specsmith_diagnostics::{Location, Mistake};
use specsmith_ir::{Direction, Model, SchemaId};
use specsmith_json::{Node, Span};

use super::{at, is_text, mistake, properties, range, text_of};
use crate::target;

/// How many ids of a run are remembered.
pub const REMEMBERED: usize = 1_000_000;

/// Which properties together tell a record from others.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    properties: Vec<String>,
    finders: Vec<memmem::Finder<'static>>,
}

/// The id of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// What tells it from others.
    pub key: String,
    /// Where the property that says it most stands: the last one.
    pub span: Span,
}

impl Identity {
    /// Those configured that the record has; else its required ids.
    pub(super) fn new(model: &Model, record: SchemaId, configured: Option<&[String]>) -> Self {
        let known = properties(model, record);
        let mut found = Vec::new();
        match configured {
            Some(configured) => {
                let of_record = |name: &&String| known.iter().any(|(it, _)| it == *name);
                found.extend(configured.iter().filter(of_record).cloned());
            }
            None => target::each_schema(model, record, &mut |schema| {
                let own = schema.types.record.iter().flat_map(|it| &it.properties);
                for property in own.filter(|it| it.is_required(Direction::Request)) {
                    let name = &property.name.0;
                    let id = super::blank_value::is_id(name);
                    if id && is_text(model, property.schema) && !found.contains(name) {
                        found.push(name.clone());
                    }
                }
            }),
        }
        let finder = |name: &String| memmem::Finder::new(&format!("\"{name}\"")).into_owned();
        Self {
            finders: found.iter().map(finder).collect(),
            properties: found,
        }
    }

    /// The properties, joined: what tells kinds of records apart.
    pub fn kind(&self) -> String {
        self.properties.join(" ")
    }

    /// The property that says most which record it is: the last one.
    pub fn name(&self) -> Option<&str> {
        self.properties.last().map(String::as_str)
    }

    /// Whether there is nothing that tells records apart.
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty()
    }

    /// The id of a record.
    pub fn of(&self, record: &Node) -> Option<Id> {
        let mut key = String::new();
        let mut last = None;
        for name in &self.properties {
            let node = record.get(name)?;
            add(&mut key, text_of(node)?);
            last = Some(node.span);
        }
        last.map(|span| Id { key, span })
    }

    /// The ids of all records of a text that is JSON, in order, without reading it as a tree;
    /// `None` where that cannot be told for certain.
    pub fn of_text(&self, text: &[u8]) -> Option<Vec<Id>> {
        let mut ids: Vec<Id> = Vec::new();
        for (index, finder) in self.finders.iter().enumerate() {
            let mut count = 0;
            for at in finder.find_iter(text) {
                // Behind a backslash it is part of a value.
                if at > 0 && text.get(at - 1) == Some(&b'\\') {
                    return None;
                }
                let (value, span) = value_behind(text, at + finder.needle().len())?;
                if index == 0 {
                    ids.push(Id {
                        key: String::new(),
                        span,
                    });
                }
                let id = ids.get_mut(count)?;
                add(&mut id.key, value);
                id.span = span;
                count += 1;
            }
            if count != ids.len() {
                return None;
            }
        }
        Some(ids)
    }
}

/// Lengths keep `a` + `bc` apart from `ab` + `c`.
fn add(key: &mut String, text: &str) {
    key.push_str(&text.len().to_string());
    key.push(':');
    key.push_str(text);
}

/// The plain string behind a colon.
fn value_behind(text: &[u8], mut at: usize) -> Option<(&str, Span)> {
    let space = |at: usize| text.get(at).is_some_and(u8::is_ascii_whitespace);
    while space(at) {
        at += 1;
    }
    if text.get(at) != Some(&b':') {
        return None;
    }
    at += 1;
    while space(at) {
        at += 1;
    }
    if text.get(at) != Some(&b'"') {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let length = memchr::memchr2(b'"', b'\\', rest)?;
    if rest.get(length) == Some(&b'\\') {
        return None;
    }
    let value = std::str::from_utf8(rest.get(..length)?).ok()?;
    Some((value, Span::of(at..at + length + 2)))
}

/// The ids that a run has seen so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    places: HashMap<String, Place>,
    /// Whether there were more ids than are remembered.
    pub full: bool,
}

/// Where an id stands.
#[derive(Clone, Debug)]
struct Place {
    file: Arc<str>,
    line: u64,
    byte: u64,
}

impl Seen {
    /// Notes an id at a line and a byte of a file; gives where it was seen before, if it was.
    pub fn note(&mut self, key: String, file: &Arc<str>, line: u64, byte: u64) -> Option<Location> {
        if let Some(place) = self.places.get(&key) {
            return Some(Location {
                file: place.file.to_string(),
                line: place.line,
                column: 1,
                end_line: place.line,
                end_column: 1,
                byte_start: place.byte,
                byte_end: place.byte,
            });
        }
        if self.places.len() >= REMEMBERED {
            self.full = true;
            return None;
        }
        let file = Arc::clone(file);
        self.places.insert(key, Place { file, line, byte });
        None
    }
}

/// Whether two of the ids are the same.
pub fn any_twice(ids: &[Id]) -> bool {
    let mut seen = HashSet::with_capacity(ids.len());
    !ids.iter().all(|id| seen.insert(id.key.as_str()))
}

/// A second record with the id of an earlier one; `first` is set where it is in the same text.
pub fn duplicate(id: &Id, name: &str, record: &str, first: Option<Span>) -> Mistake {
    let message = format!("an earlier record has the same `{name}`");
    let mut found = mistake("lint/duplicate-id", message, id.span, &at(record, name));
    found.help = Some("give each record an id of its own, or send it once".to_owned());
    if let Some(first) = first {
        found
            .related
            .push(("it stands here first".to_owned(), range(first)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(names: &[&str]) -> Identity {
        let finder = |name: &&str| memmem::Finder::new(&format!("\"{name}\"")).into_owned();
        Identity {
            properties: names.iter().map(|it| (*it).to_owned()).collect(),
            finders: names.iter().map(finder).collect(),
        }
    }

    #[test]
    fn ids_are_told_without_a_tree_or_not_at_all() {
        let one = identity(&["id"]);
        let keys = |text: &str| {
            let ids = one.of_text(text.as_bytes())?;
            Some(ids.into_iter().map(|it| it.key).collect::<Vec<_>>())
        };
        let expected = vec!["1:a".to_owned(), "2:bb".to_owned()];
        assert_eq!(
            keys(r#"[{"id": "a"}, {"x": 1, "id" : "bb"}]"#),
            Some(expected)
        );
        assert_eq!(keys(r#"{"id": 1}"#), None);
        assert_eq!(keys(r#"{"id": "a\u0062"}"#), None);
        assert_eq!(keys(r#"{"x": "\"id\": "}"#), Some(Vec::new()));
        let two = identity(&["a", "b"]);
        assert_eq!(two.of_text(br#"[{"a": "1"}]"#), None);
    }

    #[test]
    fn the_tree_says_the_same() {
        let text = br#"{"b": "2", "a": "1"}"#;
        let both = identity(&["a", "b"]);
        let reading = specsmith_json::read(text, &specsmith_json::Limits::default());
        let root = reading.root.expect("a value");
        assert_eq!(both.of_text(text), both.of(&root).map(|id| vec![id]));
    }

    #[test]
    fn what_is_beyond_memory_is_said() {
        let mut seen = Seen::default();
        let file: Arc<str> = "a.json".into();
        assert!(seen.note("1".into(), &file, 1, 0).is_none());
        let first = seen.note("1".into(), &file, 2, 9).expect("seen before");
        assert_eq!(first.line, 1);
        assert!(!seen.full);
    }
}
