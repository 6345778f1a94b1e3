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
        // Most are one part that points nowhere.
        if let [part] = conj.0.as_slice() {
            match self.look(*part) {
                Look::Nothing => return Resolved::Any,
                Look::Here => return self.taken(smallvec![*part]),
                Look::On(_) => {}
            }
        }
        let mut parts = Parts::new();
        let mut seen = Vec::new();
        let mut ahead: Vec<Part> = conj.0.iter().rev().copied().collect();
        while let Some(part) = ahead.pop() {
            if seen.contains(&part) {
                continue;
            }
            seen.push(part);
            match self.look(part) {
                Look::Nothing => {}
                Look::Here => parts.push(part),
                Look::On(targets) => ahead.extend(targets.into_iter().rev().map(|schema| Part {
                    schema,
                    plain: false,
                })),
            }
        }
        self.taken(self.without_implied_kinds(parts))
    }

    /// What a part says by itself.
    fn look(&self, part: Part) -> Look {
        let schema = self.model.schema(part.schema);
        if says_nothing(schema) && (part.plain || schema.applied.is_empty()) {
            return Look::Nothing;
        }
        if part.plain || self.model.definition_of(part.schema).is_some() {
            return Look::Here;
        }
        let targets = self.facts.joined(self.model, part.schema);
        targets.map_or(Look::Here, Look::On)
    }

    fn taken(&self, parts: Parts) -> Resolved {
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

/// What a part of a conjunction says by itself.
enum Look {
    Nothing,
    /// A rule, or a definition.
    Here,
    /// Only that others hold.
    On(Vec<SchemaId>),
}

/// How a conjunction is to be taken.
pub(super) enum Resolved {
    Any,
    Definition(SchemaId),
    Inline(Conj),
}
