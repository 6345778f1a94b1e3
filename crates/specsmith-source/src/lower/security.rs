//! Who may call: the schemes that a document defines, and what operations ask for.

use specsmith_ir::{
    DocumentId, ParameterPlace, Requirement, SecurityScheme, SecuritySchemeKind, WireName,
};
use specsmith_json::Node;

use super::Lowering;
use super::fields::Kind;
use crate::code;
use crate::notes::{Note, did_you_mean};
use crate::openapi::{self, APIKeyLocation, SecurityRequirement};
use crate::resolve::Scope;

impl<'s> Lowering<'s> {
    /// The schemes that a document defines, in the order written.
    pub(super) fn security_schemes(&mut self, root: &'s Node, scope: Scope) -> Vec<SecurityScheme> {
        let components = root.get("components");
        let schemes = components.and_then(|it| it.get("securitySchemes")?.as_object());
        let mut lowered = Vec::new();
        for member in schemes.into_iter().flatten() {
            let Some((node, scope)) = self.follow(&member.node, scope) else {
                continue;
            };
            if self.entries(node, scope, Kind::SecurityScheme).is_some() {
                lowered.push(self.scheme(&member.key, node, scope));
            }
        }
        lowered
    }

    fn scheme(&mut self, name: &str, node: &'s Node, scope: Scope) -> SecurityScheme {
        let text = |key| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let other = |description| SecurityScheme {
            name: WireName::from(name),
            kind: SecuritySchemeKind::Other {
                kind: text("type").unwrap_or_default(),
            },
            description,
        };
        // 3.1 has it, the typed view does not.
        if node.get("type").and_then(Node::as_str) == Some("mutualTLS") {
            return other(text("description"));
        }
        let typed = self.typed(
            openapi::security_scheme(node),
            node,
            scope,
            Kind::SecurityScheme,
        );
        let (kind, description) = match typed {
            Some(openapi::SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            }) => {
                let place = match location {
                    APIKeyLocation::Query => ParameterPlace::Query,
                    APIKeyLocation::Header => ParameterPlace::Header,
                    APIKeyLocation::Cookie => ParameterPlace::Cookie,
                };
                (SecuritySchemeKind::ApiKey { place, name }, description)
            }
            Some(openapi::SecurityScheme::HTTP {
                scheme,
                description,
                ..
            }) => (SecuritySchemeKind::Http { scheme }, description),
            Some(
                openapi::SecurityScheme::OAuth2 { description, .. }
                | openapi::SecurityScheme::OpenIDConnect { description, .. },
            ) => return other(description),
            None => return other(text("description")),
        };
        SecurityScheme {
            name: WireName::from(name),
            kind,
            description,
        }
    }

    /// The requirements that a document makes of operations that make none.
    pub(super) fn security_of_document(
        &mut self,
        root: &'s Node,
        scope: Scope,
    ) -> Vec<Vec<Requirement>> {
        let Some(node) = root.get("security") else {
            return Vec::new();
        };
        match openapi::security(node) {
            Ok(requirements) => self.requirements(&requirements, node, scope, scope.document),
            Err(message) => {
                let span = self.place(scope, node.span);
                let message = format!("`security` is not as OpenAPI has it: {message}");
                self.notes
                    .push(Note::warn(code::INVALID_OBJECT, span, message));
                Vec::new()
            }
        }
    }

    /// Requirements as the typed view has them; schemes that `document` does not define are said.
    pub(super) fn requirements(
        &mut self,
        requirements: &[SecurityRequirement],
        node: &'s Node,
        scope: Scope,
        document: DocumentId,
    ) -> Vec<Vec<Requirement>> {
        let defined: Vec<String> = self
            .model
            .documents
            .get(document.0 as usize)
            .map(|it| it.security_schemes.iter())
            .into_iter()
            .flatten()
            .map(|it| it.name.0.clone())
            .collect();
        for alternative in node.as_array().into_iter().flatten() {
            for member in alternative.as_object().into_iter().flatten() {
                if !defined.iter().any(|it| **it == *member.key) {
                    let span = self.place(scope, member.key_span);
                    let message = format!("there is no security scheme `{}`", member.key);
                    let help = did_you_mean(&member.key, defined.iter().map(String::as_str));
                    let note = Note::warn(code::UNKNOWN_SCHEME, span, message);
                    self.notes.push(note.help_if(help));
                }
            }
        }
        let alternatives = requirements.iter().map(|alternative| {
            let all = alternative.iter().map(|(scheme, scopes)| Requirement {
                scheme: WireName::from(scheme.as_str()),
                scopes: scopes.clone(),
            });
            all.collect()
        });
        alternatives.collect()
    }
}
