//! What operations send and receive besides JSON bodies: parameters, headers, forms.
//!
//! The parameters of one place are a record, as are the headers of a response; a body of another
//! media type is what its schema says. A server that reads a query or a form by serde reads them.

use specsmith_ir::{Direction, Operation, ParameterPlace, Presence, SchemaId, WireName};

use crate::build::Builder;
use crate::items::{ItemKind, Record, RecordField, Slot, Words};
use crate::names::Scope;
use crate::path::Path;
use crate::style::Messages;
use crate::view::Conj;

/// Where parameters are sent: the word that their type's name ends with, and what it is called.
const PLACES: [(ParameterPlace, &str, &str); 4] = [
    (ParameterPlace::Path, "Path", "Path parameters"),
    (ParameterPlace::Query, "Query", "Query"),
    (ParameterPlace::Header, "Headers", "Headers"),
    (ParameterPlace::Cookie, "Cookies", "Cookies"),
];

/// A parameter or a header.
struct Part<'a> {
    name: &'a WireName,
    schema: Option<SchemaId>,
    required: bool,
    description: Option<&'a str>,
    deprecated: bool,
}

impl Builder<'_> {
    /// The types, each with what it is of the operation; none where the style does not ask for them.
    pub(super) fn messages(
        &mut self,
        operation: &Operation,
        name: &Path<'_>,
    ) -> Vec<(String, Slot)> {
        match self.style.messages {
            Messages::Json => return Vec::new(),
            Messages::All => {}
        }
        let label = operation.label();
        let mut all = Vec::new();
        for (place, word, says) in PLACES {
            let parts = operation.parameters.iter().filter(|it| it.place == place);
            let parts: Vec<Part<'_>> = parts
                .map(|it| Part {
                    name: &it.name,
                    schema: it.schema,
                    required: it.presence == Presence::Required,
                    description: it.description.as_deref(),
                    deprecated: it.deprecated,
                })
                .collect();
            let about = Words {
                title: Some(format!("{says} of several operations.")),
                description: Some(format!("{says} of `{label}`.")),
                ..Words::default()
            };
            let path = name.with(word);
            let slot = self.parts(&parts, Direction::Request, &path, about);
            all.extend(slot.map(|slot| (says.to_owned(), slot)));
        }
        for media in operation.request.iter().flat_map(|body| &body.content) {
            if let (false, Some(schema)) = (media.is_json(), media.schema) {
                let path = name.with(form_word(&media.media_type));
                let slot = self.slot(&Conj::of(schema), Direction::Request, &path);
                all.push((media.media_type.clone(), slot));
            }
        }
        for response in &operation.responses {
            let status = response.status.to_string();
            let below = name.with(&status);
            let headers: Vec<Part<'_>> = response
                .headers
                .iter()
                .map(|it| Part {
                    name: &it.name,
                    schema: it.schema,
                    required: it.presence == Presence::Required,
                    description: it.description.as_deref(),
                    deprecated: it.deprecated,
                })
                .collect();
            let about = Words {
                title: Some("Headers of several answers.".to_owned()),
                description: Some(format!("Headers of the answer {status} to `{label}`.")),
                ..Words::default()
            };
            let path = below.with("Headers");
            let slot = self.parts(&headers, Direction::Response, &path, about);
            all.extend(slot.map(|slot| (format!("Headers of {status}"), slot)));
            for media in &response.content {
                if let (false, Some(schema)) = (media.is_json(), media.schema) {
                    let path = below.with("Body");
                    let slot = self.slot(&Conj::of(schema), Direction::Response, &path);
                    all.push((format!("{status} as {}", media.media_type), slot));
                }
            }
        }
        all
    }

    /// The record that these are the properties of, if there are any. Where several operations have
    /// the same, the title of `about` is what is left of it.
    fn parts(
        &mut self,
        parts: &[Part<'_>],
        direction: Direction,
        path: &Path<'_>,
        about: Words,
    ) -> Option<Slot> {
        if parts.is_empty() {
            return None;
        }
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(parts.len());
        for part in parts {
            let wire = part.name.as_str();
            let slot = match part.schema {
                Some(schema) => self.slot(&Conj::of(schema), direction, &path.with(wire)),
                None => Slot::any(),
            };
            let mut words = self.words(part.schema.as_slice());
            if let Some(description) = part.description {
                words.description = Some(description.to_owned());
            }
            words.deprecated |= part.deprecated;
            fields.push(RecordField {
                wire: wire.to_owned(),
                name: scope.field(wire),
                slot,
                required: part.required,
                words,
            });
        }
        let record = Record {
            fields,
            ..Record::default()
        };
        let order = self.next_order();
        Some(Slot::new(self.intern(
            ItemKind::Record(record),
            path,
            order,
            about,
        )))
    }
}

/// What the type of a body is called after its media type.
fn form_word(media_type: &str) -> &'static str {
    let media_type = media_type.to_ascii_lowercase();
    if media_type.starts_with("application/x-www-form-urlencoded") {
        "Form"
    } else if media_type.starts_with("multipart/") {
        "Multipart"
    } else {
        "Body"
    }
}
