//! `lint/duplicate-id`: two records with one id, in one batch or anywhere in a run.

use std::hash::RandomState;

use specsmith_diagnostics::Mistake;
use specsmith_ir::{Direction, Model, SchemaId};
use specsmith_json::{Node, Span};

use super::{at, is_text, mistake, properties, range, text_of};
use crate::target;

/// Which properties together tell a record from others.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    properties: Vec<String>,
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
        Self { properties: found }
    }

    /// What the plan watches for; nothing where nothing tells records apart.
    pub fn watched(&self, keys: &RandomState) -> Option<specsmith_plan::Identity> {
        let names = self.properties.iter().map(|it| it.as_str().into());
        let identity = || specsmith_plan::Identity::new(names.collect(), keys.clone());
        (!self.properties.is_empty()).then(identity)
    }

    /// The properties, joined: what tells kinds of records apart.
    pub fn kind(&self) -> String {
        self.properties.join(" ")
    }

    /// The property that says most which record it is: the last one.
    pub fn name(&self) -> Option<&str> {
        self.properties.last().map(String::as_str)
    }

    /// The id of a record, as one text.
    pub fn of(&self, record: &Node) -> Option<String> {
        let mut key = String::new();
        for name in &self.properties {
            add(&mut key, text_of(record.get(name)?)?);
        }
        (!key.is_empty()).then_some(key)
    }
}

/// Lengths keep `a` + `bc` apart from `ab` + `c`.
fn add(key: &mut String, text: &str) {
    key.push_str(&text.len().to_string());
    key.push(':');
    key.push_str(text);
}

/// A second record with the id of an earlier one, where its value stands; `first` is set where the
/// earlier one is in the same text.
pub fn duplicate(value: Span, name: &str, record: &str, first: Option<Span>) -> Mistake {
    let message = format!("an earlier record has the same `{name}`");
    let mut found = mistake("lint/duplicate-id", message, value, &at(record, name));
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

    #[test]
    fn the_id_of_a_record_is_all_its_properties() {
        let text = br#"{"b": "2", "a": "1"}"#;
        let root = specsmith_json::read(text, &specsmith_json::Limits::default()).root;
        let root = root.expect("a value");
        let of = |names: &[&str]| {
            let properties = names.iter().map(|it| (*it).to_owned()).collect();
            Identity { properties }.of(&root)
        };
        assert_eq!(of(&["a", "b"]), Some("1:11:2".to_owned()));
        assert_eq!(of(&["a", "c"]), None);
        assert_eq!(of(&[]), None);
    }
}
