//! Contradictions: conjunctions that provably accept no value but null.

use specsmith_ir::Direction;

use crate::build::Builder;
use crate::kinds::Kinds;
use crate::shape::{fits, plain};
use crate::view::{Condition, Conj, RecordView, View};

/// How deep required properties and branches are looked into.
const DEPTH: u32 = 4;

/// Whether no value but null is accepted, by types, listed values, or a property that must be there
/// and can be nothing. False where that is not known.
pub(crate) fn accepts_nothing(builder: &Builder<'_>, conj: &Conj, direction: Direction) -> bool {
    is_empty(builder, conj, direction, DEPTH)
}

fn is_empty(builder: &Builder<'_>, conj: &Conj, direction: Direction, depth: u32) -> bool {
    let kinds = builder.facts.kinds(builder.model, conj);
    if kinds.without(Kinds::NULL).is_empty() {
        return true;
    }
    if depth == 0 {
        return false;
    }
    let mut view = View::new(builder.model, conj, direction);
    view.restrict(kinds);
    let kinds = view.own_kinds().without(Kinds::NULL);
    let no_literal = view.literals.as_ref().is_some_and(|values| {
        let mut values = values.iter().filter(|it| Kinds::of(it) != Kinds::NULL);
        !values.any(|value| fits(&view, value))
    });
    if kinds.is_empty() || no_literal {
        return true;
    }
    if let (Kinds::RECORD, Some(record)) = (kinds, &view.record)
        && lacks(builder, record, direction, depth)
    {
        return true;
    }
    let base = plain(&view.members);
    view.conditions.iter().any(|condition| match condition {
        Condition::Any(branches) | Condition::One(branches) => branches.iter().all(|branch| {
            let conj = base.clone().with(*branch);
            is_empty(builder, &conj, direction, depth - 1)
        }),
        Condition::Not(_)
        | Condition::If { .. }
        | Condition::UnevaluatedItems { .. }
        | Condition::UnevaluatedProperties { .. }
        | Condition::Unknown => false,
    })
}

/// Whether a required property can have no value.
fn lacks(builder: &Builder<'_>, record: &RecordView, direction: Direction, depth: u32) -> bool {
    let mut required = record.properties.iter().filter(|it| it.required);
    required.any(|property| {
        let conj = &property.conj;
        let null = builder.facts.accepts_null(builder.model, conj);
        // What is one definition or anything is contradicted by nothing here.
        let contradicted = !null
            && builder.resolved(conj).is_ok()
            && is_empty(builder, conj, direction, depth - 1);
        property.forbidden || contradicted
    })
}
