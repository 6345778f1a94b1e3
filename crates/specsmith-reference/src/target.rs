//! What payloads are judged by: a schema of a document, by name or by operation.

use specsmith_json::{Node, pointer};

use crate::documents::{Base, Documents, Meaning, Place};
use crate::grammar::METHODS;

/// A schema of the specification. Operations go by their operationId, else by method and path
/// (`POST /items`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The schema at a place.
    Place {
        /// The index of the document in the specification.
        document: usize,
        /// The JSON pointer of the schema in it.
        pointer: String,
    },
    /// The schema of that name under `components.schemas`, of the first document that has one.
    Schema {
        /// The name as the document spells it.
        name: String,
    },
    /// What an operation is sent.
    Request {
        /// The operation.
        operation: String,
        /// The media type as the document spells it; else the first one that is JSON.
        media_type: Option<String>,
    },
    /// What an operation answers.
    Response {
        /// The operation.
        operation: String,
        /// The status as the document spells it: `200`, `4XX`, `default`.
        status: String,
        /// The media type as the document spells it; else the first one that is JSON.
        media_type: Option<String>,
    },
}

/// A value of a document, and where it stands.
type At<'a> = (Place, &'a Node);

impl Target {
    /// Where the schema stands; else what the specification does not have.
    pub(crate) fn locate(&self, documents: &Documents<'_>) -> Result<Place, String> {
        let (found, what) = match self {
            Self::Place { document, pointer } => {
                let place = Place {
                    document: *document,
                    pointer: pointer.clone(),
                };
                let found = documents.find(&place).map(|_| place);
                (found, format!("schema at `{pointer}`"))
            }
            Self::Schema { name } => {
                let mut at = "/components/schemas".to_owned();
                pointer::push_key(&mut at, name);
                let found = (0..documents.specification.documents.len())
                    .map(|document| Place {
                        document,
                        pointer: at.clone(),
                    })
                    .find(|place| documents.find(place).is_some());
                (found, format!("schema `{name}`"))
            }
            Self::Request {
                operation,
                media_type,
            } => {
                let Some(found) = find_operation(documents, operation) else {
                    return Err(format!("operation `{operation}`"));
                };
                let body = step(documents, found, "requestBody");
                let schema = body.and_then(|it| schema_of(documents, it, media_type.as_deref()));
                let what = match media_type {
                    Some(it) => format!("schema for what `{operation}` is sent as `{it}`"),
                    None => format!("schema for what `{operation}` is sent as JSON"),
                };
                (schema, what)
            }
            Self::Response {
                operation,
                status,
                media_type,
            } => {
                let Some(found) = find_operation(documents, operation) else {
                    return Err(format!("operation `{operation}`"));
                };
                let schema = step(documents, found, "responses")
                    .and_then(|it| step(documents, it, status))
                    .and_then(|it| schema_of(documents, it, media_type.as_deref()));
                let what = match media_type {
                    Some(it) => format!("schema for the {status} of `{operation}` as `{it}`"),
                    None => format!("schema for the {status} of `{operation}` as JSON"),
                };
                (schema, what)
            }
        };
        found.ok_or(what)
    }
}

/// The operation of that operationId, else of that method and path.
fn find_operation<'a>(documents: &Documents<'a>, name: &str) -> Option<At<'a>> {
    let mut by_label = None;
    for document in 0..documents.specification.documents.len() {
        let place = Place {
            document,
            pointer: "/paths".to_owned(),
        };
        let Some(paths) = documents.find(&place) else {
            continue;
        };
        for path in paths.node.as_object().into_iter().flatten() {
            let item = step(documents, (place.clone(), paths.node), &path.key);
            for method in METHODS {
                let Some((at, operation)) = item
                    .as_ref()
                    .and_then(|item| step(documents, item.clone(), method))
                else {
                    continue;
                };
                if operation.get("operationId").and_then(Node::as_str) == Some(name) {
                    return Some((at, operation));
                }
                let label = format!("{} {}", method.to_ascii_uppercase(), path.key);
                if by_label.is_none() && label == name {
                    by_label = Some((at, operation));
                }
            }
        }
    }
    by_label
}

/// The schema of a body, for a media type or for the first that is JSON.
fn schema_of(documents: &Documents<'_>, body: At<'_>, media_type: Option<&str>) -> Option<Place> {
    let (at, content) = step(documents, body, "content")?;
    let name = content
        .as_object()?
        .keys()
        .find(|name| media_type.map_or_else(|| is_json(name), |wanted| wanted == *name))?
        .to_owned();
    let media = step(documents, (at, content), &name)?;
    let (mut place, media) = media;
    media.get("schema")?;
    pointer::push_key(&mut place.pointer, "schema");
    Some(place)
}

/// What stands under a key, its references followed.
fn step<'a>(documents: &Documents<'a>, (at, node): At<'a>, key: &str) -> Option<At<'a>> {
    let mut place = at;
    pointer::push_key(&mut place.pointer, key);
    let mut found = node.get(key)?;
    // As with schemas, a circle leads nowhere.
    for _ in 0..64 {
        let Some(reference) = found.get("$ref").and_then(Node::as_str) else {
            return Some((place, found));
        };
        let meaning = documents.resolve(place.document, &Base::Document, reference);
        let Ok(Meaning::Place(next)) = meaning else {
            return None;
        };
        found = documents.find(&next)?.node;
        place = next;
    }
    None
}

/// Whether a media type is JSON: `application/json`, `…+json`, with or without parameters.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}
