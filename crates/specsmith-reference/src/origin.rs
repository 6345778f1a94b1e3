//! From an error to the keyword that it comes from, as the document has it.

use std::borrow::Cow;

use jsonschema::ValidationError;
use specsmith_diagnostics::Span;
use specsmith_ir::Dialect;
use specsmith_json::{Node, pointer};

use crate::documents::{Found, Place, decoded, parts};
use crate::judge::{Reference, last_token};
use crate::{exact, v3_0};

/// The keyword that an error comes from, as the document has it.
pub(crate) struct Origin<'a> {
    pub(crate) place: Place,
    /// The last step of the place.
    pub(crate) keyword: String,
    /// Whether the crate names something further in that the document does not have.
    made_up: bool,
    pub(crate) found: Found<'a>,
    pub(crate) spec: Option<Span>,
    /// Whether the schema takes null beside its type, as OpenAPI 3.0 says it.
    pub(crate) nullable: bool,
}

impl<'a> Origin<'a> {
    /// The keyword that an error comes from.
    pub(crate) fn of(reference: &Reference<'a>, error: &ValidationError<'_>) -> Option<Self> {
        let documents = reference.documents();
        let mut place = match error.absolute_keyword_location().map(parts) {
            Some((resource, fragment)) if !documents.is_document(resource) => {
                documents.place_in_resource(resource, &decoded(fragment)?)?
            }
            Some((_, fragment)) => place_in_entry(reference, &decoded(fragment)?)?,
            // Of matches that were given up only the location in the document is told.
            None => place_in_entry(reference, error.schema_path().as_str())?,
        };
        let last = last_token(&place.pointer).unwrap_or_default();
        let keyword = exact::original(&last);
        if keyword != last {
            place.pointer.truncate(place.pointer.len() - last.len());
            place.pointer.push_str(keyword);
        }
        Self::at(reference, place)
    }

    /// The keyword at a place, or the one around it.
    pub(crate) fn at(reference: &Reference<'a>, mut place: Place) -> Option<Self> {
        let documents = reference.documents();
        // The crate makes schemas of its own of what is not one, as under `dependentRequired`.
        let mut made_up = false;
        let found = loop {
            if let Some(found) = documents.find(&place) {
                break found;
            }
            made_up = true;
            place.pointer.truncate(place.pointer.rfind('/')?);
        };
        let document = documents.document(place.document);
        let is_3_0 = document.is_some_and(|it| it.dialect == Dialect::V3_0);
        Some(Self {
            keyword: last_token(&place.pointer).unwrap_or_default(),
            made_up,
            spec: document.map(|it| it.span(found.span)),
            nullable: is_3_0 && found.parent.is_some_and(v3_0::nullable),
            place,
            found,
        })
    }

    /// The place of another keyword of the same schema.
    pub(crate) fn sibling(&self, keyword: &str) -> Place {
        let mut place = self.place.clone();
        let end = place.pointer.rfind('/').unwrap_or_default();
        place.pointer.truncate(end);
        pointer::push_key(&mut place.pointer, keyword);
        place
    }

    /// The property of `object` whose presence asks for `missing`, if this is such a rule.
    pub(crate) fn depends_on(&self, object: &Node, missing: &str) -> Option<Cow<'static, str>> {
        if !self.made_up || self.keyword != "dependentRequired" {
            return None;
        }
        let mut rules = self.found.node.as_object()?.iter();
        let by = rules.find(|rule| {
            let asked = rule.node.as_array().unwrap_or_default();
            object.get(&rule.key).is_some() && asked.iter().any(|it| it.as_str() == Some(missing))
        })?;
        Some(Cow::Owned(by.key.to_string()))
    }
}

/// Where something in a rewritten document came from.
fn place_in_entry(reference: &Reference<'_>, way: &str) -> Option<Place> {
    let way = way.strip_prefix("/$defs/")?;
    let end = way.find('/').unwrap_or(way.len());
    let (number, rest) = way.split_at(end);
    let entry = reference.entry(number.parse().ok()?)?;
    Some(Place {
        document: entry.document,
        pointer: format!("{}{rest}", entry.pointer),
    })
}
