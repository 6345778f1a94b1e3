//! The raw documents as JSON Schema: what is reached from one schema, in place, keyword by keyword.
//!
//! Each schema that OpenAPI gives a place to (a component, a body, a parameter) becomes an entry
//! of `$defs` in the rewritten document, so that the crate finds the `$id`s and anchors in it;
//! inside an entry nothing moves. What the dialect does not know is left out, and so is a keyword
//! whose value is of the wrong kind: reading the documents says so already.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Schema};
use specsmith_diagnostics::Finding;
use specsmith_ir::{Dialect, Direction};
use specsmith_json::{Node, Value, pointer};

use crate::documents::{Base, Documents, Meaning, Place, encoded};
use crate::finding::{self, Refusal};
use crate::grammar::{self, Holds};
use crate::keyword::{is_schema, strings};
use crate::{ecma, v3_0, v3_1};

/// What is being rewritten, and what was found wrong on the way.
pub(crate) struct Rewriting<'a> {
    pub(crate) documents: &'a Documents<'a>,
    pub(crate) direction: Direction,
    pub(crate) findings: Vec<Finding>,
    /// The schemas under `contains` whose fits are counted, and their URIs.
    pub(crate) counted: BTreeMap<Place, String>,
    /// The documents of which something was reached.
    opened: BTreeSet<usize>,
    entries: Vec<Place>,
    numbers: BTreeMap<Place, usize>,
    /// Where the schemas are that are meant by a URI of their own.
    aliases: BTreeMap<String, String>,
}

/// Where a schema stands while it is rewritten.
#[derive(Clone, Debug)]
pub(crate) struct Here {
    pub(crate) place: Place,
    pub(crate) base: Base,
    pub(crate) dialect: Dialect,
}

impl Here {
    /// The same, some steps further.
    pub(crate) fn step(&self, way: &str) -> Self {
        let mut further = self.clone();
        further.place.pointer.push_str(way);
        further
    }

    /// The same, at a property.
    pub(crate) fn at(&self, key: &str) -> Self {
        let mut further = self.clone();
        pointer::push_key(&mut further.place.pointer, key);
        further
    }
}

/// What the crate is given.
pub(crate) struct Rewritten {
    /// One for each document of which something is reached.
    pub(crate) documents: Vec<(String, Schema)>,
    /// The URI of the schema that was asked for.
    pub(crate) root: String,
    /// The places of the entries of `$defs`, by their name there.
    pub(crate) entries: Vec<Place>,
    /// The schemas under `contains` whose fits are counted, and their URIs.
    pub(crate) counted: BTreeMap<Place, String>,
    /// Where the schemas are that are meant by a URI of their own.
    pub(crate) aliases: BTreeMap<String, String>,
}

/// Rewrites what is reached from a place; or all that stands in the way.
pub(crate) fn rewrite(
    documents: &Documents<'_>,
    root: &Place,
    direction: Direction,
) -> Result<Rewritten, Vec<Finding>> {
    let mut this = Rewriting {
        documents,
        direction,
        findings: Vec::new(),
        counted: BTreeMap::new(),
        opened: BTreeSet::new(),
        entries: Vec::new(),
        numbers: BTreeMap::new(),
        aliases: BTreeMap::new(),
    };
    let uri = this.reach(root);
    let mut written: BTreeMap<usize, Map<String, Schema>> = BTreeMap::new();
    let mut next = 0;
    // Rewriting an entry may reach others, which queue behind it.
    while let Some(place) = this.entries.get(next).cloned() {
        let schema = this.entry(&place);
        written
            .entry(place.document)
            .or_default()
            .insert(next.to_string(), schema);
        next += 1;
    }
    match uri {
        Some(root) if this.findings.is_empty() => Ok(Rewritten {
            documents: written
                .into_iter()
                .filter_map(|(index, entries)| {
                    let uri = documents.uri(index)?.to_string();
                    let whole = Map::from_iter([("$defs".to_owned(), Schema::Object(entries))]);
                    Some((uri, Schema::Object(whole)))
                })
                .collect(),
            root,
            entries: this.entries,
            counted: this.counted,
            aliases: this.aliases,
        }),
        Some(_) | None => Err(this.findings),
    }
}

impl Rewriting<'_> {
    /// The URI of a place in the rewritten documents; the place is rewritten in due course.
    pub(crate) fn reach(&mut self, place: &Place) -> Option<String> {
        let document = self.documents.document(place.document)?;
        if self.opened.insert(place.document) && self.documents.has_names(place.document) {
            // A part may be meant by name from anywhere, and a dynamic reference may mean any.
            for pointer in grammar::schemas(&document.root) {
                self.number(Place {
                    document: place.document,
                    pointer,
                });
            }
        }
        let tokens = pointer::tokens(&place.pointer)?;
        let outer = grammar::outermost_schema(&tokens).filter(|taken| {
            let rest = tokens.get(*taken..).unwrap_or_default();
            grammar::leads_to_schema(document.dialect, rest)
        });
        let (entry, rest) = tokens.split_at(outer.unwrap_or(tokens.len()));
        let number = self.number(Place {
            document: place.document,
            pointer: joined(entry),
        });
        let uri = self.documents.uri(place.document)?;
        Some(format!("{uri}#/$defs/{number}{}", encoded(&joined(rest))))
    }

    /// Notes that what fits a schema is counted.
    pub(crate) fn count(&mut self, schema: Place) {
        if let Some(uri) = self.reach(&schema) {
            self.counted.insert(schema, uri);
        }
    }

    fn number(&mut self, entry: Place) -> usize {
        if let Some(number) = self.numbers.get(&entry) {
            return *number;
        }
        let number = self.entries.len();
        self.entries.push(entry.clone());
        self.numbers.insert(entry, number);
        number
    }

    fn entry(&mut self, place: &Place) -> Schema {
        let document = self.documents.document(place.document);
        let (Some(document), Some(found)) = (document, self.documents.find(place)) else {
            return Schema::Bool(true);
        };
        let here = Here {
            place: place.clone(),
            base: Base::Document,
            dialect: document.dialect,
        };
        self.schema(found.node, &here)
    }

    /// One schema.
    pub(crate) fn schema(&mut self, schema: &Node, here: &Here) -> Schema {
        match &schema.value {
            Value::Boolean(value) => Schema::Bool(*value),
            Value::Object(_) => {
                let mut here = here.clone();
                let mut out = Map::new();
                match here.dialect {
                    Dialect::V3_0 => v3_0::rewrite(self, schema, &here, &mut out),
                    Dialect::V3_1 => {
                        let document = here.place.document;
                        here.base = self.documents.base(document, &here.base, schema);
                        v3_1::rewrite(self, schema, &here, &mut out);
                    }
                }
                Schema::Object(out)
            }
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Schema::Bool(true)
            }
        }
    }

    /// The schemas that a keyword holds.
    pub(crate) fn held(&mut self, holds: Holds, value: &Node, here: &Here) -> Option<Schema> {
        match (holds, &value.value) {
            (Holds::Schema, _) => is_schema(value).then(|| self.schema(value, here)),
            (Holds::List, Value::Array(items)) if !items.is_empty() => Some(Schema::Array(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| self.schema(item, &here.step(&format!("/{index}"))))
                    .collect(),
            )),
            (Holds::Map, Value::Object(schemas)) => {
                let mut out = Map::new();
                let patterns = here.place.pointer.ends_with("/patternProperties");
                let is_read = |key: &str| !patterns || ecma::is_pattern(key);
                for member in schemas.iter().filter(|it| is_read(&it.key)) {
                    let schema = self.schema(&member.node, &here.at(&member.key));
                    let key = if patterns {
                        ecma::translated(&member.key)
                    } else {
                        Cow::Borrowed(&*member.key)
                    };
                    out.insert(key.into_owned(), schema);
                }
                Some(Schema::Object(out))
            }
            (Holds::List | Holds::Map, _) => None,
        }
    }

    /// A `$ref` or `$dynamicRef`, made absolute.
    pub(crate) fn reference(&mut self, value: &Node, here: &Here) -> Option<Schema> {
        let Some(reference) = value.as_str() else {
            self.refuse(here, value, finding::NO_REFERENCE);
            return None;
        };
        let meaning = self
            .documents
            .resolve(here.place.document, &here.base, reference);
        match meaning {
            Ok(Meaning::Place(place)) => {
                if self.documents.find(&place).is_none() {
                    self.refuse(here, value, finding::NO_TARGET);
                    return None;
                }
                self.reach(&place).map(Schema::from)
            }
            Ok(Meaning::Uri(uri, place)) => {
                let reached = place.and_then(|place| self.reach(&place));
                // A pointer leads on from there.
                if let (Some(reached), false) = (reached, uri.contains("#/")) {
                    self.aliases.insert(uri.clone(), reached);
                }
                Some(Schema::from(uri))
            }
            Err(why) => {
                self.refuse(here, value, why);
                None
            }
        }
    }

    /// The names that `required` lists, without those that the other side sends.
    pub(crate) fn required(&self, value: &Node, schema: &Node, here: &Here) -> Option<Schema> {
        let names = strings(value)?;
        let properties = schema.get("properties");
        // A name that is listed twice is one: the crate counts the list and refuses an object with
        // fewer members.
        let mut seen = BTreeSet::new();
        let names = names
            .into_iter()
            .filter(|name| seen.insert(*name))
            .filter(|name| {
                let property = properties.and_then(|properties| properties.get(name));
                !property.is_some_and(|property| self.is_sent_by_the_other_side(property, here))
            })
            .map(Schema::from)
            .collect();
        Some(Schema::Array(names))
    }

    /// Whether a property's schema, or one that it refers to, says that it is not sent in the
    /// direction judged.
    fn is_sent_by_the_other_side(&self, property: &Node, here: &Here) -> bool {
        let keyword = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let mut at = (
            property,
            here.place.document,
            here.base.clone(),
            here.dialect,
        );
        // References that lead in a circle say nothing after once around.
        for _ in 0..64 {
            let (schema, document, base, dialect) = at;
            let base = match dialect {
                Dialect::V3_0 => base,
                Dialect::V3_1 => self.documents.base(document, &base, schema),
            };
            let reference = schema.get("$ref").and_then(Node::as_str);
            let alone = dialect == Dialect::V3_0 && reference.is_some();
            if !alone && schema.get(keyword).and_then(Node::as_bool) == Some(true) {
                return true;
            }
            let meaning = reference.and_then(|it| self.documents.resolve(document, &base, it).ok());
            let place = match meaning {
                Some(Meaning::Place(place)) => place,
                Some(Meaning::Uri(_, Some(place))) => place,
                Some(Meaning::Uri(_, None)) | None => return false,
            };
            let (Some(document), Some(found)) = (
                self.documents.document(place.document),
                self.documents.find(&place),
            ) else {
                return false;
            };
            at = (found.node, place.document, Base::Document, document.dialect);
        }
        false
    }

    /// Notes that a reference leads nowhere.
    fn refuse(&mut self, here: &Here, value: &Node, why: Refusal) {
        let Some(document) = self.documents.document(here.place.document) else {
            return;
        };
        let span = document.span(value.span);
        let sources = &self.documents.specification.sources;
        self.findings
            .push(finding::refused(why, span, &here.place.pointer, sources));
    }
}

/// Steps as a pointer.
fn joined<S: AsRef<str>>(tokens: &[S]) -> String {
    let mut out = String::new();
    for token in tokens {
        pointer::push_key(&mut out, token.as_ref());
    }
    out
}
