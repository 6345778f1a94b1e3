//! References: to schemas, to other things that have a name, and from discriminators.

use specsmith_diagnostics::Span;
use specsmith_ir::{Applied, Discriminator, DocumentId, Facet, SchemaId, WireName};
use specsmith_json::{Node, Value};

use super::draft::Draft;
use super::value::Entry;
use super::{Lowering, Sample, SampleKind};
use crate::notes::Note;
use crate::resolve::{Failure, Scope, Target};
use crate::{code, links};

/// How many references may follow one another before they lead to something.
const LONGEST_CHAIN: usize = 64;

impl<'s> Lowering<'s> {
    pub(super) fn reference_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
    ) {
        let Some(reference) = self.text(entry) else {
            draft.notes.unread = true;
            return;
        };
        let span = self.place(entry.scope, entry.node.span);
        let Some(target) = self.schema_target(entry.scope, reference, span) else {
            draft.notes.unread = true;
            return;
        };
        let dynamic = name == "$dynamicRef" && target.dynamic;
        let anchor = target.name.clone();
        let schema = self.target(target);
        let (applied, facet) = match dynamic {
            true => (
                Applied::DynamicRef {
                    anchor,
                    fallback: schema,
                },
                Facet::DynamicRef,
            ),
            // Without a dynamic anchor at its target it is a reference like any other.
            false => (Applied::Ref(schema), Facet::Ref),
        };
        self.record(id, facet, entry.key);
        draft.applied.push(applied);
    }

    /// The schema that a reference leads to; if there is none, that has been said.
    fn schema_target(&mut self, scope: Scope, reference: &str, span: Span) -> Option<Target<'s>> {
        let target = match self.index.resolve(scope, reference) {
            Ok(target) => target,
            Err(failure) => {
                self.unresolved(&failure, span);
                return None;
            }
        };
        if target.astray {
            let message =
                "inside this `$id` the reference leads to nothing; it is read from the document";
            self.notes
                .push(Note::warn(code::REFERENCE_BASE, span, message).help("remove the `$id`"));
        }
        match target.node.value {
            Value::Object(_) | Value::Boolean(_) => Some(target),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let message = "this reference leads to something that is no schema";
                self.notes
                    .push(Note::deny(code::WRONG_TARGET, span, message));
                None
            }
        }
    }

    fn unresolved(&mut self, failure: &Failure<'s>, span: Span) {
        let note = match failure {
            Failure::Broken => {
                let message = "what stands behind the `#` is no JSON pointer";
                Note::deny(code::INVALID_REFERENCE, span, message)
                    .help("write `~0` for `~`, `~1` for `/` and `%25` for `%` in a name")
            }
            Failure::NoDocument if self.specification.dangling.contains(&span) => return,
            Failure::NoDocument => {
                let message = "this reference leads to a document that is not read";
                Note::deny(code::MISSING_FILE, span, message)
            }
            Failure::Nothing { .. } => {
                let message = "this reference leads to nothing";
                match failure.near() {
                    Some(near) => Note::deny(code::MISSING_TARGET, span, message)
                        .help(format!("did you mean `{near}`?")),
                    // No slip of the pen: whoever wrote the document left it out.
                    None => Note::warn(code::MISSING_TARGET, span, message)
                        .help("what refers to it accepts any value"),
                }
            }
        };
        self.notes.push(note);
    }

    /// What stands at a place, references followed. If they lead nowhere, that has been said.
    pub(super) fn follow(&mut self, node: &'s Node, scope: Scope) -> Option<(&'s Node, Scope)> {
        let (mut node, mut scope) = (node, scope);
        for _ in 0..LONGEST_CHAIN {
            let Some(entry) = node.get("$ref") else {
                return Some((node, scope));
            };
            let span = self.place(scope, entry.span);
            let Some(reference) = entry.as_str() else {
                let message = "`$ref` must be a string";
                self.notes
                    .push(Note::deny(code::INVALID_REFERENCE, span, message));
                return None;
            };
            match self.index.resolve(scope, reference) {
                Ok(target) if target.node.as_object().is_some() => {
                    (node, scope) = (target.node, target.scope);
                }
                Ok(_) => {
                    let message = "this reference leads to something that is no object";
                    self.notes
                        .push(Note::deny(code::WRONG_TARGET, span, message));
                    return None;
                }
                Err(failure) => {
                    self.unresolved(&failure, span);
                    return None;
                }
            }
        }
        let span = self.place(scope, node.span);
        let message = "the references from here lead back to here";
        self.notes
            .push(Note::warn(code::REFERENCE_CYCLE, span, message));
        None
    }

    pub(super) fn discriminator(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>) {
        let Some(object) = entry.node.as_object() else {
            return self.invalid(entry, entry.node, "an object");
        };
        let Some(property) = object.get("propertyName").and_then(Node::as_str) else {
            let message = "`discriminator` has no `propertyName`".to_owned();
            return self.passed_over(entry, entry.node, message);
        };
        let mut mapping = Vec::new();
        for member in object
            .get("mapping")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let Some(name) = member.node.as_str() else {
                self.invalid(entry, &member.node, "a name or a reference");
                continue;
            };
            if let Some(target) = self.mapped(entry.scope, name, &member.node) {
                mapping.push((member.key.to_string(), self.target(target)));
            }
        }
        self.record(id, Facet::Discriminator, entry.key);
        draft.notes.discriminator = Some(Discriminator {
            property: WireName::from(property),
            mapping,
        });
    }

    /// The schema that a mapping names: the name of a definition, or a reference.
    fn mapped(&mut self, scope: Scope, name: &str, node: &Node) -> Option<Target<'s>> {
        let mut found = Err(Failure::Broken);
        if links::is_address(name) {
            found = self.index.resolve(scope, name);
        }
        if found.is_err() {
            let escaped = specsmith_json::pointer::escape(name).replace('%', "%25");
            let reference = format!("#/components/schemas/{escaped}");
            // A file that is only referred to uses the names of the document that was asked for.
            let documents = [scope.document, DocumentId(0)];
            let mut scopes = documents.into_iter().map(super::whole);
            found = scopes
                .find_map(|it| self.index.resolve(it, &reference).ok())
                .ok_or(Failure::Broken);
        }
        match found {
            Ok(target) if target.node.as_object().is_some() => Some(target),
            Ok(_) | Err(_) => {
                let span = self.place(scope, node.span);
                // Of a file that is not there, loading has said so.
                if !self.specification.dangling.contains(&span) {
                    let message = "this entry of `mapping` names no schema";
                    self.notes
                        .push(Note::warn(code::INVALID_KEYWORD, span, message));
                }
                None
            }
        }
    }

    /// Remembers a value that is shown for a schema.
    pub(super) fn sample(
        &mut self,
        schema: SchemaId,
        kind: SampleKind,
        scope: Scope,
        node: &'s Node,
    ) {
        self.samples.push(Sample {
            schema,
            kind,
            scope,
            node,
        });
    }
}
