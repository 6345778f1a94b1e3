//! Documents that were read, and where things stand in them.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use specsmith_diagnostics::{SourceId, Sources, Span, SpecPlace};
use specsmith_ir::{Dialect, DocumentId, WireName};
use specsmith_json::{Node, Value, pointer};

use crate::Limits;

/// One or several documents, read and linked, not yet understood.
#[derive(Clone, Debug)]
pub struct Specification {
    /// The texts.
    pub sources: Sources,
    /// The documents: those asked for first, in that order, then those that references lead to.
    pub documents: Vec<Document>,
    /// What reading kept to, and lowering will.
    pub limits: Limits,
    /// Which document a path without `.` and `..` is.
    pub(crate) by_path: HashMap<PathBuf, DocumentId>,
    /// The references that lead to no document, which has been said.
    pub(crate) dangling: HashSet<Span>,
}

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its text.
    pub source: SourceId,
    /// A short name, such as `agent` for `specs/agent.yaml`; distinct in a specification.
    pub name: WireName,
    /// The version of OpenAPI it is read as; of a document that says none, that of the document
    /// that refers to it.
    pub dialect: Dialect,
    /// What stands in it.
    pub root: Node,
    /// Its path as given, or as a reference leads to it; never made absolute.
    pub path: PathBuf,
    /// Whether it was asked for, and is not merely referred to.
    pub asked_for: bool,
}

impl Document {
    /// A place in this document.
    pub fn span(&self, span: specsmith_json::Span) -> Span {
        Span {
            source: self.source,
            start: span.start,
            end: span.end,
        }
    }
}

impl Specification {
    /// The document of that index, which is the same in the model.
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.get(id.0 as usize)
    }

    /// The document at a path; `.` and `..` are taken out first.
    pub fn document_at(&self, path: &Path) -> Option<(DocumentId, &Document)> {
        let id = *self.by_path.get(&crate::fetch::normalised(path))?;
        Some((id, self.document(id)?))
    }

    /// Where a rule is written, for people: file, line, column and JSON pointer. `span` is that of
    /// a key or of a value.
    pub fn spec_place(&self, span: Span) -> SpecPlace {
        let source = self.sources.get(span.source);
        let (line, column) = source.line_column(span.start);
        SpecPlace {
            file: source.name().to_owned(),
            line,
            column,
            pointer: self
                .find(span)
                .map(|(pointer, _)| pointer)
                .unwrap_or_default(),
            built_in: false,
        }
    }

    /// The value at a place, or whose key is there.
    pub fn node_at(&self, span: Span) -> Option<&Node> {
        self.find(span).map(|(_, node)| node)
    }

    fn find(&self, span: Span) -> Option<(String, &Node)> {
        let document = self.documents.iter().find(|it| it.source == span.source)?;
        let wanted = specsmith_json::Span::new(span.start, span.end);
        let mut pointer = String::new();
        // Where aliases were written out, a value may stand outside of what holds it.
        let node = descend(&document.root, wanted, &mut pointer, true).or_else(|| {
            pointer.clear();
            descend(&document.root, wanted, &mut pointer, false)
        })?;
        Some((pointer, node))
    }
}

/// Finds the value at `wanted`, or whose key is there, and leaves the way to it in `pointer`.
fn descend<'n>(
    node: &'n Node,
    wanted: specsmith_json::Span,
    pointer: &mut String,
    nested: bool,
) -> Option<&'n Node> {
    if node.span == wanted {
        return Some(node);
    }
    let may_hold =
        |node: &Node| !nested || node.span.start <= wanted.start && wanted.end <= node.span.end;
    let before = pointer.len();
    match &node.value {
        Value::Object(object) => {
            for member in object {
                let is_meant = member.key_span == wanted;
                if !is_meant && !may_hold(&member.node) {
                    continue;
                }
                pointer::push_key(pointer, &member.key);
                if is_meant {
                    return Some(&member.node);
                }
                if let Some(found) = descend(&member.node, wanted, pointer, nested) {
                    return Some(found);
                }
                pointer.truncate(before);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if !may_hold(item) {
                    continue;
                }
                pointer::push_index(pointer, index);
                if let Some(found) = descend(item, wanted, pointer, nested) {
                    return Some(found);
                }
                pointer.truncate(before);
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
    None
}
