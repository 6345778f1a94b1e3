//! Where schemas stand: the places of an OpenAPI document, and those inside a schema.

use specsmith_ir::Dialect;
use specsmith_json::{Node, Value, pointer};

/// What stands at a place of an OpenAPI document outside schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Document,
    Components,
    Map(Entry),
    List(Entry),
    One(Entry),
}

/// An object that OpenAPI gives a name to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Schema,
    PathItem,
    Operation,
    Callback,
    RequestBody,
    Response,
    Parameter,
    Header,
    MediaType,
    Encoding,
}

impl Place {
    /// What stands one step further, as far as OpenAPI says.
    fn step(self, token: &str) -> Option<Self> {
        match self {
            Self::Document => match token {
                "components" => Some(Self::Components),
                "paths" | "webhooks" => Some(Self::Map(Entry::PathItem)),
                _ => None,
            },
            Self::Components => Some(Self::Map(match token {
                "schemas" => Entry::Schema,
                "responses" => Entry::Response,
                "parameters" => Entry::Parameter,
                "requestBodies" => Entry::RequestBody,
                "headers" => Entry::Header,
                "callbacks" => Entry::Callback,
                "pathItems" => Entry::PathItem,
                _ => return None,
            })),
            Self::Map(entry) => Some(Self::One(entry)),
            Self::List(entry) => pointer::index(token).map(|_| Self::One(entry)),
            Self::One(entry) => entry.step(token),
        }
    }
}

impl Entry {
    fn step(self, token: &str) -> Option<Place> {
        Some(match (self, token) {
            (Self::PathItem, "parameters") | (Self::Operation, "parameters") => {
                Place::List(Self::Parameter)
            }
            (Self::PathItem, _) if METHODS.contains(&token) => Place::One(Self::Operation),
            (Self::Operation, "requestBody") => Place::One(Self::RequestBody),
            (Self::Operation, "responses") => Place::Map(Self::Response),
            (Self::Operation, "callbacks") => Place::Map(Self::Callback),
            (Self::Callback, _) => Place::One(Self::PathItem),
            (Self::RequestBody | Self::Response | Self::Parameter | Self::Header, "content") => {
                Place::Map(Self::MediaType)
            }
            (Self::Response | Self::Encoding, "headers") => Place::Map(Self::Header),
            (Self::Parameter | Self::Header | Self::MediaType, "schema") => {
                Place::One(Self::Schema)
            }
            (Self::MediaType, "encoding") => Place::Map(Self::Encoding),
            (
                Self::Schema
                | Self::PathItem
                | Self::Operation
                | Self::RequestBody
                | Self::Response
                | Self::Parameter
                | Self::Header
                | Self::MediaType
                | Self::Encoding,
                _,
            ) => return None,
        })
    }
}

/// The methods of a path item.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What a keyword of a schema holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A schema.
    Schema,
    /// Schemas by place.
    List,
    /// Schemas by name.
    Map,
}

/// What schemas a keyword holds in a dialect; `None`: none.
pub(crate) fn holds(dialect: Dialect, keyword: &str) -> Option<Holds> {
    match (dialect, keyword) {
        (_, "allOf" | "anyOf" | "oneOf") => Some(Holds::List),
        (_, "not" | "items" | "additionalProperties") => Some(Holds::Schema),
        (_, "properties") => Some(Holds::Map),
        (Dialect::V3_0, _) => None,
        (Dialect::V3_1, "prefixItems") => Some(Holds::List),
        (
            Dialect::V3_1,
            "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties",
        ) => Some(Holds::Schema),
        (Dialect::V3_1, "patternProperties" | "dependentSchemas" | "$defs" | "definitions") => {
            Some(Holds::Map)
        }
        (Dialect::V3_1, _) => None,
    }
}

/// How many steps of a pointer lead to the outermost schema on its way, if OpenAPI says that one
/// stands there.
pub(crate) fn outermost_schema<S: AsRef<str>>(tokens: &[S]) -> Option<usize> {
    let mut place = Place::Document;
    for (taken, token) in (1..).zip(tokens) {
        place = place.step(token.as_ref())?;
        if place == Place::One(Entry::Schema) {
            return Some(taken);
        }
    }
    None
}

/// Whether a way that begins at a schema ends at a schema.
pub(crate) fn leads_to_schema<S: AsRef<str>>(dialect: Dialect, tokens: &[S]) -> bool {
    let mut tokens = tokens.iter().map(AsRef::as_ref);
    while let Some(keyword) = tokens.next() {
        let arrived = match holds(dialect, keyword) {
            Some(Holds::Schema) => true,
            Some(Holds::List) => tokens.next().is_some_and(|it| pointer::index(it).is_some()),
            Some(Holds::Map) => tokens.next().is_some(),
            None => false,
        };
        if !arrived {
            return false;
        }
    }
    true
}

/// The pointers of the outermost schemas of a document, in the order in which they stand.
pub(crate) fn schemas(document: &Node) -> Vec<String> {
    let mut found = Vec::new();
    walk(document, Place::Document, &mut String::new(), &mut found);
    found
}

fn walk(node: &Node, place: Place, at: &mut String, found: &mut Vec<String>) {
    if place == Place::One(Entry::Schema) {
        found.push(at.clone());
        return;
    }
    let length = at.len();
    match &node.value {
        Value::Object(object) => {
            for member in object {
                if let Some(next) = place.step(&member.key) {
                    pointer::push_key(at, &member.key);
                    walk(&member.node, next, at, found);
                    at.truncate(length);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let token = index.to_string();
                if let Some(next) = place.step(&token) {
                    pointer::push_key(at, &token);
                    walk(item, next, at, found);
                    at.truncate(length);
                }
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The schemas directly inside a schema, each with its way from there.
pub(crate) fn children(dialect: Dialect, schema: &Node) -> Vec<(String, &Node)> {
    let mut found = Vec::new();
    for member in schema.as_object().into_iter().flatten() {
        let mut at = String::new();
        pointer::push_key(&mut at, &member.key);
        match (holds(dialect, &member.key), &member.node.value) {
            (Some(Holds::Schema), _) => found.push((at, &member.node)),
            (Some(Holds::List), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let mut at = at.clone();
                    pointer::push_index(&mut at, index);
                    found.push((at, item));
                }
            }
            (Some(Holds::Map), Value::Object(schemas)) => {
                for schema in schemas {
                    let mut at = at.clone();
                    pointer::push_key(&mut at, &schema.key);
                    found.push((at, &schema.node));
                }
            }
            (Some(Holds::List | Holds::Map) | None, _) => {}
        }
    }
    found
}
