//! Unions: whether branches are provably disjoint, and what they are called.

use std::collections::BTreeSet;

use specsmith_ir::Direction;

use crate::build::Builder;
use crate::kinds::Kinds;
use crate::names::Scope;
use crate::view::{Conj, PropertyView, RestView, View};

/// How many branches are compared pair by pair.
const MOST_BRANCHES: usize = 400;

/// Whether no value can be accepted by two of the branches, by type, literals, or a property.
pub(crate) fn disjoint(builder: &Builder<'_>, conjs: &[Conj], direction: Direction) -> bool {
    if conjs.len() > MOST_BRANCHES {
        return false;
    }
    let branches: Vec<Branch> = conjs
        .iter()
        .map(|conj| Branch::new(builder, conj, direction))
        .collect();
    branches.iter().enumerate().all(|(index, left)| {
        branches[..index]
            .iter()
            .all(|right| left.is_disjoint(right, builder))
    })
}

/// One branch, with what tells it apart.
struct Branch {
    kinds: Kinds,
    view: View,
    direction: Direction,
    /// The listed values, as JSON texts.
    literals: Option<BTreeSet<String>>,
}

impl Branch {
    fn new(builder: &Builder<'_>, conj: &Conj, direction: Direction) -> Self {
        let kinds = builder
            .facts
            .kinds(builder.model, conj)
            .without(Kinds::NULL);
        let mut view = View::new(builder.model, conj, direction);
        view.restrict(kinds);
        let literals = view
            .literals
            .as_ref()
            .map(|values| values.iter().map(crate::literal::json).collect());
        Self {
            kinds: view.own_kinds().without(Kinds::NULL),
            view,
            direction,
            literals,
        }
    }

    fn is_disjoint(&self, other: &Self, builder: &Builder<'_>) -> bool {
        let shared = self.kinds.and(other.kinds);
        if shared.is_empty() {
            return true;
        }
        if let (Some(ours), Some(theirs)) = (&self.literals, &other.literals)
            && ours.is_disjoint(theirs)
        {
            return true;
        }
        shared == Kinds::RECORD && (self.excludes(other, builder) || other.excludes(self, builder))
    }

    /// Whether a property that we require cannot be what the other wants it to be.
    fn excludes(&self, other: &Self, builder: &Builder<'_>) -> bool {
        let (Some(ours), Some(theirs)) = (&self.view.record, &other.view.record) else {
            return false;
        };
        ours.properties
            .iter()
            .filter(|it| it.required)
            .any(|property| match theirs.property(&property.name) {
                Some(their) if their.forbidden => true,
                Some(their) => apart(builder, property, their, self.direction),
                None => theirs.rest == RestView::Denied && theirs.patterns.is_empty(),
            })
    }
}

/// Whether no value can be both properties.
fn apart(
    builder: &Builder<'_>,
    left: &PropertyView,
    right: &PropertyView,
    direction: Direction,
) -> bool {
    let kinds = |property: &PropertyView| builder.facts.kinds(builder.model, &property.conj);
    if kinds(left).and(kinds(right)).is_empty() {
        return true;
    }
    let literals = |property: &PropertyView| -> Option<BTreeSet<String>> {
        let view = View::new(builder.model, &property.conj, direction);
        let values = view.literals?;
        Some(values.iter().map(crate::literal::json).collect())
    };
    match (literals(left), literals(right)) {
        (Some(left), Some(right)) => left.is_disjoint(&right),
        (Some(_) | None, _) => false,
    }
}

/// Leaves out the branches of `anyOf` that another lets in whole: a type without rules lets in all
/// values of that type.
pub(crate) fn absorb(builder: &Builder<'_>, conjs: &mut Vec<Conj>, direction: Direction) {
    let whole: Vec<Kinds> = conjs
        .iter()
        .map(|conj| {
            let view = View::new(builder.model, conj, direction);
            if view.conditions.is_empty() && view.literals.is_none() {
                crate::shape::unruled(&view)
            } else {
                Kinds::NONE
            }
        })
        .collect();
    let kinds: Vec<Kinds> = conjs
        .iter()
        .map(|conj| builder.facts.kinds(builder.model, conj))
        .collect();
    let covers = |one: usize, other: usize| kinds[other].without(whole[one]).is_empty();
    let mut index = 0;
    conjs.retain(|_| {
        let here = index;
        index += 1;
        // Of two that cover each other the first stays.
        !(0..kinds.len()).any(|other| {
            other != here && covers(other, here) && (other < here || !covers(here, other))
        })
    });
}

/// What the variants of an enum of those branches are called.
pub(crate) fn variant_names(
    builder: &Builder<'_>,
    conjs: &[Conj],
    direction: Direction,
) -> Vec<String> {
    let mut scope = Scope::default();
    conjs
        .iter()
        .map(|conj| scope.variant(&candidate(builder, conj, direction)))
        .collect()
}

fn candidate(builder: &Builder<'_>, conj: &Conj, direction: Direction) -> String {
    if let Err(Some(schema)) = builder.resolved(conj)
        && let Some(definition) = builder.model.definition_of(schema)
    {
        return definition.name.as_str().to_owned();
    }
    // The branch itself stands behind what the schema around it says.
    for part in conj.0.iter().rev().filter(|part| !part.plain) {
        if let Some(definition) = builder.model.definition_of(part.schema) {
            return definition.name.as_str().to_owned();
        }
        if let Some(title) = &builder.model.schema(part.schema).notes.title
            && title.len() <= 40
        {
            return title.clone();
        }
    }
    let view = View::new(builder.model, conj, direction);
    if let Some(record) = &view.record {
        for property in record.properties.iter().filter(|it| it.required) {
            let literals = View::new(builder.model, &property.conj, direction).literals;
            if let Some([only]) = literals.as_deref() {
                return crate::literal::name(only);
            }
        }
    }
    let kinds = builder
        .facts
        .kinds(builder.model, conj)
        .without(Kinds::NULL);
    if kinds == Kinds::NUMBER && view.number.as_ref().is_some_and(|it| it.integers) {
        return "Integer".to_owned();
    }
    kinds.name().to_owned()
}
