//! From documents to the model: every schema once for each place where one stands, and the
//! operations.

mod access;
mod body;
mod combined;
mod components;
mod cycles;
mod draft;
mod fields;
mod join;
mod literal;
mod operations;
mod reference;
mod rules;
mod samples;
mod schema;
mod security;
mod types;
mod value;

use std::collections::{HashMap, HashSet, VecDeque};

use specsmith_diagnostics::{Finding, Span};
use specsmith_ir::{
    Definition, Dialect, DocumentId, Facet, Home, Model, Origins, Resource, ResourceId, Schema,
    SchemaId, Step, WireName,
};
use specsmith_json::{Node, Value};

use crate::code;
use crate::notes::{Note, draw};
use crate::resolve::{Index, Scope, Target};
use crate::specification::Specification;
use samples::{Sample, SampleKind};

/// What a specification means.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The model. It is usable whatever was found: what could not be understood accepts any value.
    pub model: Model,
    /// Where each rule is written: the place of its key.
    pub origins: Origins<Span>,
    /// What is wrong with the specification, in order of place.
    pub findings: Vec<Finding>,
}

/// Lowers every operation, every named component and what they refer to.
///
/// A schema that is wrong in part is lowered without that part; a reference that leads to nothing,
/// or back to itself, accepts any value and is a finding at `deny`.
pub fn lower(specification: &Specification) -> Lowered {
    let index = Index::new(specification);
    let mut lowering = Lowering {
        specification,
        index,
        model: Model::default(),
        origins: Origins::default(),
        notes: Vec::new(),
        samples: Vec::new(),
        ids: HashMap::new(),
        referred: HashSet::new(),
        queue: VecDeque::new(),
        waiting: VecDeque::new(),
        bodies: body::Memo::default(),
        operation_ids: HashMap::new(),
        beyond: None,
    };
    let documents = (0..).map(DocumentId).zip(&specification.documents);
    for (id, document) in documents.clone() {
        lowering.document(id, document);
    }
    for (id, document) in documents {
        lowering.components(id, document);
        lowering.operations(id, document);
    }
    lowering.resources();
    lowering.drain();
    lowering.cut_cycles();
    lowering.settle_access();
    lowering.judge_samples();
    Lowered {
        findings: draw(
            lowering.notes,
            &specification.sources,
            specification.limits.findings,
        ),
        model: lowering.model,
        origins: lowering.origins,
    }
}

/// The state of lowering.
struct Lowering<'s> {
    specification: &'s Specification,
    index: Index<'s>,
    model: Model,
    origins: Origins<Span>,
    notes: Vec<Note>,
    samples: Vec<Sample<'s>>,
    /// The schema of each place that was met.
    ids: HashMap<*const Node, SchemaId>,
    /// Those that were met by a reference only, so that nobody knows yet where they stand.
    referred: HashSet<SchemaId>,
    /// The schemas that are known and not yet lowered. A queue and no recursion, so that no chain
    /// of schemas is too long.
    queue: VecDeque<(SchemaId, &'s Node, Scope)>,
    /// The targets of references, which may turn out to be in the queue by their place.
    waiting: VecDeque<(SchemaId, Target<'s>)>,
    bodies: body::Memo,
    /// Where each operationId stands.
    operation_ids: HashMap<(DocumentId, String), Span>,
    /// What stands for the schemas beyond the limit.
    beyond: Option<SchemaId>,
}

impl<'s> Lowering<'s> {
    /// The schema at a place that is one by its position.
    fn schema(&mut self, node: &'s Node, scope: Scope, home: Home) -> SchemaId {
        let scope = self.index.within(scope, node);
        if let Some(id) = self.ids.get(&std::ptr::from_ref(node)).copied() {
            if self.referred.remove(&id) {
                self.set_home(id, home);
                self.queue.push_back((id, node, scope));
            }
            return id;
        }
        let id = self.reserve(node, scope, home);
        if self.beyond.is_none() {
            self.queue.push_back((id, node, scope));
        }
        id
    }

    /// The schema that a reference leads to.
    fn target(&mut self, target: Target<'s>) -> SchemaId {
        if let Some(id) = self.ids.get(&std::ptr::from_ref(target.node)) {
            return *id;
        }
        // Overwritten as soon as the place is known.
        let home = Home::Definition(u32::MAX);
        let id = self.reserve(target.node, target.scope, home);
        if self.beyond.is_none() {
            self.referred.insert(id);
            self.waiting.push_back((id, target));
        }
        id
    }

    fn reserve(&mut self, node: &'s Node, scope: Scope, home: Home) -> SchemaId {
        if let Some(beyond) = self.beyond {
            return beyond;
        }
        let count = self.model.schemas.len();
        let id = SchemaId(u32::try_from(count).unwrap_or(u32::MAX));
        self.model.homes.push(home);
        if count >= self.specification.limits.schemas.min(1 << 31) {
            self.beyond = Some(id);
            self.model.schemas.push(Schema::any(scope.resource));
            let span = self.place(scope, node.span);
            let message = "more schemas than the limit stand up to here";
            self.notes.push(Note::deny(code::SCHEMAS, span, message));
        } else {
            // To be filled; this takes the least memory.
            self.model.schemas.push(Schema::never(scope.resource));
            self.ids.insert(node, id);
        }
        id
    }

    /// Lowers what is in the queue, then what only references lead to, until nothing is left.
    fn drain(&mut self) {
        loop {
            while let Some((id, node, scope)) = self.queue.pop_front() {
                self.fill(id, node, scope);
            }
            let Some((id, target)) = self.waiting.pop_front() else {
                return;
            };
            if self.referred.remove(&id) {
                self.define_elsewhere(id, &target);
                self.queue.push_back((id, target.node, target.scope));
            }
        }
    }

    /// A schema that stands where no schema is expected, such as a file of its own, is a
    /// definition too: it has a name, and people refer to it.
    fn define_elsewhere(&mut self, id: SchemaId, target: &Target<'s>) {
        let home = self.define(target.scope.document, &target.name, id);
        self.set_home(id, home);
    }

    fn define(&mut self, document: DocumentId, name: &str, schema: SchemaId) -> Home {
        let index = self.model.definitions.len();
        self.model.definitions.push(Definition {
            document,
            name: WireName::from(name),
            schema,
        });
        Home::Definition(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn set_home(&mut self, id: SchemaId, home: Home) {
        if let Some(slot) = self.model.homes.get_mut(id.0 as usize) {
            *slot = home;
        }
    }

    fn resources(&mut self) {
        for anchors in self.index.dynamic_anchors() {
            let dynamic_anchors = anchors
                .into_iter()
                .map(|(name, node, scope)| {
                    let target = Target {
                        node,
                        scope,
                        name: name.clone(),
                        dynamic: true,
                        astray: false,
                    };
                    (name, self.target(target))
                })
                .collect();
            self.model.resources.push(Resource { dynamic_anchors });
        }
    }

    /// The schema inside another.
    fn inside(&mut self, parent: SchemaId, step: Step, node: &'s Node, scope: Scope) -> SchemaId {
        self.schema(node, scope, Home::Within { parent, step })
    }

    fn record(&mut self, schema: SchemaId, facet: Facet, span: Span) {
        self.origins.record(schema, facet, span);
    }

    fn place(&self, scope: Scope, span: specsmith_json::Span) -> Span {
        match self.specification.document(scope.document) {
            Some(document) => document.span(span),
            // Scopes are made of documents that are there.
            None => Span {
                source: specsmith_diagnostics::SourceId(0),
                start: 0,
                end: 0,
            },
        }
    }

    fn dialect(&self, scope: Scope) -> Dialect {
        self.specification
            .document(scope.document)
            .map_or(Dialect::V3_1, |it| it.dialect)
    }
}

/// What a value is, with its article.
fn kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "null",
        Value::Boolean(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A scope that is its document.
fn whole(document: DocumentId) -> Scope {
    Scope {
        document,
        resource: ResourceId(document.0),
    }
}
