//! The references of a document that lead out of it, and the addresses that its schemas give
//! themselves.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use specsmith_diagnostics::Span as Place;
use specsmith_ir::Dialect;
use specsmith_json::{Node, Span};

use crate::notes::Note;
use crate::specification::Document;
use crate::{code, uri, walk};

/// What one document asks of others, and offers.
pub(crate) struct Links {
    pub(crate) references: Vec<Link>,
    pub(crate) identifiers: Vec<String>,
}

/// A reference to another document.
pub(crate) struct Link {
    /// The address as written, without the part behind `#`.
    pub(crate) written: String,
    /// The address joined to the `$id` around it.
    pub(crate) address: String,
    /// Where the whole reference stands.
    pub(crate) span: Span,
    /// Whether what is there has a say in what is accepted; examples and mappings have none.
    pub(crate) essential: bool,
}

/// Finds them, in the order written.
pub(crate) fn of(document: &Document) -> Links {
    let mut links = Links {
        references: Vec::new(),
        identifiers: Vec::new(),
    };
    let with_ids = document.dialect == Dialect::V3_1;
    let nowhere: Rc<str> = Rc::from("");
    walk::walk(&document.root, &nowhere, &mut |node, around: &Rc<str>| {
        let base = match node.get("$id").and_then(Node::as_str) {
            Some(id) if with_ids && !uri::split(id).0.is_empty() => {
                let address = uri::join(around, uri::split(id).0);
                links.identifiers.push(address.clone());
                Rc::from(address)
            }
            Some(_) | None => Rc::clone(around),
        };
        for key in ["$ref", "$dynamicRef"] {
            if let Some(reference) = node.get(key) {
                links.references.extend(link(reference, &base, true));
            }
        }
        let examples = node.get("examples").and_then(Node::as_object);
        for example in examples.into_iter().flatten() {
            if let Some(reference) = example.node.get("$ref") {
                links.references.extend(link(reference, &base, false));
            }
        }
        let mapping = node.get("discriminator").and_then(|it| it.get("mapping"));
        for entry in mapping.and_then(Node::as_object).into_iter().flatten() {
            if entry.node.as_str().is_some_and(is_address) {
                links.references.extend(link(&entry.node, &base, false));
            }
        }
        base
    });
    links
}

/// Whether the value of a discriminator's mapping is an address, and no name.
pub(crate) fn is_address(text: &str) -> bool {
    let file = [".json", ".yaml", ".yml"];
    text.contains(['#', '/']) || file.iter().any(|it| text.ends_with(it))
}

fn link(node: &Node, base: &str, essential: bool) -> Option<Link> {
    let (address, _) = uri::split(node.as_str()?);
    if address.is_empty() {
        return None;
    }
    Some(Link {
        written: address.to_owned(),
        address: uri::join(base, address),
        span: node.span,
        essential,
    })
}

/// Why an address leads to no file beside the document.
pub(crate) enum Unfit {
    /// It names another machine, or an absolute path.
    Remote,
    /// It is no address.
    Broken,
}

impl Unfit {
    pub(crate) fn note(&self, place: Place) -> Note {
        match self {
            Self::Remote => Note::deny(
                code::REMOTE_REFERENCE,
                place,
                "this reference leads to another machine or to an absolute path",
            )
            .help("save the document beside this one and refer to it by a relative path"),
            Self::Broken => Note::deny(
                code::INVALID_REFERENCE,
                place,
                "the `%` escapes of this reference are broken",
            )
            .help("write `%25` for a percent sign"),
        }
    }
}

/// The relative path that an address is.
pub(crate) fn path_of(address: &str) -> Result<PathBuf, Unfit> {
    if uri::has_scheme(address) || address.starts_with('/') || address.starts_with('\\') {
        return Err(Unfit::Remote);
    }
    let path = address.split('?').next().unwrap_or_default();
    let path = uri::decoded(path).ok_or(Unfit::Broken)?;
    let path = Path::new(&*path);
    match path.is_absolute() || path.has_root() {
        true => Err(Unfit::Remote),
        false => Ok(path.to_owned()),
    }
}
