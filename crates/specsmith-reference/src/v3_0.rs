//! A schema of OpenAPI 3.0, said in JSON Schema 2020-12.
//!
//! 2020-12 and not the draft 4 that 3.0 grew from, so that formats, integers (`1.0` is one) and
//! errors are the same in both dialects. What differs is translated here: `nullable`, the boolean
//! `exclusiveMinimum` and `exclusiveMaximum`, and `$ref`, which stands alone.

use serde_json::{Map, Value as Schema};
use specsmith_json::{Node, Value};

use crate::grammar;
use crate::keyword::{common, exactly, number, values};
use crate::rewrite::{Here, Rewriting};

/// The types that 3.0 knows.
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// Rewrites one schema object.
pub(crate) fn rewrite(
    this: &mut Rewriting<'_>,
    schema: &Node,
    here: &Here,
    out: &mut Map<String, Schema>,
) {
    if let Some(reference) = schema.get("$ref") {
        let uri = this.reference(reference, &here.at("$ref"));
        out.extend(uri.map(|uri| ("$ref".to_owned(), uri)));
        return;
    }
    for member in schema.as_object().into_iter().flatten() {
        let (keyword, value) = (&*member.key, &member.node);
        let here = here.at(keyword);
        let written = match grammar::holds(here.dialect, keyword) {
            Some(holds) => this
                .held(holds, value, &here)
                .map(|held| (keyword.to_owned(), held)),
            None => match keyword {
                "type" => types(value, schema).map(|it| (keyword.to_owned(), it)),
                "enum" => listed(value, schema),
                "minimum" => bound(value, schema, keyword, "exclusiveMinimum"),
                "maximum" => bound(value, schema, keyword, "exclusiveMaximum"),
                "required" => this
                    .required(value, schema, &here)
                    .map(|names| (keyword.to_owned(), names)),
                _ => common(keyword, value),
            },
        };
        out.extend(written);
    }
}

/// Whether `nullable` says something. Where no type is named, null is not ruled out, and it has
/// nothing to say (3.0.3).
pub(crate) fn nullable(schema: &Node) -> bool {
    schema.get("nullable").and_then(Node::as_bool) == Some(true) && schema.get("type").is_some()
}

fn types(value: &Node, schema: &Node) -> Option<Schema> {
    let name = value.as_str().filter(|name| TYPES.contains(name))?;
    Some(if nullable(schema) {
        Schema::Array(vec![Schema::from(name), Schema::from("null")])
    } else {
        Schema::from(name)
    })
}

/// The values listed. Null is accepted beside a list that does not name it.
fn listed(value: &Node, schema: &Node) -> Option<(String, Schema)> {
    let listed = value.as_array()?;
    if !nullable(schema) || listed.iter().any(Node::is_null) {
        return Some(values("enum", value));
    }
    let null = Node::from(Value::Null);
    let listed = listed.iter().cloned().chain([null]).collect();
    Some(values("enum", &Node::from(Value::Array(listed))))
}

fn bound(
    value: &Node,
    schema: &Node,
    inclusive: &str,
    exclusive: &str,
) -> Option<(String, Schema)> {
    let is_exclusive = schema.get(exclusive).and_then(Node::as_bool) == Some(true);
    let keyword = if is_exclusive { exclusive } else { inclusive };
    Some(exactly(keyword, number(value)?))
}
