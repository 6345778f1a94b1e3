//! Operations: the types of their JSON bodies.

use specsmith_ir::{Direction, Home, Operation, Response, SchemaId, Status};

use crate::build::{Builder, OperationSlots};
use crate::items::Ty;
use crate::path::{Path, operation_name};
use crate::view::Conj;

impl Builder<'_> {
    pub(super) fn operation(&mut self, operation: &Operation) -> OperationSlots {
        self.home = operation.document;
        let name = Path::new(operation_name(operation));
        let body = operation.request.iter().flat_map(|body| &body.content);
        let json = body.into_iter().find(|media| media.is_json());
        let request = json.and_then(|media| media.schema).map(|schema| {
            let path = self.component_name(schema, "Request");
            let path = path.map_or_else(|| name.with("Request"), Path::new);
            self.slot(&Conj::of(schema), Direction::Request, &path)
        });
        let first_good = operation
            .responses
            .iter()
            .position(|response| is_good(response.status));
        let mut responses = Vec::new();
        for (index, response) in operation.responses.iter().enumerate() {
            let Some(schema) = json_schema(response) else {
                continue;
            };
            let path = self.component_name(schema, "Response");
            let path = path.map_or_else(
                || match Some(index) == first_good {
                    true => name.with("Response"),
                    false => name.with(format!("{} Response", status_word(response.status))),
                },
                Path::new,
            );
            let slot = self.slot(&Conj::of(schema), Direction::Response, &path);
            responses.push((response.status, slot));
        }
        for slot in request.iter().chain(responses.iter().map(|(_, slot)| slot)) {
            if let (Ty::Item(id), true) = (&slot.ty, slot.nullable) {
                let item = &mut self.items.list[id.0 as usize];
                // What a definition accepts is for its own schema to say, not for who refers to it.
                item.or_null |= item.definition.is_none();
            }
        }
        OperationSlots {
            request,
            responses,
            others: self.messages(operation, &name),
        }
    }

    /// The name that a schema has from the component in which it stands.
    fn component_name(&self, schema: SchemaId, suffix: &str) -> Option<String> {
        match self.model.home(schema) {
            Home::Component { name, .. } => {
                let mut component = name.as_str().to_owned();
                if !name
                    .as_str()
                    .to_ascii_lowercase()
                    .ends_with(&suffix.to_ascii_lowercase())
                {
                    component.push(' ');
                    component.push_str(suffix);
                }
                Some(component)
            }
            Home::Definition(_)
            | Home::Within { .. }
            | Home::Request { .. }
            | Home::Response { .. }
            | Home::Parameter { .. }
            | Home::Header { .. } => None,
        }
    }
}

fn is_good(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundred) => hundred == 2,
        Status::Default => false,
    }
}

fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}xx"),
        Status::Default => "default".to_owned(),
    }
}

fn json_schema(response: &Response) -> Option<SchemaId> {
    let json = response.content.iter().find(|media| media.is_json());
    json.and_then(|media| media.schema)
}
