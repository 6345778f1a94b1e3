//! JSON Schema: each definition of a crate as a document of the 2020-12 dialect.
//!
//! Made from the model, so that it says what the model means: `nullable` has become a type, a
//! reference to another definition is one to the file beside.

mod rules;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use specsmith_ir::{Applied, ByType, Model, Numbers, SchemaId};

use value::{Value, literal, text};

use crate::literal::{json, quoted};
use crate::options::CrateOptions;
use crate::rust::Context;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The documents of one crate's definitions and of those they lead to: name and text.
pub(crate) fn documents(context: &Context<'_>, krate: &CrateOptions) -> Vec<(String, String)> {
    let model = context.model;
    let own = model
        .definitions
        .iter()
        .filter(|it| context.crate_of(it.document) == context.krate);
    let mut ahead: Vec<SchemaId> = own.map(|it| it.schema).collect();
    ahead.reverse();
    let mut done = BTreeSet::new();
    let mut names = Names::default();
    let mut documents = Vec::new();
    while let Some(schema) = ahead.pop() {
        if !done.insert(schema) {
            continue;
        }
        let mut writer = Writer {
            model,
            names: &mut names,
            found: Vec::new(),
            inside: vec![schema],
        };
        let body = writer.schema(schema);
        ahead.extend(writer.found);
        let name = names.file(model, schema);
        let mut text = String::from("{\n");
        text.push_str(&format!("  \"$schema\": {},\n", quoted(DIALECT)));
        text.push_str(&format!("  \"$comment\": {}", quoted(&krate.mark())));
        for (key, value) in body.members() {
            text.push_str(&format!(",\n  {}: ", quoted(key)));
            value.write(&mut text, 1);
        }
        text.push_str("\n}\n");
        documents.push((name, text));
    }
    documents
}

/// File names, one for each definition, distinct even where case makes no difference.
#[derive(Default)]
struct Names {
    given: BTreeMap<SchemaId, String>,
    taken: BTreeSet<String>,
}

impl Names {
    fn file(&mut self, model: &Model, schema: SchemaId) -> String {
        if let Some(name) = self.given.get(&schema) {
            return name.clone();
        }
        let name = model
            .definition_of(schema)
            .map(|it| it.name.as_str())
            .unwrap_or("schema");
        let plain: String = name
            .chars()
            .map(|it| {
                if it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.') {
                    it
                } else {
                    '-'
                }
            })
            .take(100)
            .collect();
        let mut file = format!("{plain}.json");
        let mut number = 2_u32;
        while !self.taken.insert(file.to_ascii_lowercase()) {
            file = format!("{plain}-{number}.json");
            number += 1;
        }
        self.given.insert(schema, file.clone());
        file
    }
}

struct Writer<'a> {
    model: &'a Model,
    names: &'a mut Names,
    /// Definitions that were referred to.
    found: Vec<SchemaId>,
    /// The schemas around, against circles that lead through no definition.
    inside: Vec<SchemaId>,
}

impl Writer<'_> {
    fn reference(&mut self, id: SchemaId) -> Value {
        if self.model.definition_of(id).is_some() {
            self.found.push(id);
            let file = self.names.file(self.model, id);
            return Value::Record(vec![("$ref".to_owned(), text(&file))]);
        }
        if self.inside.contains(&id) || self.inside.len() > 200 {
            // A circle that leads through no name cannot be spelled out.
            return Value::Text("true".to_owned());
        }
        self.inside.push(id);
        let value = self.schema(id);
        self.inside.pop();
        value
    }

    fn references(&mut self, ids: &[SchemaId]) -> Value {
        Value::List(ids.iter().map(|id| self.reference(*id)).collect())
    }

    fn schema(&mut self, id: SchemaId) -> Value {
        let schema = self.model.schema(id);
        if schema.is_never() {
            return Value::Record(vec![("not".to_owned(), Value::Record(Vec::new()))]);
        }
        let mut members = Vec::new();
        let notes = &schema.notes;
        if let Some(title) = &notes.title {
            members.push(("title".to_owned(), text(title)));
        }
        if let Some(description) = &notes.description {
            members.push(("description".to_owned(), text(description)));
        }
        types(&schema.types, &mut members);
        if let Some(values) = &schema.listed {
            let values = values.iter().map(|it| Value::Text(json(it))).collect();
            members.push(("enum".to_owned(), Value::List(values)));
        }
        if let Some(value) = &schema.constant {
            members.push(("const".to_owned(), literal(value)));
        }
        self.number(schema, &mut members);
        self.string(schema, &mut members);
        self.list(schema, &mut members);
        self.record(schema, &mut members);
        for applied in &schema.applied {
            self.applied(applied, &mut members);
        }
        if let Some(value) = &notes.default {
            members.push(("default".to_owned(), literal(value)));
        }
        if notes.deprecated {
            members.push(("deprecated".to_owned(), Value::Text("true".to_owned())));
        }
        Value::Record(members)
    }

    fn applied(&mut self, applied: &Applied, members: &mut Vec<(String, Value)>) {
        let mut said = match applied {
            Applied::All(ids) => vec![("allOf", self.references(ids))],
            Applied::Any(ids) => vec![("anyOf", self.references(ids))],
            Applied::One(ids) => vec![("oneOf", self.references(ids))],
            Applied::Not(id) => vec![("not", self.reference(*id))],
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                let mut parts = vec![("if", self.reference(*condition))];
                parts.extend(then.map(|it| ("then", self.reference(it))));
                parts.extend(otherwise.map(|it| ("else", self.reference(it))));
                parts
            }
            Applied::Ref(id) => match self.reference(*id) {
                Value::Record(mut inner)
                    if inner.len() == 1 && inner.first().is_some_and(|it| it.0 == "$ref") =>
                {
                    vec![("$ref", inner.remove(0).1)]
                }
                inline => vec![("allOf", Value::List(vec![inline]))],
            },
            Applied::DynamicRef { fallback, .. } => {
                vec![("allOf", Value::List(vec![self.reference(*fallback)]))]
            }
            Applied::UnevaluatedItems(id) => vec![("unevaluatedItems", self.reference(*id))],
            Applied::UnevaluatedProperties(id) => {
                vec![("unevaluatedProperties", self.reference(*id))]
            }
        };
        let clash = said
            .iter()
            .any(|(key, _)| members.iter().any(|(known, _)| known == key));
        if clash {
            // The keyword is taken: the same rule one level down.
            let inner = said
                .drain(..)
                .map(|(key, value)| (key.to_owned(), value))
                .collect();
            let inner = Value::Record(inner);
            match members.iter_mut().find(|(key, _)| key == "allOf") {
                Some((_, Value::List(all))) => all.push(inner),
                Some(_) | None => members.push(("allOf".to_owned(), Value::List(vec![inner]))),
            }
            return;
        }
        members.extend(said.into_iter().map(|(key, value)| (key.to_owned(), value)));
    }
}

/// `type`, where not all types are accepted.
fn types(types: &ByType, members: &mut Vec<(String, Value)>) {
    let integers = types
        .number
        .as_deref()
        .is_some_and(|it| it.numbers == Numbers::Integers);
    let all = [
        ("null", types.null),
        ("boolean", types.boolean),
        ("integer", integers),
        ("number", types.number.is_some() && !integers),
        ("string", types.string.is_some()),
        ("array", types.list.is_some()),
        ("object", types.record.is_some()),
    ];
    let named: Vec<&str> = all
        .iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| *name)
        .collect();
    if named.len() == 6 && !integers {
        return;
    }
    let value = match named.as_slice() {
        [one] => text(one),
        several => Value::List(several.iter().map(|it| text(it)).collect()),
    };
    members.push(("type".to_owned(), value));
}
