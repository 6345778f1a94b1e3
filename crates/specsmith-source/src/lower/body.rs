//! What is sent and received: bodies, responses, parameters, headers.

use std::collections::HashMap;

use specsmith_ir::{
    Body, DocumentId, Header, Home, Media, OperationId, Parameter, ParameterPlace, Presence,
    Response, SchemaId, Status, WireName,
};
use specsmith_json::Node;

use super::fields::Kind;
use super::{Lowering, SampleKind};
use crate::code;
use crate::notes::Note;
use crate::openapi::{self, StatusCode};
use crate::resolve::Scope;

/// The header parameters that OpenAPI ignores: media types and security schemes say what they hold.
const IGNORED_PARAMETERS: [&str; 3] = ["Accept", "Content-Type", "Authorization"];
/// The headers of responses that OpenAPI ignores.
const IGNORED_HEADERS: [&str; 1] = ["Content-Type"];

/// What was lowered before, by its place: components are referred to by many operations.
#[derive(Debug, Default)]
pub(super) struct Memo {
    parameters: HashMap<*const Node, Option<Parameter>>,
    requests: HashMap<*const Node, Option<Body>>,
    responses: HashMap<*const Node, Option<Response>>,
    headers: HashMap<*const Node, Option<Header>>,
}

/// Where something stands that holds schemas.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    /// In an operation.
    Operation(OperationId),
    /// Among the components of a document, in that section and by that name.
    Component(DocumentId, &'static str, WireName),
}

impl Owner {
    fn request(&self, media_type: &str) -> Home {
        match self.clone() {
            Self::Operation(operation) => Home::Request {
                operation,
                media_type: media_type.to_owned(),
            },
            Self::Component(..) => self.component(Some(media_type)),
        }
    }

    fn response(&self, status: Status, media_type: &str) -> Home {
        match self.clone() {
            Self::Operation(operation) => Home::Response {
                operation,
                status,
                media_type: media_type.to_owned(),
            },
            Self::Component(..) => self.component(Some(media_type)),
        }
    }

    fn parameter(&self, name: &WireName) -> Home {
        match self.clone() {
            Self::Operation(operation) => Home::Parameter {
                operation,
                name: name.clone(),
            },
            Self::Component(..) => self.component(None),
        }
    }

    fn header(&self, status: Status, name: &WireName) -> Home {
        match self.clone() {
            Self::Operation(operation) => Home::Header {
                operation,
                status,
                name: name.clone(),
            },
            Self::Component(..) => self.component(None),
        }
    }

    fn component(&self, media_type: Option<&str>) -> Home {
        match self.clone() {
            Self::Component(document, section, name) => Home::Component {
                document,
                section,
                name,
                media_type: media_type.map(str::to_owned),
            },
            Self::Operation(operation) => Home::Request {
                operation,
                media_type: media_type.unwrap_or_default().to_owned(),
            },
        }
    }
}

impl<'s> Lowering<'s> {
    /// A parameter, references followed; `None` if it has no name or no place, or is ignored.
    pub(super) fn parameter(
        &mut self,
        node: &'s Node,
        scope: Scope,
        owner: &Owner,
    ) -> Option<Parameter> {
        let (node, scope) = self.follow(node, scope)?;
        if let Some(known) = self.bodies.parameters.get(&std::ptr::from_ref(node)) {
            return known.clone();
        }
        let lowered = self.new_parameter(node, scope, owner);
        self.bodies.parameters.insert(node, lowered.clone());
        lowered
    }

    fn new_parameter(&mut self, node: &'s Node, scope: Scope, owner: &Owner) -> Option<Parameter> {
        self.entries(node, scope, Kind::Parameter)?;
        let typed = self.typed(openapi::parameter(node), node, scope, Kind::Parameter)?;
        let place = match &typed {
            openapi::Parameter::Query { .. } => ParameterPlace::Query,
            openapi::Parameter::Header { .. } => ParameterPlace::Header,
            openapi::Parameter::Path { .. } => ParameterPlace::Path,
            openapi::Parameter::Cookie { .. } => ParameterPlace::Cookie,
        };
        let data = typed.parameter_data();
        let name = WireName(data.name);
        if place == ParameterPlace::Header && is_one_of(&name, &IGNORED_PARAMETERS) {
            let span = node.get("name").unwrap_or(node).span;
            let message = format!("a header parameter named `{}` is ignored", name.as_str());
            self.ignored_header(scope, span, message);
            return None;
        }
        let schema = self.schema_or_content(node, scope, &owner.parameter(&name));
        Some(Parameter {
            presence: presence(data.required),
            description: data.description,
            deprecated: data.deprecated.unwrap_or_default(),
            name,
            place,
            schema,
        })
    }

    /// The body of a request, references followed.
    pub(super) fn request(&mut self, node: &'s Node, scope: Scope, owner: &Owner) -> Option<Body> {
        let (node, scope) = self.follow(node, scope)?;
        if let Some(known) = self.bodies.requests.get(&std::ptr::from_ref(node)) {
            return known.clone();
        }
        let lowered = self.new_request(node, scope, owner);
        self.bodies.requests.insert(node, lowered.clone());
        lowered
    }

    fn new_request(&mut self, node: &'s Node, scope: Scope, owner: &Owner) -> Option<Body> {
        self.entries(node, scope, Kind::RequestBody)?;
        let typed = self.typed(openapi::request_body(node), node, scope, Kind::RequestBody)?;
        Some(Body {
            presence: presence(typed.required),
            description: typed.description,
            content: self.content(node, scope, typed.content.keys(), |it| owner.request(it)),
        })
    }

    /// A response, references followed.
    pub(super) fn response(
        &mut self,
        node: &'s Node,
        scope: Scope,
        status: Status,
        owner: &Owner,
    ) -> Option<Response> {
        let (node, scope) = self.follow(node, scope)?;
        if let Some(known) = self.bodies.responses.get(&std::ptr::from_ref(node)) {
            return known.clone().map(|it| Response { status, ..it });
        }
        let lowered = self.new_response(node, scope, status, owner);
        self.bodies.responses.insert(node, lowered.clone());
        lowered
    }

    fn new_response(
        &mut self,
        node: &'s Node,
        scope: Scope,
        status: Status,
        owner: &Owner,
    ) -> Option<Response> {
        self.entries(node, scope, Kind::Response)?;
        let typed = self.typed(openapi::response(node), node, scope, Kind::Response)?;
        let home = |it: &str| owner.response(status, it);
        let content = self.content(node, scope, typed.content.keys(), home);
        let mut headers = Vec::new();
        for member in self.section(node, "headers", scope).into_iter().flatten() {
            let name = WireName::from(&*member.key);
            if is_one_of(&name, &IGNORED_HEADERS) {
                let message = format!("a response header named `{}` is ignored", name.as_str());
                self.ignored_header(scope, member.key_span, message);
                continue;
            }
            let home = owner.header(status, &name);
            headers.extend(self.header(&member.node, scope, name, &home));
        }
        Some(Response {
            status,
            description: typed.description,
            content,
            headers,
        })
    }

    /// A header, references followed.
    pub(super) fn header(
        &mut self,
        node: &'s Node,
        scope: Scope,
        name: WireName,
        home: &Home,
    ) -> Option<Header> {
        let (node, scope) = self.follow(node, scope)?;
        if let Some(known) = self.bodies.headers.get(&std::ptr::from_ref(node)) {
            return known.clone().map(|it| Header { name, ..it });
        }
        let lowered = self.new_header(node, scope, name, home);
        self.bodies.headers.insert(node, lowered.clone());
        lowered
    }

    fn new_header(
        &mut self,
        node: &'s Node,
        scope: Scope,
        name: WireName,
        home: &Home,
    ) -> Option<Header> {
        self.entries(node, scope, Kind::Header)?;
        let typed = self.typed(openapi::header(node), node, scope, Kind::Header)?;
        Some(Header {
            name,
            presence: presence(typed.required),
            description: typed.description,
            schema: self.schema_or_content(node, scope, home),
            deprecated: typed.deprecated.unwrap_or_default(),
        })
    }

    /// Says that a header has no effect, since OpenAPI has another place for it.
    fn ignored_header(&mut self, scope: Scope, span: specsmith_json::Span, message: String) {
        let span = self.place(scope, span);
        let help = "media types and security schemes say what it holds";
        self.notes
            .push(Note::warn(code::IGNORED_KEYWORD, span, message).help(help));
    }

    fn content<'k>(
        &mut self,
        node: &'s Node,
        scope: Scope,
        media_types: impl Iterator<Item = &'k String>,
        home: impl Fn(&str) -> Home,
    ) -> Vec<Media> {
        let content = node.get("content");
        media_types
            .map(|media_type| {
                let media = content.and_then(|it| it.get(media_type));
                let mut holds = Media {
                    media_type: media_type.clone(),
                    schema: None,
                };
                let json = holds.is_json();
                holds.schema = media.and_then(|it| self.media(it, scope, home(media_type), json));
                holds
            })
            .collect()
    }

    /// `json`: whether examples are written as what the schema describes, and not as text.
    fn media(&mut self, node: &'s Node, scope: Scope, home: Home, json: bool) -> Option<SchemaId> {
        self.entries(node, scope, Kind::Media)?;
        let schema = self.schema(node.get("schema")?, scope, home);
        if json {
            self.shown(schema, node, scope);
        }
        Some(schema)
    }

    /// What a parameter or a header holds: its schema, or that of its one media type.
    fn schema_or_content(&mut self, node: &'s Node, scope: Scope, home: &Home) -> Option<SchemaId> {
        if let Some(schema) = node.get("schema") {
            let schema = self.schema(schema, scope, home.clone());
            self.shown(schema, node, scope);
            return Some(schema);
        }
        let content = node.get("content").and_then(Node::as_object);
        let Some(media) = content.and_then(|it| it.iter().next()) else {
            let span = self.place(scope, node.span);
            let message = "this has neither `schema` nor `content`, so that it accepts anything";
            self.notes
                .push(Note::warn(code::INVALID_OBJECT, span, message));
            return None;
        };
        let holds = Media {
            media_type: media.key.to_string(),
            schema: None,
        };
        self.media(&media.node, scope, home.clone(), holds.is_json())
    }

    /// Remembers the examples beside a schema.
    fn shown(&mut self, schema: SchemaId, node: &'s Node, scope: Scope) {
        if let Some(example) = node.get("example") {
            self.sample(schema, SampleKind::Example, scope, example);
        }
        for member in self.section(node, "examples", scope).into_iter().flatten() {
            let example = match member.node.get("$ref").and_then(Node::as_str) {
                Some(_) => {
                    let before = self.notes.len();
                    let found = self.follow(&member.node, scope);
                    let said = self.notes.split_off(before);
                    self.notes.extend(said.into_iter().map(Note::lighter));
                    found
                }
                None => Some((&member.node, scope)),
            };
            if let Some((example, scope)) = example
                && let Some(value) = example.get("value")
            {
                self.sample(schema, SampleKind::Example, scope, value);
            }
        }
    }

    /// The status that the key of a response means.
    pub(super) fn status(
        &mut self,
        key: &str,
        span: specsmith_diagnostics::Span,
    ) -> Option<Status> {
        if key == "default" {
            return Some(Status::Default);
        }
        let status = match openapi::status(key) {
            Some(StatusCode::Code(code)) => Some(Status::Code(code)),
            Some(StatusCode::Range(hundred)) => u8::try_from(hundred).ok().map(Status::Range),
            None => None,
        };
        if status.is_none() {
            let message = "this is no HTTP status, no range such as `4XX`, and not `default`";
            self.notes
                .push(Note::warn(code::INVALID_OBJECT, span, message));
        }
        status
    }
}

fn presence(required: bool) -> Presence {
    match required {
        true => Presence::Required,
        false => Presence::Optional,
    }
}

/// Whether a header is one of these: their names know no case.
fn is_one_of(name: &WireName, headers: &[&str]) -> bool {
    headers
        .iter()
        .any(|it| it.eq_ignore_ascii_case(name.as_str()))
}
