//! Shapes: which Rust type says what a conjunction accepts.

mod choices;
mod lists;
mod literals;
mod numbers;
mod records;
mod unruled;

use specsmith_ir::{Direction, SchemaId};

use crate::build::{Body, Builder};
use crate::items::{Check, ItemKind, Judged, ListTy, MapTy, Slot, Ty, Typed, UnionVariant, Words};
use crate::kinds::Kinds;
use crate::names::Scope;
use crate::never::accepts_nothing;
use crate::path::Path;
use crate::style::Formats;
use crate::view::{Condition, Conj, NumberView, Part, RestView, StringView, View};
use choices::never;
use numbers::number_ty;

pub(crate) use choices::plain;
pub(crate) use literals::fits;
pub(crate) use unruled::unruled;

impl Builder<'_> {
    /// What a conjunction comes out as, null aside.
    pub(crate) fn body(&mut self, conj: &Conj, direction: Direction, path: &Path<'_>) -> Body {
        let mut view = View::new(self.model, conj, direction);
        let mut kinds = view.own_kinds().without(Kinds::NULL);
        let mut conditions = std::mem::take(&mut view.conditions);
        let of_null = self.branches_of_null(&conditions);
        kinds = self.narrow(&mut conditions, kinds);
        self.settle_unevaluated(&mut conditions, &mut view, conj);
        view.restrict(kinds);
        let kinds = view.own_kinds().without(Kinds::NULL);
        if kinds.is_empty() {
            return self.empty(conj);
        }
        if !self.drop_empty(&mut conditions, &view, direction) {
            return self.empty(conj);
        }
        if let [Condition::Any(branches) | Condition::One(branches)] = conditions.as_slice()
            && let [only] = branches.as_slice()
        {
            let conj = plain(&view.members).with(*only);
            return self.rebody(&conj, direction, path);
        }
        if conditions.is_empty() {
            return self.settled(view, kinds, direction, path);
        }
        if let Some(body) = self.union(&view, &conditions, direction, path) {
            return body;
        }
        give_back(&mut conditions, of_null);
        Body::Item(self.judged(&view, &conditions, direction, path))
    }

    /// For each choice of exactly one, the branches that accept null and nothing else. A type is
    /// made without them, but a value that is judged must not fit any other branch as well.
    fn branches_of_null(&self, conditions: &[Condition]) -> Vec<Vec<SchemaId>> {
        let is_null = |it: &&SchemaId| self.facts.schema_kinds(**it) == Kinds::NULL;
        let choices = conditions.iter().filter_map(|condition| match condition {
            Condition::One(branches) => Some(branches.iter().filter(is_null).copied().collect()),
            Condition::Any(_)
            | Condition::Not(_)
            | Condition::If { .. }
            | Condition::UnevaluatedItems { .. }
            | Condition::UnevaluatedProperties { .. }
            | Condition::Unknown => None,
        });
        choices.collect()
    }

    /// What a conjunction comes out as that accepts no value but perhaps null.
    fn empty(&self, conj: &Conj) -> Body {
        match self.facts.accepts_null(self.model, conj) {
            true => Body::Ty(Ty::Null),
            false => never(),
        }
    }

    /// The same for a conjunction that stands for another and may be a definition.
    fn rebody(&mut self, conj: &Conj, direction: Direction, path: &Path<'_>) -> Body {
        match self.resolved(conj) {
            Ok(conj) => self.body(&conj, direction, path),
            Err(schema) => match schema {
                Some(schema) => Body::Ty(self.definition_ty(schema, direction)),
                None => Body::Ty(Ty::Any),
            },
        }
    }

    /// Leaves out the branches that can accept nothing beside what is said around them; false if a
    /// choice has no other.
    fn drop_empty(&self, conditions: &mut [Condition], view: &View, direction: Direction) -> bool {
        let base = plain(&view.members);
        conditions.iter_mut().all(|condition| match condition {
            Condition::Any(branches) | Condition::One(branches) => {
                branches.retain(|branch| {
                    !accepts_nothing(self, &base.clone().with(*branch), direction)
                });
                !branches.is_empty()
            }
            Condition::Not(_)
            | Condition::If { .. }
            | Condition::UnevaluatedItems { .. }
            | Condition::UnevaluatedProperties { .. }
            | Condition::Unknown => true,
        })
    }

    /// Leaves out what cannot make a difference, and gives the types that remain.
    fn narrow(&self, conditions: &mut Vec<Condition>, mut kinds: Kinds) -> Kinds {
        for condition in conditions.iter_mut() {
            if let Condition::Any(branches) | Condition::One(branches) = condition {
                branches.retain(|it| !self.facts.schema_kinds(*it).and(kinds).is_empty());
                let all = branches.iter().map(|it| self.facts.schema_kinds(*it));
                kinds = kinds.and(all.fold(Kinds::NONE, Kinds::or));
            }
        }
        let of = |schema| self.facts.schema_kinds(schema);
        // A condition alone still decides what is spoken of.
        let asked = conditions.iter().any(|condition| match condition {
            Condition::UnevaluatedItems { .. } | Condition::UnevaluatedProperties { .. } => true,
            Condition::Any(_)
            | Condition::One(_)
            | Condition::Not(_)
            | Condition::If { .. }
            | Condition::Unknown => false,
        });
        conditions.retain(|condition| match condition {
            Condition::Not(schema) => !of(*schema).and(kinds).is_empty(),
            Condition::UnevaluatedItems { .. } => kinds.has(Kinds::LIST),
            Condition::UnevaluatedProperties { .. } => kinds.has(Kinds::RECORD),
            Condition::If {
                then, otherwise, ..
            } => asked || then.is_some() || otherwise.is_some(),
            Condition::Any(_) | Condition::One(_) | Condition::Unknown => true,
        });
        kinds
    }

    /// `unevaluatedProperties` is `additionalProperties` over everything that merged, if all did, and
    /// `unevaluatedItems` is `items`.
    fn settle_unevaluated(
        &mut self,
        conditions: &mut Vec<Condition>,
        view: &mut View,
        conj: &Conj,
    ) {
        let first = conj.0.first().map(|part| part.schema);
        let all_merged = conditions.len() == 1 && conj.0.len() == 1;
        conditions.retain(|condition| match condition {
            Condition::UnevaluatedProperties { owner, schema } => match &mut view.record {
                Some(record)
                    if all_merged
                        && Some(*owner) == first
                        && !record.entangled
                        && record.dependent_schemas.is_empty() =>
                {
                    record.settle_rest(match self.facts.schema_kinds(*schema).is_empty() {
                        true => RestView::Denied,
                        false => RestView::Collected(Conj::of(*schema)),
                    });
                    false
                }
                Some(_) => true,
                None => false,
            },
            Condition::UnevaluatedItems { owner, schema } => match &mut view.list {
                Some(list) if all_merged && Some(*owner) == first && list.contains.is_empty() => {
                    if list.items == Conj::default() {
                        list.items = Conj::of(*schema);
                    }
                    false
                }
                Some(_) => true,
                None => false,
            },
            Condition::Unknown => {
                self.items
                    .refused
                    .extend(conj.0.first().map(|it| it.schema));
                false
            }
            Condition::Any(_) | Condition::One(_) | Condition::Not(_) | Condition::If { .. } => {
                true
            }
        });
    }

    /// A view on which no condition is left.
    fn settled(
        &mut self,
        mut view: View,
        kinds: Kinds,
        direction: Direction,
        path: &Path<'_>,
    ) -> Body {
        if let Some(values) = view.literals.take() {
            return self.literals(&view, values, direction, path);
        }
        if view.record.as_ref().is_some_and(|record| record.entangled) {
            return Body::Item(self.part_by_part(&view.members, direction, path));
        }
        let own = view.own_kinds();
        let loose = unruled(&view);
        if loose.without(Kinds::NULL) == Kinds::ALL.without(Kinds::NULL) {
            return Body::Ty(Ty::Any);
        }
        if kinds.count() == 1 {
            return self.single(&view, direction, path);
        }
        // Several types: a union of one variant for each, which are disjoint by nature.
        let others = loose.without(Kinds::NULL);
        let fold_others = others.count() > 2;
        let mut variants = Vec::new();
        let mut scope = Scope::default();
        for kind in Kinds::VALUES {
            if !own.has(kind) || (fold_others && others.has(kind)) {
                continue;
            }
            let mut one = view.clone();
            one.restrict(kind);
            let name = scope.variant(kind.name());
            let below = path.with(&name);
            let body = self.single(&one, direction, &below);
            let slot = Slot::new(self.settle_body(body, &below, &view.members));
            variants.push(UnionVariant { name, slot });
        }
        if fold_others {
            let name = scope.variant("Other");
            let below = path.with(&name);
            let excluded = Kinds::ALL.without(others);
            let slot = Slot::new(self.other_than(excluded, &below));
            variants.push(UnionVariant { name, slot });
        }
        Body::Item(ItemKind::Union(variants))
    }

    pub(crate) fn settle_body(&mut self, body: Body, path: &Path<'_>, members: &[Part]) -> Ty {
        match body {
            Body::Ty(ty) => ty,
            Body::Item(kind) => {
                let schemas: Vec<_> = members.iter().map(|part| part.schema).take(1).collect();
                let words = self.words(&schemas);
                let order = self.next_order();
                self.intern(kind, path, order, words)
            }
        }
    }

    /// A view of one type, without literals and conditions.
    fn single(&mut self, view: &View, direction: Direction, path: &Path<'_>) -> Body {
        if let Some(number) = &view.number {
            return Body::Ty(number_ty(number, self.style.integers));
        }
        if let Some(string) = &view.string {
            return Body::Ty(self.string(view, string));
        }
        if let Some(list) = &view.list {
            return self.list(list, direction, path);
        }
        if let Some(record) = &view.record {
            let mut members = view.members.iter();
            let compared = members.any(|part| self.reach.is_compared(part.schema));
            if compared && record.rest == RestView::Ignored {
                let mut whole = record.clone();
                whole.rest = RestView::Collected(Conj::default());
                return self.record(&whole, direction, path);
            }
            return self.record(record, direction, path);
        }
        Body::Ty(if view.boolean { Ty::Boolean } else { Ty::Null })
    }

    /// A string, or the type of its format where that is asked for and says it all.
    fn string(&self, view: &View, string: &StringView) -> Ty {
        let formats = view.members.iter().filter_map(|part| {
            let rules = self.model.schema(part.schema).types.string.as_deref()?;
            Typed::of(rules.format.as_deref()?)
        });
        let mut formats: Vec<Typed> = formats.collect();
        formats.dedup();
        let ruled = string.min.is_some() || string.max.is_some() || !string.patterns.is_empty();
        match (self.style.formats, formats.as_slice()) {
            (Formats::Typed, [typed]) if !ruled => Ty::Typed(*typed),
            (Formats::Typed | Formats::String, _) => Ty::String(string.clone()),
        }
    }

    /// A JSON value of any type but those.
    fn other_than(&mut self, excluded: Kinds, path: &Path<'_>) -> Ty {
        let order = self.next_order();
        self.intern(other_than(excluded), path, order, Words::default())
    }

    pub(crate) fn not_null(&mut self, path: &Path<'_>) -> Ty {
        self.other_than(Kinds::NULL, path)
    }
}

/// A JSON value of any type but those.
pub(crate) fn other_than(excluded: Kinds) -> ItemKind {
    let types = [
        (Kinds::NULL, Ty::Null),
        (Kinds::BOOLEAN, Ty::Boolean),
        (Kinds::NUMBER, Ty::Number(NumberView::default())),
        (Kinds::STRING, Ty::String(StringView::default())),
        (Kinds::LIST, Ty::List(Box::new(ListTy::of_any()))),
        (Kinds::RECORD, Ty::Map(Box::new(MapTy::of_any()))),
    ];
    let checks = types
        .into_iter()
        .filter(|(kind, _)| excluded.has(*kind))
        .map(|(_, ty)| Check::Not(Slot::new(ty)))
        .collect();
    ItemKind::Judged(Judged {
        checks,
        views: Vec::new(),
    })
}

/// Gives choices of exactly one those branches back, in the order of the choices.
fn give_back(conditions: &mut [Condition], branches: Vec<Vec<SchemaId>>) {
    let mut branches = branches.into_iter();
    for condition in conditions {
        if let Condition::One(left) = condition {
            for branch in branches.next().unwrap_or_default() {
                if !left.contains(&branch) {
                    left.push(branch);
                }
            }
        }
    }
}
