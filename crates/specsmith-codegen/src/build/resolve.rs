//! Resolution: what is left of a conjunction once references are followed.

use smallvec::smallvec;
use specsmith_ir::SchemaId;

use crate::build::Builder;
use crate::facts::says_nothing;
use crate::view::{Conj, Part, Parts};

impl Builder<'_> {
    /// What is left to look at once references are followed: a conjunction, else a definition, else
    /// nothing, since every value is accepted.
    pub(crate) fn resolved(&self, conj: &Conj) -> Result<Conj, Option<SchemaId>> {
        match self.resolve(conj) {
            Resolved::Any => Err(None),
            Resolved::Definition(schema) => Err(Some(schema)),
            Resolved::Inline(conj) => Ok(conj),
        }
    }

    /// Follows references as far as they only point on.
    pub(super) fn resolve(&self, conj: &Conj) -> Resolved {
        let mut parts = Parts::new();
        let mut seen = Parts::new();
        let mut ahead: Parts = conj.0.iter().rev().copied().collect();
        while let Some(part) = ahead.pop() {
            if seen.contains(&part) {
                continue;
            }
            seen.push(part);
            let schema = self.model.schema(part.schema);
            if says_nothing(schema) && (part.plain || schema.applied.is_empty()) {
                continue;
            }
            let points_on = if part.plain || self.model.definition_of(part.schema).is_some() {
                None
            } else {
                self.facts.joined(self.model, part.schema)
            };
            match points_on {
                Some(targets) => ahead.extend(targets.into_iter().rev().map(|schema| Part {
                    schema,
                    plain: false,
                })),
                None => parts.push(part),
            }
        }
        let parts = self.without_implied_kinds(parts);
        match parts.as_slice() {
            [] => Resolved::Any,
            [part] if !part.plain && self.model.definition_of(part.schema).is_some() => {
                Resolved::Definition(part.schema)
            }
            _ => Resolved::Inline(Conj(parts)),
        }
    }

    /// Leaves out parts that only name types, where another part allows no others anyway.
    fn without_implied_kinds(&self, parts: Parts) -> Parts {
        if parts.len() < 2 {
            return parts;
        }
        let model = self.model;
        let kinds = |part: &Part| self.facts.kinds(model, &Conj(smallvec![*part]));
        let bare = |part: &Part| {
            let schema = model.schema(part.schema);
            (part.plain || schema.applied.is_empty()) && crate::facts::only_kinds(schema)
        };
        let mut kept = Parts::new();
        for part in &parts {
            let own = kinds(part).or(crate::kinds::Kinds::NULL);
            let implied = bare(part)
                && parts
                    .iter()
                    .any(|other| !bare(other) && kinds(other).without(own).is_empty());
            if !implied {
                kept.push(*part);
            }
        }
        kept
    }
}

/// How a conjunction is to be taken.
pub(super) enum Resolved {
    Any,
    Definition(SchemaId),
    Inline(Conj),
}
