//! Circles of schemas that speak about the same value.
//!
//! The engine takes what leads back to itself for true, which is right where all that is on the
//! way must hold. By way of a choice or a negation, what comes out hangs on where one begins, and
//! no specification says what it should be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Schema;

use crate::documents::decoded;
use crate::rewrite::Rewritten;

/// Whether a schema leads back to itself by way of a choice, without a step into the value.
pub(crate) fn of_choices(rewritten: &Rewritten) -> bool {
    let documents: BTreeMap<&str, &Schema> = rewritten
        .documents
        .iter()
        .map(|(uri, schema)| (uri.as_str(), schema))
        .collect();
    let target = |uri: &str| {
        let uri = rewritten.aliases.get(uri).map_or(uri, String::as_str);
        let (document, pointer) = uri.split_once('#')?;
        let pointer = decoded(pointer)?;
        documents.get(document)?.pointer(&pointer)
    };
    let mut ahead: Vec<&Schema> = documents.values().copied().collect();
    while let Some(schema) = ahead.pop() {
        let choices = steps(schema, &target).into_iter().filter(|it| it.choice);
        for choice in choices {
            if leads(choice.to, schema, &target) {
                return true;
            }
        }
        ahead.extend(inside(schema));
    }
    false
}

/// From one schema to another that speaks about the same value.
struct Step<'s> {
    to: &'s Schema,
    /// Whether the other need not hold.
    choice: bool,
}

fn leads<'s>(
    from: &'s Schema,
    to: &'s Schema,
    target: &impl Fn(&str) -> Option<&'s Schema>,
) -> bool {
    let mut seen: BTreeSet<*const Schema> = BTreeSet::new();
    let mut ahead = vec![from];
    while let Some(next) = ahead.pop() {
        if std::ptr::eq(next, to) {
            return true;
        }
        if seen.insert(next) {
            ahead.extend(steps(next, target).into_iter().map(|it| it.to));
        }
    }
    false
}

fn steps<'s>(schema: &'s Schema, target: &impl Fn(&str) -> Option<&'s Schema>) -> Vec<Step<'s>> {
    let mut steps = Vec::new();
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let (found, choice) = match keyword.as_str() {
            "$ref" => (value.as_str().and_then(target).into_iter().collect(), false),
            "allOf" => (inside(value), false),
            "anyOf" | "oneOf" | "dependentSchemas" => (inside(value), true),
            "not" | "if" => (vec![value], true),
            // Without a condition they say nothing.
            "then" | "else" if schema.get("if").is_some() => (vec![value], true),
            _ => continue,
        };
        steps.extend(found.into_iter().map(|to| Step { to, choice }));
    }
    steps
}

/// Every value inside.
fn inside(schema: &Schema) -> Vec<&Schema> {
    match schema {
        Schema::Object(object) => object.values().collect(),
        Schema::Array(items) => items.iter().collect(),
        Schema::Null | Schema::Bool(_) | Schema::Number(_) | Schema::String(_) => Vec::new(),
    }
}
