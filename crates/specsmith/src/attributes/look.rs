//! Looking at the attributes of a record.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Mistake};
use specsmith_json::{Node, Span, pointer};
use specsmith_rules::Fault;
use specsmith_rules::attributes::AttributeFault;

use super::entity::{definition_of, entities, record_of};
use super::{Known, Table};
use crate::lints::text_of;
use crate::specs::Specs;
use crate::target::Target;

/// What there is to look for in the records of one target.
#[derive(Clone, Debug)]
pub struct Attributes<'t> {
    table: &'t Table,
    /// The properties that hold attributes.
    lists: BTreeSet<String>,
}

/// The keys of an attribute.
const KEYS: [&str; 2] = ["name", "value"];

impl<'t> Attributes<'t> {
    /// The table for the records of a target, if there is one.
    pub fn of(tables: &'t [Table], specs: &Specs, target: &Target) -> Option<Self> {
        if tables.is_empty() {
            return None;
        }
        let model = &specs.lowered.model;
        let record = definition_of(model, record_of(target))?.schema;
        let mut all = entities(model, specs.operations());
        all.extend(entities(model, std::slice::from_ref(target)));
        let entity = all.into_iter().find(|it| it.record == record)?;
        let table = tables.iter().find(|it| entity.names.contains(&it.entity))?;
        Some(Self {
            table,
            lists: entity.lists,
        })
    }

    /// Looks at one record.
    pub fn look(&self, record: &Node, at: &str, out: &mut Vec<Mistake>) {
        if record.as_object().is_none() {
            return;
        }
        let mut seen = BTreeSet::new();
        let mut strangers = Vec::new();
        let mut place = (record.span, at.to_owned());
        for property in &self.lists {
            let Some(node) = record.get(property) else {
                continue;
            };
            let Some(list) = node.as_array() else {
                continue;
            };
            let mut list_at = at.to_owned();
            pointer::push_key(&mut list_at, property);
            for (index, attribute) in list.iter().enumerate() {
                let mut item_at = list_at.clone();
                pointer::push_index(&mut item_at, index);
                let found = self.attribute(attribute, &item_at, out);
                seen.extend(found.known);
                strangers.extend(found.stranger);
            }
            place = (node.span, list_at);
        }
        // What is missing and what is there under a near name are one mistake, at the name.
        let meant: BTreeSet<&str> = strangers.iter().filter_map(|it| it.near).collect();
        out.extend(strangers.iter().map(Stranger::mistake));
        let missing = self.table.known.iter().filter(|known| {
            let name = known.name.as_str();
            known.required && !seen.contains(name) && !meant.contains(name)
        });
        for known in missing {
            let fault = AttributeFault::Missing {
                name: known.name.clone().into(),
            };
            out.push(mistake(fault.into(), "", place.0, &place.1));
        }
    }

    fn attribute<'n>(&'n self, attribute: &'n Node, at: &str, out: &mut Vec<Mistake>) -> Found<'n> {
        let mut found = Found::default();
        let [name_key, value_key] = KEYS;
        let Some((node, name)) = attribute
            .get(name_key)
            .and_then(|node| Some((node, text_of(node)?)))
        else {
            return found;
        };
        let known = &self.table.known;
        let Some(known) = known.iter().find(|known| known.name == name) else {
            if !self.table.rest {
                let names = known.iter().map(|known| known.name.as_str());
                let mut at = at.to_owned();
                pointer::push_key(&mut at, name_key);
                found.stranger = Some(Stranger {
                    near: specsmith_rules::nearest(name, names),
                    span: node.span,
                    at,
                });
            }
            return found;
        };
        found.known = Some(&known.name);
        if let Some((node, value)) = attribute
            .get(value_key)
            .and_then(|node| Some((node, text_of(node)?)))
        {
            let mut at = at.to_owned();
            pointer::push_key(&mut at, value_key);
            out.extend(judged(known, value, node.span, &at));
        }
        found
    }
}

/// What was found of one attribute.
#[derive(Default)]
struct Found<'n> {
    known: Option<&'n str>,
    stranger: Option<Stranger<'n>>,
}

/// An attribute of a name that is not known.
struct Stranger<'n> {
    near: Option<&'n str>,
    span: Span,
    at: String,
}

impl Stranger<'_> {
    fn mistake(&self) -> Mistake {
        let near = self.near.map(|near| near.to_owned().into());
        let fault = AttributeFault::Unknown { near };
        let mut mistake = mistake(fault.into(), "", self.span, &self.at);
        mistake.suggestion = self.near.map(|near| (quoted(near), bytes(self.span)));
        mistake
    }
}

/// What is wrong with a value.
fn judged<'k>(
    known: &'k Known,
    value: &str,
    span: Span,
    at: &'k str,
) -> impl Iterator<Item = Mistake> + 'k {
    let faults = known.faults(value).into_iter();
    faults.map(move |fault| {
        let near = match &fault {
            AttributeFault::Value(Fault::Enum { near, .. }) => near.clone(),
            _ => None,
        };
        let subject = format!("`{}`", known.name);
        let mut mistake = mistake(fault.into(), &subject, span, at);
        mistake.suggestion = near.map(|near| (quoted(&near), bytes(span)));
        mistake
    })
}

fn mistake(fault: Fault, subject: &str, span: Span, at: &str) -> Mistake {
    Mistake {
        help: fault.help(),
        pointer: at.to_owned(),
        ..Mistake::new(Code(fault.code()), fault.clause(subject), bytes(span))
    }
}

fn bytes(span: Span) -> std::ops::Range<u64> {
    u64::from(span.start)..u64::from(span.end)
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    specsmith_json::write::push_string(&mut out, text);
    out
}
