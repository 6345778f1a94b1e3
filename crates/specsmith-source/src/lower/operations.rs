//! Operations: on paths, as webhooks and as callbacks.

use specsmith_ir::{
    DocumentId, Method, Operation, OperationId, OperationKind, Parameter, Requirement, Response,
    WireName,
};
use specsmith_json::Node;

use super::body::Owner;
use super::fields::Kind;
use super::{Lowering, whole};
use crate::code;
use crate::notes::Note;
use crate::openapi;
use crate::resolve::Scope;
use crate::specification::Document;

/// How deep callbacks of callbacks are followed.
const DEEPEST_CALLBACK: usize = 4;

/// Where a path item stands.
struct Around<'a> {
    document: DocumentId,
    kind: OperationKind,
    path: &'a str,
    security: &'a [Vec<Requirement>],
    /// How many callbacks are around it.
    depth: usize,
}

impl<'s> Lowering<'s> {
    /// The operations of a document, in the order written: those on paths, then webhooks; callbacks
    /// behind the operation that brings them about.
    pub(super) fn operations(&mut self, id: DocumentId, document: &'s Document) {
        let scope = whole(id);
        let root = &document.root;
        if root.get("openapi").is_none() {
            return;
        }
        let security = self.security_of_document(root, scope);
        for (section, kind) in [
            ("paths", OperationKind::Path),
            ("webhooks", OperationKind::Webhook),
        ] {
            let Some(items) = self.section(root, section, scope) else {
                continue;
            };
            for member in items {
                if member.key.starts_with("x-") {
                    continue;
                }
                if kind == OperationKind::Path && !member.key.starts_with('/') {
                    let span = self.place(scope, member.key_span);
                    let message = "this path does not begin with `/`";
                    self.notes
                        .push(Note::warn(code::INVALID_PATH, span, message));
                }
                let around = Around {
                    document: id,
                    kind: kind.clone(),
                    path: &member.key,
                    security: &security,
                    depth: 0,
                };
                self.path_item(&member.node, scope, &around);
            }
        }
    }

    fn path_item(&mut self, node: &'s Node, scope: Scope, around: &Around<'_>) {
        // Beside a reference there may be operations too.
        if node.get("$ref").is_some()
            && let Some((target, scope)) = self.follow(node, scope)
        {
            self.methods(target, scope, around);
        }
        self.methods(node, scope, around);
    }

    fn methods(&mut self, node: &'s Node, scope: Scope, around: &Around<'_>) {
        let Some(object) = self.entries(node, scope, Kind::PathItem) else {
            return;
        };
        let shared = self.list(node, "parameters", scope);
        for member in object {
            if let Some(method) = method(&member.key) {
                self.operation(&member.node, scope, method, shared, around);
            }
        }
    }

    fn operation(
        &mut self,
        node: &'s Node,
        scope: Scope,
        method: Method,
        shared: &'s [Node],
        around: &Around<'_>,
    ) {
        if self.entries(node, scope, Kind::Operation).is_none() {
            return;
        }
        let Some(typed) = self.typed(openapi::operation(node), node, scope, Kind::Operation) else {
            return;
        };
        let at = self.model.operations.len();
        let id = OperationId(u32::try_from(at).unwrap_or(u32::MAX));
        let owner = Owner::Operation(id);
        if let Some(name) = &typed.operation_id {
            self.note_operation_id(node, scope, name);
        }
        let security = match (&typed.security, node.get("security")) {
            (Some(requirements), Some(node)) => {
                self.requirements(requirements, node, scope, around.document)
            }
            (_, _) => around.security.to_vec(),
        };
        self.model.operations.push(Operation {
            document: around.document,
            kind: around.kind.clone(),
            method,
            path: around.path.to_owned(),
            id: typed.operation_id.map(WireName),
            summary: typed.summary,
            description: typed.description,
            tags: typed.tags,
            deprecated: typed.deprecated,
            parameters: Vec::new(),
            request: None,
            responses: Vec::new(),
            security,
        });
        let parameters = self.parameters(node, scope, shared, &owner);
        let request = node
            .get("requestBody")
            .and_then(|it| self.request(it, scope, &owner));
        let responses = self.responses(node, scope, &owner);
        if let Some(operation) = self.model.operations.get_mut(at) {
            operation.parameters = parameters;
            operation.request = request;
            operation.responses = responses;
        }
        if around.depth < DEEPEST_CALLBACK {
            self.callbacks(node, scope, id, around);
        }
    }

    fn note_operation_id(&mut self, node: &'s Node, scope: Scope, name: &str) {
        let Some(entry) = node.get("operationId") else {
            return;
        };
        let span = self.place(scope, entry.span);
        let key = (scope.document, name.to_owned());
        if let Some(first) = self.operation_ids.get(&key) {
            // The same operation may be reached by several paths.
            if *first != span {
                let message = "another operation has this operationId";
                let note = Note::warn(code::DUPLICATE_OPERATION, span, message);
                self.notes.push(note.see("it stands here first", *first));
            }
        } else {
            self.operation_ids.insert(key, span);
        }
    }

    /// The parameters of an operation, then those of its path that it does not list itself.
    fn parameters(
        &mut self,
        node: &'s Node,
        scope: Scope,
        shared: &'s [Node],
        owner: &Owner,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let known = |all: &[Parameter], new: &Parameter| {
            let mut all = all.iter();
            all.any(|it| it.name == new.name && it.place == new.place)
        };
        for entry in self.list(node, "parameters", scope) {
            if let Some(parameter) = self.parameter(entry, scope, owner) {
                if known(&parameters, &parameter) {
                    let span = self.place(scope, entry.span);
                    let message = "this operation lists the parameter before";
                    self.notes
                        .push(Note::warn(code::DUPLICATE_PARAMETER, span, message));
                } else {
                    parameters.push(parameter);
                }
            }
        }
        for entry in shared {
            if let Some(parameter) = self.parameter(entry, scope, owner)
                && !known(&parameters, &parameter)
            {
                parameters.push(parameter);
            }
        }
        parameters
    }

    fn responses(&mut self, node: &'s Node, scope: Scope, owner: &Owner) -> Vec<Response> {
        let mut responses = Vec::new();
        for member in self.section(node, "responses", scope).into_iter().flatten() {
            if member.key.starts_with("x-") {
                continue;
            }
            let key = self.place(scope, member.key_span);
            if let Some(status) = self.status(&member.key, key) {
                responses.extend(self.response(&member.node, scope, status, owner));
            }
        }
        responses
    }

    fn callbacks(&mut self, node: &'s Node, scope: Scope, of: OperationId, around: &Around<'_>) {
        for member in self.section(node, "callbacks", scope).into_iter().flatten() {
            let Some((callback, scope)) = self.follow(&member.node, scope) else {
                continue;
            };
            for item in callback.as_object().into_iter().flatten() {
                if item.key.starts_with("x-") {
                    continue;
                }
                let around = Around {
                    document: around.document,
                    kind: OperationKind::Callback {
                        of,
                        name: WireName::from(&*member.key),
                    },
                    path: &item.key,
                    security: around.security,
                    depth: around.depth + 1,
                };
                self.path_item(&item.node, scope, &around);
            }
        }
    }
}

fn method(key: &str) -> Option<Method> {
    Method::ALL
        .into_iter()
        .find(|it| it.as_str().to_ascii_lowercase() == key)
}
