//! From references to what they mean, within and across documents.

use std::collections::HashMap;
use std::path::Path;

use specsmith_ir::{Dialect, DocumentId, ResourceId};
use specsmith_json::{Node, Value, pointer};

use crate::notes::nearest;
use crate::specification::{Document, Specification};
use crate::{links, uri, walk};

/// Where a value stands: what references in it are relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) document: DocumentId,
    pub(crate) resource: ResourceId,
}

/// What a reference leads to.
#[derive(Clone, Debug)]
pub(crate) struct Target<'s> {
    pub(crate) node: &'s Node,
    pub(crate) scope: Scope,
    /// What it is called there: the last step of the way, or the document's name.
    pub(crate) name: String,
    /// Whether a dynamic anchor led to it.
    pub(crate) dynamic: bool,
    /// Whether it was found from the document only, and not from the `$id` around the reference.
    pub(crate) astray: bool,
}

/// Why a reference leads to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure<'s> {
    /// It is not written as a reference.
    Broken,
    /// Its document is not there, which loading has said at this very place, or could not know.
    NoDocument,
    /// Nothing of that name is there.
    Nothing {
        name: String,
        /// What is there instead.
        names: Vec<&'s str>,
    },
}

impl Failure<'_> {
    /// A name that was probably meant.
    pub(crate) fn near(&self) -> Option<&str> {
        match self {
            Self::Nothing { name, names } => nearest(name, names.iter().copied()),
            Self::Broken | Self::NoDocument => None,
        }
    }
}

/// The schemas of a specification that can be referred to by other means than a JSON pointer.
pub(crate) struct Index<'s> {
    specification: &'s Specification,
    /// One for each document, in order, then one for each schema with an `$id`.
    resources: Vec<Resource<'s>>,
    by_address: HashMap<String, ResourceId>,
    by_node: HashMap<*const Node, ResourceId>,
}

struct Resource<'s> {
    document: DocumentId,
    root: &'s Node,
    /// The address that the schema gives itself; of a document nothing.
    address: String,
    anchors: HashMap<&'s str, Anchor<'s>>,
}

#[derive(Clone, Copy)]
struct Anchor<'s> {
    node: &'s Node,
    dynamic: bool,
}

impl<'s> Index<'s> {
    pub(crate) fn new(specification: &'s Specification) -> Self {
        let mut index = Self {
            specification,
            resources: Vec::new(),
            by_address: HashMap::new(),
            by_node: HashMap::new(),
        };
        for (document, it) in (0..).map(DocumentId).zip(&specification.documents) {
            index.resources.push(Resource {
                document,
                root: &it.root,
                address: String::new(),
                anchors: HashMap::new(),
            });
        }
        for (document, it) in (0..).zip(&specification.documents) {
            if it.dialect == Dialect::V3_1 {
                let root = ResourceId(document);
                walk::walk(&it.root, &root, &mut |node, around| {
                    index.note(node, *around)
                });
            }
        }
        index
    }

    /// Takes up what an object says of itself; returns the resource that it is in.
    fn note(&mut self, node: &'s Node, around: ResourceId) -> ResourceId {
        let text = |key| node.get(key).and_then(Node::as_str);
        let mut resource = around;
        if let Some(id) = text("$id").filter(|it| !uri::split(it).0.is_empty()) {
            let around = self.resources.get(around.0 as usize);
            let (base, document) =
                around.map_or(("", DocumentId(0)), |it| (&it.address, it.document));
            let address = uri::join(base, uri::split(id).0);
            resource = ResourceId(u32::try_from(self.resources.len()).unwrap_or(u32::MAX));
            self.resources.push(Resource {
                document,
                root: node,
                address: address.clone(),
                anchors: HashMap::new(),
            });
            self.by_address.entry(address).or_insert(resource);
            self.by_node.insert(node, resource);
        }
        for (key, dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let (Some(name), Some(it)) = (text(key), self.resources.get_mut(resource.0 as usize))
            {
                it.anchors.entry(name).or_insert(Anchor { node, dynamic });
            }
        }
        resource
    }

    /// The scope of a value in a scope: another, if it gives itself an address.
    pub(crate) fn within(&self, scope: Scope, node: &Node) -> Scope {
        match self.by_node.get(&std::ptr::from_ref(node)) {
            Some(resource) => Scope {
                resource: *resource,
                ..scope
            },
            None => scope,
        }
    }

    /// For each resource, its dynamic anchors in order of name.
    pub(crate) fn dynamic_anchors(&self) -> Vec<Vec<(String, &'s Node, Scope)>> {
        let resources = (0..).map(ResourceId).zip(&self.resources);
        let anchors = resources.map(|(resource, it)| {
            let scope = Scope {
                document: it.document,
                resource,
            };
            let dynamic = it.anchors.iter().filter(|(_, anchor)| anchor.dynamic);
            let mut anchors: Vec<_> = dynamic
                .map(|(name, anchor)| ((*name).to_owned(), anchor.node, scope))
                .collect();
            anchors.sort_by(|one, two| one.0.cmp(&two.0));
            anchors
        });
        anchors.collect()
    }

    /// What `reference` means in a scope.
    pub(crate) fn resolve(&self, scope: Scope, reference: &str) -> Result<Target<'s>, Failure<'s>> {
        let (address, fragment) = uri::split(reference);
        let resource = match address.is_empty() {
            true => scope.resource,
            false => self.resource(scope, address)?,
        };
        let fragment = uri::decoded(fragment.unwrap_or_default()).ok_or(Failure::Broken)?;
        let root = self
            .resources
            .get(resource.0 as usize)
            .ok_or(Failure::NoDocument)?;
        let scope = Scope {
            document: root.document,
            resource,
        };
        if fragment.is_empty() {
            return Ok(Target {
                node: root.root,
                scope,
                name: self.name_of(root),
                dynamic: false,
                astray: false,
            });
        }
        if fragment.starts_with('/') {
            let found = self.descend(root, scope, &fragment);
            if found.is_err() && address.is_empty() && resource.0 != scope.document.0 {
                // Tools that write `$id` into components go on referring from the document.
                let whole = Scope {
                    resource: ResourceId(scope.document.0),
                    ..scope
                };
                let document = self.resources.get(whole.resource.0 as usize);
                let from_document = document.map(|it| self.descend(it, whole, &fragment));
                if let Some(Ok(target)) = from_document {
                    return Ok(Target {
                        astray: true,
                        ..target
                    });
                }
            }
            return found;
        }
        match root.anchors.get(&*fragment) {
            Some(anchor) => Ok(Target {
                node: anchor.node,
                scope,
                name: fragment.into_owned(),
                dynamic: anchor.dynamic,
                astray: false,
            }),
            None => Err(Failure::Nothing {
                name: fragment.into_owned(),
                names: root.anchors.keys().copied().collect(),
            }),
        }
    }

    /// The resource at an address: one that gives itself this address, or a document.
    fn resource(&self, scope: Scope, address: &str) -> Result<ResourceId, Failure<'s>> {
        let base = self.resources.get(scope.resource.0 as usize);
        let joined = uri::join(base.map_or("", |it| &it.address), address);
        if let Some(resource) = self.by_address.get(&joined) {
            return Ok(*resource);
        }
        let path = links::path_of(address).map_err(|_| Failure::NoDocument)?;
        let document = self.specification.document(scope.document);
        let around = document.and_then(|it| it.path.parent());
        let path = around.unwrap_or(Path::new("")).join(path);
        let (id, _) = self
            .specification
            .document_at(&path)
            .ok_or(Failure::NoDocument)?;
        Ok(ResourceId(id.0))
    }

    fn descend(
        &self,
        root: &Resource<'s>,
        mut scope: Scope,
        fragment: &str,
    ) -> Result<Target<'s>, Failure<'s>> {
        let tokens = pointer::tokens(fragment).ok_or(Failure::Broken)?;
        let mut node = root.root;
        for token in &tokens {
            let next = match &node.value {
                Value::Array(items) => pointer::index(token).and_then(|at| items.get(at)),
                Value::Object(object) => object.get(token),
                Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
            };
            let Some(next) = next else {
                let names = node.as_object().map(|it| it.keys().collect());
                return Err(Failure::Nothing {
                    name: token.to_string(),
                    names: names.unwrap_or_default(),
                });
            };
            node = next;
            scope = self.within(scope, node);
        }
        Ok(Target {
            node,
            scope,
            name: tokens.last().map(|it| it.to_string()).unwrap_or_default(),
            dynamic: false,
            astray: false,
        })
    }

    fn name_of(&self, resource: &Resource<'_>) -> String {
        let document = self.specification.document(resource.document);
        let of_document = |it: &Document| it.name.as_str().to_owned();
        match resource.address.rsplit('/').next() {
            Some(name) if !name.is_empty() => name.to_owned(),
            Some(_) | None => document.map(of_document).unwrap_or_default(),
        }
    }
}
