//! Which schemas of a specification judges can be made of, as the plan and as the reference call
//! them.

use specsmith_ir::{Direction, Media, Model, SchemaId, Status};
use specsmith_json::pointer;
use specsmith_reference::Target;

use crate::Subject;

/// A schema to judge by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What people call it.
    pub name: String,
    /// What the model calls it.
    pub schema: SchemaId,
    /// What the reference judge calls it, which never sees the model.
    pub target: Target,
    /// Which way its values travel.
    pub direction: Direction,
}

impl Place {
    /// The schema of that name under `components.schemas`, for requests.
    pub fn named(subject: &Subject, name: &str) -> Option<Self> {
        let definition = subject.lowered.model.definition(name)?;
        Some(Self {
            name: name.to_owned(),
            schema: definition.schema,
            target: Target::Schema {
                name: name.to_owned(),
            },
            direction: Direction::Request,
        })
    }

    /// What an operation is sent as JSON.
    pub fn request(subject: &Subject, operation: &str) -> Option<Self> {
        let (_, operation) = subject.lowered.model.operation(operation)?;
        requests(operation).next()
    }
}

/// Every body of every operation, then every definition that stands under `components.schemas`.
pub fn places(subject: &Subject) -> Vec<Place> {
    let model = &subject.lowered.model;
    let mut places = Vec::new();
    for operation in &model.operations {
        // By its name only the first is found.
        let first = model.operation(&operation.name()).map(|(_, it)| it);
        let called = matches!(operation.kind, specsmith_ir::OperationKind::Path);
        if called && first.is_some_and(|it| std::ptr::eq(it, operation)) {
            places.extend(requests(operation));
            places.extend(responses(operation));
        }
    }
    places.extend(definitions(subject, model));
    places
}

fn json_of(content: &[Media]) -> impl Iterator<Item = (&Media, SchemaId)> {
    let json = content.iter().filter(|it| it.is_json());
    json.filter_map(|it| Some((it, it.schema?)))
}

fn requests(operation: &specsmith_ir::Operation) -> impl Iterator<Item = Place> {
    let name = operation.name();
    let content = operation.request.iter().flat_map(|it| json_of(&it.content));
    content.map(move |(media, schema)| Place {
        name: format!("{name}, sent as {}", media.media_type),
        schema,
        target: Target::Request {
            operation: name.clone(),
            media_type: Some(media.media_type.clone()),
        },
        direction: Direction::Request,
    })
}

fn responses(operation: &specsmith_ir::Operation) -> impl Iterator<Item = Place> {
    let name = operation.name();
    let content = operation.responses.iter().flat_map(|response| {
        let content = json_of(&response.content);
        content.map(|(media, schema)| (status(&response.status), media, schema))
    });
    content.map(move |(status, media, schema)| Place {
        name: format!("{name}, answered {status} as {}", media.media_type),
        schema,
        target: Target::Response {
            operation: name.clone(),
            status,
            media_type: Some(media.media_type.clone()),
        },
        direction: Direction::Response,
    })
}

fn status(status: &Status) -> String {
    status.to_string()
}

fn definitions<'a>(subject: &'a Subject, model: &'a Model) -> impl Iterator<Item = Place> + 'a {
    model.definitions.iter().filter_map(|definition| {
        let index = definition.document.0 as usize;
        let document = subject.specification.documents.get(index)?;
        let mut at = "/components/schemas".to_owned();
        pointer::push_key(&mut at, definition.name.as_str());
        document.root.pointer(&at)?;
        Some(Place {
            name: format!("{} of {}", definition.name, document.name),
            schema: definition.schema,
            target: Target::Place {
                document: index,
                pointer: at,
            },
            direction: Direction::Request,
        })
    })
}
