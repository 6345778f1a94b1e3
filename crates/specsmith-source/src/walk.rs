//! Walks the objects of a document that mean something to OpenAPI, and not those in examples,
//! defaults and extensions.

use specsmith_json::{Node, Value};

/// Calls `visit` for every object that is neither a value spelt out nor a map of names. What it
/// returns is handed to the objects inside.
pub(crate) fn walk<'n, C>(node: &'n Node, around: &C, visit: &mut impl FnMut(&'n Node, &C) -> C) {
    match &node.value {
        Value::Array(items) => items.iter().for_each(|it| walk(it, around, visit)),
        Value::Object(object) => {
            let inside = visit(node, around);
            for member in object {
                if is_map_of_names(&member.key) && member.node.as_object().is_some() {
                    for entry in member.node.as_object().into_iter().flatten() {
                        walk(&entry.node, &inside, visit);
                    }
                } else if !is_spelt_out(&member.key) {
                    walk(&member.node, &inside, visit);
                }
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_spelt_out(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const") || key.starts_with("x-")
}

/// Entries whose keys are names of the author's choosing.
fn is_map_of_names(key: &str) -> bool {
    matches!(
        key,
        "$defs"
            | "callbacks"
            | "content"
            | "definitions"
            | "dependentSchemas"
            | "encoding"
            | "headers"
            | "links"
            | "parameters"
            | "pathItems"
            | "paths"
            | "patternProperties"
            | "properties"
            | "requestBodies"
            | "responses"
            | "schemas"
            | "securitySchemes"
            | "variables"
            | "webhooks"
    )
}
