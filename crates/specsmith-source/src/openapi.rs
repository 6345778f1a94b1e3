//! The typed view of everything but schemas: the one module that names `openapiv3`.
//!
//! It is handed one object at a time, with the schemas, examples and other objects in it left out,
//! so that a mistake is a finding at its place and the rest goes on.

use serde::de::DeserializeOwned;
use specsmith_json::{Node, Value};

pub(crate) use openapiv3::{
    APIKeyLocation, Header, Info, Operation, Parameter, RequestBody, Response, SecurityRequirement,
    SecurityScheme, Server, StatusCode,
};

use crate::yaml::{Mapping, YamlValue, from_value};

/// An object as `openapiv3` understands it, and what it could not understand.
pub(crate) struct Typed<T> {
    /// `None` if not even the rest makes sense.
    pub(crate) view: Option<T>,
    pub(crate) refusals: Vec<Refusal>,
}

/// Something that `openapiv3` refused.
pub(crate) struct Refusal {
    /// The entry it is in; `None` if it is about the object as a whole.
    pub(crate) field: Option<&'static str>,
    pub(crate) message: String,
}

/// Which entries an object has that are of interest.
struct Shape {
    /// Without these there is no object.
    essential: &'static [&'static str],
    /// These can be done without.
    other: &'static [&'static str],
    /// What is taken for entries that must be there and are not, or are looked at elsewhere.
    stand_in: &'static [(&'static str, StandIn)],
}

#[derive(Clone, Copy)]
enum StandIn {
    Text,
    Map,
}

pub(crate) fn info(node: &Node) -> Typed<Info> {
    view(
        node,
        &Shape {
            essential: &[],
            other: &["title", "version", "description"],
            stand_in: &[("title", StandIn::Text), ("version", StandIn::Text)],
        },
    )
}

pub(crate) fn server(node: &Node) -> Typed<Server> {
    view(
        node,
        &Shape {
            essential: &["url"],
            other: &["description"],
            stand_in: &[],
        },
    )
}

/// An operation without its parameters, bodies and callbacks, each of which is looked at alone.
pub(crate) fn operation(node: &Node) -> Typed<Operation> {
    view(
        node,
        &Shape {
            essential: &[],
            other: &[
                "tags",
                "summary",
                "description",
                "operationId",
                "deprecated",
                "security",
            ],
            stand_in: &[("responses", StandIn::Map)],
        },
    )
}

pub(crate) fn parameter(node: &Node) -> Typed<Parameter> {
    view(
        node,
        &Shape {
            essential: &["name", "in"],
            other: &[
                "schema",
                "content",
                "description",
                "required",
                "deprecated",
                "style",
                "explode",
                "allowReserved",
                "allowEmptyValue",
            ],
            stand_in: &[("schema", StandIn::Map)],
        },
    )
}

pub(crate) fn header(node: &Node) -> Typed<Header> {
    view(
        node,
        &Shape {
            essential: &[],
            other: &[
                "schema",
                "content",
                "description",
                "required",
                "deprecated",
                "style",
                "explode",
            ],
            stand_in: &[("schema", StandIn::Map)],
        },
    )
}

pub(crate) fn request_body(node: &Node) -> Typed<RequestBody> {
    view(
        node,
        &Shape {
            essential: &[],
            other: &["content", "description", "required"],
            stand_in: &[("content", StandIn::Map)],
        },
    )
}

pub(crate) fn response(node: &Node) -> Typed<Response> {
    view(
        node,
        &Shape {
            essential: &[],
            other: &["description", "content"],
            stand_in: &[("description", StandIn::Text)],
        },
    )
}

pub(crate) fn security_scheme(node: &Node) -> Typed<SecurityScheme> {
    view(
        node,
        &Shape {
            essential: &["type", "name", "in", "scheme", "flows", "openIdConnectUrl"],
            other: &["description", "bearerFormat"],
            stand_in: &[],
        },
    )
}

/// The requirements of a whole document.
pub(crate) fn security(node: &Node) -> Result<Vec<SecurityRequirement>, String> {
    typed(plain(node))
}

pub(crate) fn status(key: &str) -> Option<StatusCode> {
    typed(YamlValue::String(key.to_owned())).ok()
}

fn view<T: DeserializeOwned>(node: &Node, shape: &Shape) -> Typed<T> {
    let present = |names: &[&'static str], map: &mut Mapping| {
        for name in names {
            if let Some(value) = field(node, name) {
                map.insert(YamlValue::String((*name).to_owned()), value);
            }
        }
    };
    let mut whole = Mapping::new();
    present(shape.essential, &mut whole);
    present(shape.other, &mut whole);
    // What is looked at elsewhere and is there.
    for (name, stand_in) in shape.stand_in {
        if !shape.other.contains(name) && node.get(name).is_some() {
            whole.insert(YamlValue::String((*name).to_owned()), stand_in.value());
        }
    }
    let message = match typed(YamlValue::Mapping(whole)) {
        Ok(view) => {
            return Typed {
                view: Some(view),
                refusals: Vec::new(),
            };
        }
        Err(message) => message,
    };
    // Something is wrong: start from the least that there must be, and add one entry at a time.
    let mut least = Mapping::new();
    present(shape.essential, &mut least);
    for (name, stand_in) in shape.stand_in {
        least.insert(YamlValue::String((*name).to_owned()), stand_in.value());
    }
    let Ok(mut so_far) = typed::<T>(YamlValue::Mapping(least.clone())) else {
        let refusal = Refusal {
            field: None,
            message,
        };
        return Typed {
            view: None,
            refusals: vec![refusal],
        };
    };
    let mut refusals = Vec::new();
    for name in shape.other {
        let mut more = least.clone();
        present(&[name], &mut more);
        match typed(YamlValue::Mapping(more.clone())) {
            Ok(view) => (so_far, least) = (view, more),
            Err(message) => refusals.push(Refusal {
                field: Some(name),
                message,
            }),
        }
    }
    if refusals.is_empty() && !is_tolerable(node, shape) {
        refusals.push(Refusal {
            field: None,
            message,
        });
    }
    Typed {
        view: Some(so_far),
        refusals,
    }
}

/// Whether what is missing need not be said here: 3.1 asks for no responses, and of what holds
/// nothing the lowering says so.
fn is_tolerable(node: &Node, shape: &Shape) -> bool {
    let mut stand_ins = shape.stand_in.iter();
    stand_ins.all(|(name, _)| node.get(name).is_some() || matches!(*name, "responses" | "schema"))
}

/// An entry as `openapiv3` is to see it: without what schemas and examples hold.
fn field(node: &Node, name: &str) -> Option<YamlValue> {
    let entry = node.get(name)?;
    let empty = || YamlValue::Mapping(Mapping::new());
    Some(match (name, &entry.value) {
        ("schema", Value::Object(_) | Value::Boolean(_)) => empty(),
        ("content", Value::Object(media)) => {
            let media = media.iter().map(|it| {
                let of_media = match it.node.as_object() {
                    Some(_) => empty(),
                    None => plain(&it.node),
                };
                (YamlValue::String(it.key.to_string()), of_media)
            });
            YamlValue::Mapping(media.collect())
        }
        _ => plain(entry),
    })
}

impl StandIn {
    fn value(self) -> YamlValue {
        match self {
            Self::Text => YamlValue::String(String::new()),
            Self::Map => YamlValue::Mapping(Mapping::new()),
        }
    }
}

fn plain(node: &Node) -> YamlValue {
    match &node.value {
        Value::Null => YamlValue::Null,
        Value::Boolean(value) => YamlValue::Bool(*value),
        Value::Number(number) => match (number.to_u64(), number.to_i64(), number.to_f64()) {
            (Some(value), _, _) => YamlValue::Number(value.into()),
            (None, Some(value), _) => YamlValue::Number(value.into()),
            (None, None, Some(value)) => YamlValue::Number(value.into()),
            (None, None, None) => YamlValue::String(number.as_str().to_owned()),
        },
        Value::String(text) => YamlValue::String(text.to_string()),
        Value::Array(items) => YamlValue::Sequence(items.iter().map(plain).collect()),
        Value::Object(object) => YamlValue::Mapping(
            object
                .iter()
                .map(|it| (YamlValue::String(it.key.to_string()), plain(&it.node)))
                .collect(),
        ),
    }
}

fn typed<T: DeserializeOwned>(value: YamlValue) -> Result<T, String> {
    from_value(value).map_err(|it| it.to_string())
}
