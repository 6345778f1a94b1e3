//! The entries that OpenAPI knows of each kind of object that is no schema.

use specsmith_json::{Node, Object};

use super::Lowering;
use crate::code;
use crate::notes::{Note, did_you_mean};
use crate::openapi::Typed;
use crate::resolve::Scope;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Info,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Response,
    Media,
    SecurityScheme,
    Server,
}

impl Kind {
    /// The entries that any version read knows.
    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Root => &[
                "openapi",
                "info",
                "jsonSchemaDialect",
                "servers",
                "paths",
                "webhooks",
                "components",
                "security",
                "tags",
                "externalDocs",
            ],
            Self::Info => &[
                "title",
                "summary",
                "description",
                "termsOfService",
                "contact",
                "license",
                "version",
            ],
            Self::Components => &[
                "schemas",
                "responses",
                "parameters",
                "examples",
                "requestBodies",
                "headers",
                "securitySchemes",
                "links",
                "callbacks",
                "pathItems",
            ],
            Self::PathItem => &[
                "$ref",
                "summary",
                "description",
                "get",
                "put",
                "post",
                "delete",
                "options",
                "head",
                "patch",
                "trace",
                "servers",
                "parameters",
            ],
            Self::Operation => &[
                "tags",
                "summary",
                "description",
                "externalDocs",
                "operationId",
                "parameters",
                "requestBody",
                "responses",
                "callbacks",
                "deprecated",
                "security",
                "servers",
            ],
            Self::Parameter => &[
                "name",
                "in",
                "description",
                "required",
                "deprecated",
                "allowEmptyValue",
                "style",
                "explode",
                "allowReserved",
                "schema",
                "example",
                "examples",
                "content",
            ],
            Self::Header => &[
                "description",
                "required",
                "deprecated",
                "allowEmptyValue",
                "style",
                "explode",
                "allowReserved",
                "schema",
                "example",
                "examples",
                "content",
            ],
            Self::RequestBody => &["description", "content", "required"],
            Self::Response => &["description", "headers", "content", "links"],
            Self::Media => &["schema", "example", "examples", "encoding"],
            Self::SecurityScheme => &[
                "type",
                "description",
                "name",
                "in",
                "scheme",
                "bearerFormat",
                "flows",
                "openIdConnectUrl",
            ],
            Self::Server => &["url", "description", "variables"],
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Root => "an OpenAPI document",
            Self::Info => "`info`",
            Self::Components => "`components`",
            Self::PathItem => "a path",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
            Self::Media => "a media type",
            Self::SecurityScheme => "a security scheme",
            Self::Server => "a server",
        }
    }
}

impl<'s> Lowering<'s> {
    /// The entries of an object, or nothing and a finding where it is none. Entries that OpenAPI
    /// does not know are said.
    pub(super) fn entries(
        &mut self,
        node: &'s Node,
        scope: Scope,
        kind: Kind,
    ) -> Option<&'s Object> {
        let Some(object) = node.as_object() else {
            let span = self.place(scope, node.span);
            let message = format!(
                "{} must be an object, not {}",
                kind.as_str(),
                super::kind(node)
            );
            self.notes
                .push(Note::warn(code::INVALID_OBJECT, span, message));
            return None;
        };
        let fields = kind.fields();
        for member in object {
            if member.key.starts_with("x-") || fields.contains(&&*member.key) {
                continue;
            }
            let span = self.place(scope, member.key_span);
            let message = format!("`{}` is no entry of {}", member.key, kind.as_str());
            let help = did_you_mean(&member.key, fields.iter().copied());
            self.notes
                .push(Note::warn(code::UNKNOWN_KEYWORD, span, message).help_if(help));
        }
        Some(object)
    }

    /// A map of names inside an object, if it is there.
    pub(super) fn section(
        &mut self,
        node: &'s Node,
        name: &str,
        scope: Scope,
    ) -> Option<&'s Object> {
        let section = node.get(name)?;
        if section.as_object().is_none() {
            self.of_wrong_kind(section, name, scope, "an object");
        }
        section.as_object()
    }

    /// A list inside an object; empty if it is not there.
    pub(super) fn list(&mut self, node: &'s Node, name: &str, scope: Scope) -> &'s [Node] {
        let Some(list) = node.get(name) else {
            return &[];
        };
        if list.as_array().is_none() {
            self.of_wrong_kind(list, name, scope, "a list");
        }
        list.as_array().unwrap_or_default()
    }

    fn of_wrong_kind(&mut self, node: &Node, name: &str, scope: Scope, wanted: &str) {
        let span = self.place(scope, node.span);
        let message = format!("`{name}` must be {wanted}, not {}", super::kind(node));
        self.notes
            .push(Note::warn(code::INVALID_OBJECT, span, message));
    }

    /// The typed view of an object; what it refuses is said where it stands.
    pub(super) fn typed<T>(
        &mut self,
        typed: Typed<T>,
        node: &'s Node,
        scope: Scope,
        kind: Kind,
    ) -> Option<T> {
        for refusal in typed.refusals {
            let (span, what) = match refusal.field.and_then(|it| node.as_object()?.member(it)) {
                Some(member) => (member.node.span, format!("`{}`", member.key)),
                None => (node.span, kind.as_str().to_owned()),
            };
            let span = self.place(scope, span);
            let message = format!("{what} is not as OpenAPI has it: {}", refusal.message);
            self.notes
                .push(Note::warn(code::INVALID_OBJECT, span, message));
        }
        typed.view
    }
}
