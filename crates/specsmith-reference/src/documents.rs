//! The documents as one web: which place a `$ref` means.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use jsonschema::{Uri, uri};
use specsmith_ir::Dialect;
use specsmith_json::{Node, Span, Value, pointer};
use specsmith_source::{Document, Specification};

use crate::ecma;
use crate::finding::{self, Refusal};
use crate::grammar;

/// A place in one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Which of [`Specification::documents`].
    pub(crate) document: usize,
    /// The JSON pointer.
    pub(crate) pointer: String,
}

/// What the references of a schema are relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// The document that the schema stands in.
    Document,
    /// The nearest `$id` around it, made absolute.
    Resource(Uri<String>),
}

/// What a reference means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A place of a document.
    Place(Place),
    /// Something that has a URI of its own: an `$id`, or an `$anchor`. The place is that of the
    /// schema, or of the `$id` around it, if it stands in a document of ours.
    Uri(String, Option<Place>),
}

/// The documents, and what can be referred to in them.
pub(crate) struct Documents<'a> {
    pub(crate) specification: &'a Specification,
    paths: Vec<PathBuf>,
    uris: Vec<Uri<String>>,
    /// By absolute URI without fragment; the documents that have anchors are among them.
    resources: BTreeMap<String, Resource>,
}

/// Where the meta-schemas stand, which the crate knows by heart.
const META: &str = "https://json-schema.org/draft/";

/// A schema that gives itself an `$id`, or a document.
struct Resource {
    place: Place,
    anchors: BTreeMap<String, Place>,
}

/// What a pointer leads to, with what is around it.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The object or array that holds it.
    pub(crate) parent: Option<&'a Node>,
    /// Where its key stands, or itself where it has none.
    pub(crate) span: Span,
    /// What stands there.
    pub(crate) node: &'a Node,
}

impl<'a> Documents<'a> {
    /// Reads who is called what.
    pub(crate) fn new(specification: &'a Specification) -> Self {
        let documents = &specification.documents;
        let paths = documents.iter().map(|it| normal(&it.path)).collect();
        let mut this = Self {
            specification,
            paths,
            uris: (0..documents.len()).filter_map(document_uri).collect(),
            resources: BTreeMap::new(),
        };
        for (index, document) in documents.iter().enumerate() {
            // Most documents have none, which is quickly seen.
            if document.dialect == Dialect::V3_1 && may_have_names(&document.root) {
                this.read_names(index, document);
            }
        }
        this
    }

    /// The document of that index.
    pub(crate) fn document(&self, index: usize) -> Option<&'a Document> {
        self.specification.documents.get(index)
    }

    /// The URI under which a rewritten document is registered.
    pub(crate) fn uri(&self, index: usize) -> Option<&Uri<String>> {
        self.uris.get(index)
    }

    /// Whether a URI is that of a rewritten document.
    pub(crate) fn is_document(&self, uri: &str) -> bool {
        self.uris.iter().any(|it| it.as_str() == uri)
    }

    /// Whether a document has names by which a part of it may be meant that no pointer leads to.
    pub(crate) fn has_names(&self, index: usize) -> bool {
        self.resources
            .values()
            .any(|resource| resource.place.document == index)
    }

    /// What stands at a place.
    pub(crate) fn find(&self, place: &Place) -> Option<Found<'a>> {
        descend(&self.document(place.document)?.root, &place.pointer)
    }

    /// What the references in a schema are relative to, given what those around it are.
    pub(crate) fn base(&self, document: usize, around: &Base, schema: &Node) -> Base {
        let id = schema.get("$id").and_then(Node::as_str);
        match id.and_then(|id| self.absolute(document, around, id)) {
            Some(uri) => Base::Resource(uri),
            None => around.clone(),
        }
    }

    /// What a reference means, or why it means nothing.
    pub(crate) fn resolve(
        &self,
        document: usize,
        base: &Base,
        reference: &str,
    ) -> Result<Meaning, Refusal> {
        if *base == Base::Document {
            let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
            if let Some(index) = self.document_of(document, file) {
                return self.in_document(index, fragment);
            }
        }
        let absolute = self
            .absolute(document, base, reference)
            .ok_or(finding::NO_REFERENCE)?;
        let (resource, fragment) = parts(&absolute);
        if let Some(index) = self.uris.iter().position(|uri| uri.as_str() == resource) {
            return self.in_document(index, fragment);
        }
        let found = self.resources.get(resource);
        if found.is_none() && !resource.starts_with(META) {
            return Err(finding::NO_TARGET);
        }
        let place = found.map(|found| {
            let named = decoded(fragment).and_then(|anchor| found.anchors.get(&anchor));
            named.unwrap_or(&found.place).clone()
        });
        Ok(Meaning::Uri(absolute.to_string(), place))
    }

    /// The place that a keyword's absolute location in a rewritten document came from, if it is in
    /// an embedded resource.
    pub(crate) fn place_in_resource(&self, uri: &str, rest: &str) -> Option<Place> {
        let place = &self.resources.get(uri)?.place;
        Some(Place {
            document: place.document,
            pointer: format!("{}{rest}", place.pointer),
        })
    }

    fn in_document(&self, document: usize, fragment: &str) -> Result<Meaning, Refusal> {
        let fragment = decoded(fragment).ok_or(finding::NO_REFERENCE)?;
        if fragment.is_empty() || fragment.starts_with('/') {
            return Ok(Meaning::Place(Place {
                document,
                pointer: fragment,
            }));
        }
        let uri = self.uri(document).ok_or(finding::NO_TARGET)?;
        let resource = self.resources.get(uri.as_str());
        match resource.and_then(|resource| resource.anchors.get(&fragment)) {
            Some(place) => Ok(Meaning::Uri(
                format!("{uri}#{fragment}"),
                Some(place.clone()),
            )),
            None => Err(finding::NO_TARGET),
        }
    }

    /// The document that the file part of a reference means.
    fn document_of(&self, from: usize, file: &str) -> Option<usize> {
        if file.is_empty() {
            return Some(from);
        }
        let folder = self.paths.get(from)?.parent()?;
        let path = normal(&folder.join(decoded(file)?));
        self.paths.iter().position(|it| *it == path)
    }

    fn absolute(&self, document: usize, base: &Base, reference: &str) -> Option<Uri<String>> {
        let base = match base {
            Base::Document => self.uri(document)?,
            Base::Resource(uri) => uri,
        };
        uri::resolve_against(&base.borrow(), reference).ok()
    }

    /// Collects every `$id`, `$anchor` and `$dynamicAnchor` of a document.
    fn read_names(&mut self, index: usize, document: &'a Document) {
        let mut open: Vec<(String, &'a Node, Base)> = grammar::schemas(&document.root)
            .into_iter()
            .rev()
            .filter_map(|at| {
                let node = document.root.pointer(&at)?;
                Some((at, node, Base::Document))
            })
            .collect();
        while let Some((at, schema, around)) = open.pop() {
            let base = self.base(index, &around, schema);
            let place = Place {
                document: index,
                pointer: at,
            };
            self.name(&base, &around, schema, &place);
            for (way, child) in grammar::children(document.dialect, schema)
                .into_iter()
                .rev()
            {
                open.push((format!("{}{way}", place.pointer), child, base.clone()));
            }
        }
    }

    fn name(&mut self, base: &Base, around: &Base, schema: &Node, place: &Place) {
        let anchors = ["$anchor", "$dynamicAnchor"]
            .into_iter()
            .filter_map(|keyword| schema.get(keyword)?.as_str());
        let (uri, root) = match base {
            Base::Document => match self.uris.get(place.document) {
                Some(uri) => {
                    let pointer = String::new();
                    (parts(uri).0.to_owned(), Place { pointer, ..*place })
                }
                None => return,
            },
            Base::Resource(uri) => (parts(uri).0.to_owned(), place.clone()),
        };
        let anchors: Vec<&str> = anchors.collect();
        if base == around && anchors.is_empty() {
            return;
        }
        let resource = self.resources.entry(uri).or_insert(Resource {
            place: root,
            anchors: BTreeMap::new(),
        });
        for anchor in anchors {
            let anchors = &mut resource.anchors;
            anchors.entry(anchor.to_owned()).or_insert(place.clone());
        }
    }
}

/// Follows a pointer, keeping the key of the last step.
pub(crate) fn descend<'a>(root: &'a Node, way: &str) -> Option<Found<'a>> {
    let mut found = Found {
        parent: None,
        span: root.span,
        node: root,
    };
    for token in pointer::tokens(way)? {
        let parent = Some(found.node);
        found = match found.node.as_object() {
            Some(object) => {
                // Patterns may stand in the crate's words.
                let member = object.member(&token).or_else(|| {
                    let mut members = object.iter();
                    members.find(|it| ecma::translated(&it.key) == token)
                })?;
                Found {
                    parent,
                    span: member.key_span,
                    node: &member.node,
                }
            }
            None => {
                let node = found.node.item(pointer::index(&token)?)?;
                Found {
                    parent,
                    span: node.span,
                    node,
                }
            }
        };
    }
    Some(found)
}

/// Whether a keyword that gives a name stands anywhere, be it in a schema or not.
fn may_have_names(node: &Node) -> bool {
    match &node.value {
        Value::Object(object) => object.iter().any(|member| {
            matches!(&*member.key, "$id" | "$anchor" | "$dynamicAnchor")
                || may_have_names(&member.node)
        }),
        Value::Array(items) => items.iter().any(may_have_names),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// A URI without its fragment, and the fragment.
pub(crate) fn parts<'u>(uri: &'u Uri<String>) -> (&'u str, &'u str) {
    let text: &'u str = uri.as_str();
    text.split_once('#').unwrap_or((text, ""))
}

/// Text whose `%XX` are made bytes again; `None` if they make no UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%');
        let byte = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Text as it may stand in the fragment of a URI.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'$' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The URI that a document is given, since its path may be relative to anywhere.
fn document_uri(index: usize) -> Option<Uri<String>> {
    uri::from_str(&format!("specsmith:///{index}/document")).ok()
}

/// A path without `.` and, where it can be said, without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if matches!(out.components().next_back(), Some(Component::Normal(_))) {
                    out.pop();
                } else {
                    out.push(part);
                }
            }
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => out.push(part),
        }
    }
    out
}
