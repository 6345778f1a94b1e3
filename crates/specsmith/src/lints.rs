//! Lints: what is formally valid and most likely wrong. They never change a verdict.
//!
//! The plan finds unknown properties and partial matches on its way; those here look at a record
//! as a tree, which the plan hands on where [`Lints::suspicion`] is met.

mod attribute_shadows_field;
mod attributes;
mod blank_value;
mod duplicate_attribute;
pub mod duplicate_id;
mod incomplete_attribute;
mod missing_items;
mod suspicion;

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Mistake};
use specsmith_ir::{Model, SchemaId};
use specsmith_json::{Node, Span, Value, pointer};

use crate::target::{self, Target};

pub(crate) use attributes::lists as attribute_lists;
pub use duplicate_id::Identity;

/// The codes of what [`Lints::look`] finds.
pub const CODES: &[Code] = &[
    Code("lint/attribute-shadows-field"),
    Code("lint/blank-value"),
    Code("lint/duplicate-attribute"),
    Code("lint/incomplete-attribute"),
    Code("lint/missing-items"),
];

/// What there is to look for in the payloads of one target.
#[derive(Clone, Debug)]
pub struct Lints {
    /// The names of properties that are lists of name/value pairs.
    attributes: BTreeSet<String>,
    /// The record's own fields.
    fields: attribute_shadows_field::Fields,
    /// The property that a batch is there for.
    batch: Option<String>,
    /// The names of string properties that hold an id or a name.
    spoken: BTreeSet<String>,
    /// Which properties tell records apart.
    pub identity: Identity,
}

impl Lints {
    /// What there is to look for; `identity` where it is configured.
    pub fn new(model: &Model, target: &Target, identity: Option<&[String]>) -> Self {
        let record = target.batch.as_ref().map_or(target.schema, |it| it.item);
        Self {
            attributes: attributes::lists(model, record),
            fields: attribute_shadows_field::fields(target::names(model, record)),
            batch: target.batch.as_ref().map(|it| it.property.clone()),
            spoken: blank_value::spoken(model, record),
            identity: Identity::new(model, record, identity),
        }
    }

    /// What makes a record worth a look: it is told whenever [`Lints::look`] would find something.
    pub fn suspicion(&self) -> specsmith_plan::Suspicion {
        suspicion::of(self)
    }

    /// Looks at one item of a batch.
    pub fn look_at_item(&self, item: &Node) -> Vec<Mistake> {
        let mut out = Vec::new();
        self.record(item, "", &mut out);
        out
    }

    /// Looks at what one text holds: a record or a batch of them.
    pub fn look(&self, root: &Node) -> Vec<Mistake> {
        let mut out = Vec::new();
        let Some(property) = &self.batch else {
            self.record(root, "", &mut out);
            return out;
        };
        missing_items::look(root, property, &mut out);
        for (item, pointer) in items(root, property) {
            self.record(item, &pointer, &mut out);
        }
        out
    }

    /// The records of a text, each with its pointer.
    pub fn records<'n>(&self, root: &'n Node) -> Vec<(&'n Node, String)> {
        match &self.batch {
            Some(property) => items(root, property),
            None => vec![(root, String::new())],
        }
    }

    fn record(&self, record: &Node, pointer: &str, out: &mut Vec<Mistake>) {
        blank_value::look(record, &self.spoken, pointer, out);
        for name in &self.attributes {
            let Some(list) = record.get(name).and_then(Node::as_array) else {
                continue;
            };
            let mut at = pointer.to_owned();
            pointer::push_key(&mut at, name);
            incomplete_attribute::look(list, &at, out);
            duplicate_attribute::look(list, &at, out);
            attribute_shadows_field::look(list, &self.fields, &at, out);
            blank_value::look_at_attributes(list, &at, out);
        }
    }
}

fn items<'n>(root: &'n Node, property: &str) -> Vec<(&'n Node, String)> {
    let list = root
        .get(property)
        .and_then(Node::as_array)
        .unwrap_or_default();
    let mut base = String::new();
    pointer::push_key(&mut base, property);
    list.iter()
        .enumerate()
        .map(|(index, item)| {
            let mut pointer = base.clone();
            pointer::push_index(&mut pointer, index);
            (item, pointer)
        })
        .collect()
}

/// A mistake at a place of the text.
fn mistake(code: &'static str, message: impl Into<String>, span: Span, pointer: &str) -> Mistake {
    Mistake {
        pointer: pointer.to_owned(),
        ..Mistake::new(Code(code), message, range(span))
    }
}

fn range(span: Span) -> std::ops::Range<u64> {
    u64::from(span.start)..u64::from(span.end)
}

/// The pointer of a property.
fn at(pointer: &str, name: &str) -> String {
    let mut at = pointer.to_owned();
    pointer::push_key(&mut at, name);
    at
}

/// The pointer of an item.
fn item_at(pointer: &str, index: usize) -> String {
    let mut at = pointer.to_owned();
    pointer::push_index(&mut at, index);
    at
}

/// The properties of a record's schema with what their values are, in all its branches.
fn properties(model: &Model, record: SchemaId) -> Vec<(String, SchemaId)> {
    let mut found = Vec::new();
    target::each_schema(model, record, &mut |schema| {
        for property in schema.types.record.iter().flat_map(|it| &it.properties) {
            found.push((property.name.0.clone(), property.schema));
        }
    });
    found
}

/// Whether a schema accepts strings and nothing else but perhaps null.
fn is_text(model: &Model, schema: SchemaId) -> bool {
    let mut text = false;
    let mut other = false;
    target::each_schema(model, schema, &mut |schema| {
        let types = &schema.types;
        let restricts = types.string.is_none()
            || types.number.is_none()
            || types.list.is_none()
            || types.record.is_none();
        if restricts {
            text |= types.string.is_some();
            other |= types.number.is_some()
                || types.boolean
                || types.list.is_some()
                || types.record.is_some();
        }
    });
    text && !other
}

/// The text of a value that is a string.
pub(crate) fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) => Some(text),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}
