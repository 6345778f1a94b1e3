//! A schema of OpenAPI 3.1: JSON Schema 2020-12 as it is, without what no verdict depends on.

use serde_json::{Map, Value as Schema};
use specsmith_json::{Member, Node};

use crate::grammar;
use crate::keyword::{common, count, exactly, is_schema, number, strings, values};
use crate::rewrite::{Here, Rewriting};

/// The types that JSON Schema knows.
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Rewrites one schema object.
pub(crate) fn rewrite(
    this: &mut Rewriting<'_>,
    schema: &Node,
    here: &Here,
    out: &mut Map<String, Schema>,
) {
    for member in schema.as_object().into_iter().flatten() {
        let (keyword, value) = (&*member.key, &member.node);
        let there = here.at(keyword);
        let written = match grammar::holds(there.dialect, keyword) {
            Some(holds) => this.held(holds, value, &there),
            None => match keyword {
                "$ref" | "$dynamicRef" => this.reference(value, &there),
                "$id" | "$anchor" | "$dynamicAnchor" => value.as_str().map(Schema::from),
                "type" => types(value),
                "required" => this.required(value, schema, &there),
                "dependentRequired" => dependents(value),
                "minContains" | "maxContains" => {
                    if schema.get("contains").is_some_and(is_schema) {
                        this.count(here.at("contains").place);
                    }
                    count(value)
                }
                "enum" if value.as_array().is_none() => None,
                "enum" | "const" => {
                    out.extend([values(keyword, value)]);
                    None
                }
                "exclusiveMinimum" | "exclusiveMaximum" => {
                    out.extend(number(value).map(|it| exactly(keyword, it)));
                    None
                }
                _ => {
                    out.extend(common(keyword, value));
                    None
                }
            },
        };
        out.extend(written.map(|written| (keyword.to_owned(), written)));
    }
}

fn types(value: &Node) -> Option<Schema> {
    let name = |name: &Node| {
        let name = name.as_str().filter(|name| TYPES.contains(name))?;
        Some(Schema::from(name))
    };
    match value.as_array() {
        Some(names) => Some(Schema::Array(
            names.iter().map(name).collect::<Option<_>>()?,
        )),
        None => name(value),
    }
}

fn dependents(value: &Node) -> Option<Schema> {
    let names = |member: &Member| {
        let names = strings(&member.node)?.into_iter().map(Schema::from);
        Some((member.key.to_string(), Schema::Array(names.collect())))
    };
    let object = value.as_object()?;
    Some(Schema::Object(
        object.iter().map(names).collect::<Option<_>>()?,
    ))
}
