//! Choices: an enum where branches are provably disjoint, else a JSON value that is judged.

use specsmith_ir::{Direction, Step};

use crate::build::{Body, Builder};
use crate::items::{Branching, Check, ItemKind, Judged, Slot, Ty, UnionVariant, Words};
use crate::names::Scope;
use crate::path::Path;
use crate::spoken::Asking;
use crate::union;
use crate::view::{Condition, Conj, Part, View};

impl Builder<'_> {
    /// A union that is an enum, where its branches are provably disjoint.
    pub(crate) fn union(
        &mut self,
        view: &View,
        conditions: &[Condition],
        direction: Direction,
        path: &Path<'_>,
    ) -> Option<Body> {
        let (branches, any) = match conditions {
            [Condition::Any(branches)] => (branches, true),
            [Condition::One(branches)] => (branches, false),
            _ => return None,
        };
        let base = plain(&view.members);
        let mut conjs: Vec<Conj> = Vec::new();
        for branch in branches {
            conjs.push(base.clone().with(*branch));
        }
        if any {
            union::absorb(self, &mut conjs, direction);
            if let [only] = conjs.as_slice() {
                return Some(self.rebody(&only.clone(), direction, path));
            }
        }
        let disjoint = union::disjoint(self, &conjs, direction);
        if !disjoint {
            return None;
        }
        let names = union::variant_names(self, &conjs, direction);
        let mut variants = Vec::with_capacity(conjs.len());
        for (name, conj) in names.into_iter().zip(&conjs) {
            let below = path.with(&name);
            let ty = self.slot(conj, direction, &below).ty;
            variants.push(UnionVariant {
                name,
                slot: Slot::new(ty),
            });
        }
        Some(Body::Item(ItemKind::Union(variants)))
    }

    /// A JSON value with checks.
    pub(crate) fn judged(
        &mut self,
        view: &View,
        conditions: &[Condition],
        direction: Direction,
        path: &Path<'_>,
    ) -> ItemKind {
        let mut judged = Judged::default();
        let base = plain(&view.members);
        let mut scope = Scope::default();
        if !matches!(self.resolved(&base), Err(None)) {
            let slot = self.whole_slot(&base, direction, &path.with("Base"));
            if matches!(slot.ty, Ty::Item(_) | Ty::Map(_)) {
                judged.views.push((scope.field("as_base"), slot.clone()));
            }
            judged.checks.push(Check::Is(slot));
        }
        for condition in conditions {
            match condition {
                Condition::Any(branches) | Condition::One(branches) => {
                    let conjs: Vec<Conj> = branches.iter().map(|it| Conj::of(*it)).collect();
                    let names = union::variant_names(self, &conjs, direction);
                    let mut slots = Vec::with_capacity(conjs.len());
                    for (name, conj) in names.into_iter().zip(&conjs) {
                        let slot = self.whole_slot(conj, direction, &path.with(&name));
                        let function = scope.field(&format!("as_{name}"));
                        judged.views.push((function, slot.clone()));
                        slots.push(slot);
                    }
                    judged.checks.push(match condition {
                        Condition::Any(_) => Check::Any(slots),
                        _ => Check::One(slots),
                    });
                }
                Condition::Not(schema) => {
                    let below = path.step(&Step::Not);
                    let slot = self.whole_slot(&Conj::of(*schema), direction, &below);
                    judged.checks.push(Check::Not(slot));
                }
                Condition::If {
                    then: None,
                    otherwise: None,
                    ..
                } => {}
                Condition::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    let mut part = |schema: specsmith_ir::SchemaId, step: Step| {
                        self.whole_slot(&Conj::of(schema), direction, &path.step(&step))
                    };
                    let check = Check::If(Box::new(Branching {
                        condition: part(*condition, Step::If),
                        then: then.map(|it| part(it, Step::Then)),
                        otherwise: otherwise.map(|it| part(it, Step::Else)),
                    }));
                    judged.checks.push(check);
                }
                Condition::UnevaluatedProperties { owner, schema } => {
                    let spoken = self.spoken(*owner, Asking::Properties, direction, path);
                    let slot = self.rest_slot(*schema, direction, path);
                    if !spoken.all_properties {
                        let spoken = Box::new(spoken);
                        judged
                            .checks
                            .push(Check::UnevaluatedProperties { spoken, slot });
                    }
                }
                Condition::UnevaluatedItems { owner, schema } => {
                    let spoken = self.spoken(*owner, Asking::Items, direction, path);
                    let slot = self.rest_slot(*schema, direction, path);
                    if !spoken.all_items {
                        let spoken = Box::new(spoken);
                        judged.checks.push(Check::UnevaluatedItems { spoken, slot });
                    }
                }
                // Settled before.
                Condition::Unknown => {}
            }
        }
        ItemKind::Judged(judged)
    }

    /// What the properties or items that nothing speaks of are; `None` where there may be none.
    pub(crate) fn rest_slot(
        &mut self,
        schema: specsmith_ir::SchemaId,
        direction: Direction,
        path: &Path<'_>,
    ) -> Option<Slot> {
        let allowed = !self.facts.schema_kinds(schema).is_empty();
        let below = path.step(&Step::Rest);
        allowed.then(|| self.whole_slot(&Conj::of(schema), direction, &below))
    }

    /// The slot with its rules in a type of their own, if it has any.
    pub(crate) fn ruled(&mut self, slot: Slot, path: &Path<'_>) -> Slot {
        if !slot.ty.has_rules() {
            return slot;
        }
        let order = self.next_order();
        Slot::new(self.intern(ItemKind::Newtype(slot), path, order, Words::default()))
    }
}

pub(crate) fn never() -> Body {
    Body::Item(ItemKind::Judged(Judged {
        checks: vec![Check::Never],
        views: Vec::new(),
    }))
}

/// What those schemas say themselves.
pub(crate) fn plain(members: &[Part]) -> Conj {
    Conj(
        members
            .iter()
            .map(|part| Part {
                schema: part.schema,
                plain: true,
            })
            .collect(),
    )
}
