//! Dynamic references, made plain: a schema whose meaning depends on where it is used becomes one
//! schema for each meaning.
//!
//! What `$dynamicRef` leads to is decided by the resources gone through before, and of those only by
//! the first that defines the anchor. That is known for every use when the model is known whole, so
//! that `{ $id: list, items: { $dynamicRef: "#item" } }` gives a type for each kind of item.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use specsmith_ir::{Applied, Home, Model, ResourceId, SchemaId, Step};

use crate::children::{each_child, each_child_mut};

/// Which schema each anchor means.
type Bindings = BTreeMap<String, SchemaId>;

/// A model in which every dynamic reference that could lead to several schemas is a plain one.
pub(crate) fn specialised(model: Cow<'_, Model>) -> Cow<'_, Model> {
    let anchors = ambiguous(&model);
    if anchors.is_empty() {
        return model;
    }
    let mut specialiser = Specialiser {
        affected: affected(&model, &anchors),
        source: &model,
        model: Model::clone(&model),
        anchors,
        known: HashMap::new(),
        ahead: Vec::new(),
    };
    for id in (0_u32..).take(model.schemas.len()).map(SchemaId) {
        if specialiser.is_affected(id) {
            let bindings = specialiser.natural(id);
            specialiser.ahead.push((id, id, bindings));
        }
    }
    while let Some((from, to, bindings)) = specialiser.ahead.pop() {
        specialiser.rewrite(from, to, &bindings);
    }
    Cow::Owned(specialiser.model)
}

/// The anchors that more than one resource defines.
fn ambiguous(model: &Model) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let all = model.resources.iter().flat_map(|it| &it.dynamic_anchors);
    all.filter(|(name, _)| !seen.insert(name.as_str()))
        .map(|(name, _)| name.clone())
        .collect()
}

/// The schemas that lead to a reference to one of those anchors.
fn affected(model: &Model, anchors: &BTreeSet<String>) -> Vec<bool> {
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); model.schemas.len()];
    let mut ahead = Vec::new();
    for (index, schema) in model.schemas.iter().enumerate() {
        each_child(schema, &mut |child| {
            if let Some(parents) = above.get_mut(child.0 as usize) {
                parents.push(index);
            }
        });
        let refers = schema.applied.iter().any(|applied| match applied {
            Applied::DynamicRef { anchor, .. } => anchors.contains(anchor),
            Applied::All(_)
            | Applied::Any(_)
            | Applied::One(_)
            | Applied::Not(_)
            | Applied::If { .. }
            | Applied::Ref(_)
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => false,
        });
        if refers {
            ahead.push(index);
        }
    }
    let mut affected = vec![false; model.schemas.len()];
    while let Some(index) = ahead.pop() {
        if !std::mem::replace(&mut affected[index], true) {
            ahead.extend(&above[index]);
        }
    }
    affected
}

struct Specialiser<'m> {
    source: &'m Model,
    model: Model,
    anchors: BTreeSet<String>,
    affected: Vec<bool>,
    known: HashMap<(SchemaId, Bindings), SchemaId>,
    /// What is to be rewritten: from which schema of the source, into which, with which bindings.
    ahead: Vec<(SchemaId, SchemaId, Bindings)>,
}

impl Specialiser<'_> {
    fn is_affected(&self, id: SchemaId) -> bool {
        self.affected.get(id.0 as usize).copied().unwrap_or(false)
    }

    /// The bindings where a schema is the first thing looked at.
    fn natural(&self, id: SchemaId) -> Bindings {
        self.entered(&Bindings::new(), self.source.schema(id).resource)
    }

    /// The bindings inside of a resource: the outermost stay.
    fn entered(&self, bindings: &Bindings, resource: ResourceId) -> Bindings {
        let mut bindings = bindings.clone();
        let resource = self.source.resources.get(resource.0 as usize);
        for (name, schema) in resource.into_iter().flat_map(|it| &it.dynamic_anchors) {
            if self.anchors.contains(name) {
                bindings.entry(name.clone()).or_insert(*schema);
            }
        }
        bindings
    }

    fn rewrite(&mut self, from: SchemaId, to: SchemaId, bindings: &Bindings) {
        let mut schema = self.source.schema(from).clone();
        for applied in &mut schema.applied {
            if let Applied::DynamicRef { anchor, fallback } = applied
                && self.anchors.contains(anchor)
            {
                *applied = Applied::Ref(bindings.get(anchor).copied().unwrap_or(*fallback));
            }
        }
        each_child_mut(&mut schema, &mut |child| {
            *child = self.used(*child, to, bindings)
        });
        self.model.schemas[to.0 as usize] = schema;
    }

    /// The schema that a child is under those bindings.
    fn used(&mut self, child: SchemaId, user: SchemaId, bindings: &Bindings) -> SchemaId {
        if !self.is_affected(child) {
            return child;
        }
        let bindings = self.entered(bindings, self.source.schema(child).resource);
        if bindings == self.natural(child) {
            return child;
        }
        if let Some(known) = self.known.get(&(child, bindings.clone())) {
            return *known;
        }
        let id = SchemaId(u32::try_from(self.model.schemas.len()).unwrap_or(u32::MAX));
        self.model.schemas.push(self.source.schema(child).clone());
        // A definition under other bindings is another type, made for its user.
        let home = match self.source.definition_of(child) {
            Some(definition) => Home::Within {
                parent: user,
                step: Step::Elsewhere(definition.name.as_str().to_owned()),
            },
            None => self.source.home(child).clone(),
        };
        self.model.homes.push(home);
        self.known.insert((child, bindings.clone()), id);
        self.ahead.push((child, id, bindings));
        id
    }
}
