//! Facts: what can be said of a schema without making a type of it.

use specsmith_ir::{
    Applied, ByType, ListRules, Literal, Model, NumberRules, RecordRules, Schema, SchemaId,
    StringRules,
};

use crate::kinds::Kinds;
use crate::view::Conj;

/// What is known of each schema, by its index.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    kinds: Vec<Kinds>,
    null: Vec<bool>,
}

/// How far the answer for one schema has come.
#[derive(Clone, Copy, Debug)]
enum Known<T> {
    No,
    /// Being asked: a circle of references adds no rule.
    Asking,
    Yes(T),
}

/// How deep schemas are followed before the answer is the careful one.
const DEPTH: u32 = 200;

impl Facts {
    pub(crate) fn new(model: &Model) -> Self {
        let mut kinds = vec![Known::No; model.schemas.len()];
        let mut null = vec![Known::No; model.schemas.len()];
        let ids = || (0_u32..).take(model.schemas.len()).map(SchemaId);
        Self {
            kinds: ids().map(|id| kinds_of(model, id, &mut kinds, 0)).collect(),
            null: ids().map(|id| null_of(model, id, &mut null, 0)).collect(),
        }
    }

    /// Whether null is accepted: exact, since few rules speak to null.
    pub(crate) fn accepts_null(&self, model: &Model, conj: &Conj) -> bool {
        conj.0.iter().all(|part| {
            if part.plain {
                own_null(model.schema(part.schema))
            } else {
                self.null
                    .get(part.schema.0 as usize)
                    .copied()
                    .unwrap_or(true)
            }
        })
    }

    /// Types outside of which no value is accepted. There may be values inside that are not.
    pub(crate) fn kinds(&self, model: &Model, conj: &Conj) -> Kinds {
        conj.0.iter().fold(Kinds::ALL, |so_far, part| {
            so_far.and(if part.plain {
                own_kinds(model.schema(part.schema))
            } else {
                self.schema_kinds(part.schema)
            })
        })
    }

    /// The same of one schema.
    pub(crate) fn schema_kinds(&self, id: SchemaId) -> Kinds {
        self.kinds.get(id.0 as usize).copied().unwrap_or(Kinds::ALL)
    }

    /// Whether a schema only joins others: what it says itself is nothing, and the rest are
    /// references and conjunctions. The others, if so.
    pub(crate) fn joined(&self, model: &Model, id: SchemaId) -> Option<Vec<SchemaId>> {
        let schema = model.schema(id);
        if schema.applied.is_empty() || !only_kinds(schema) {
            return None;
        }
        let mut targets = Vec::new();
        for applied in &schema.applied {
            match applied {
                Applied::All(all) => targets.extend(all.iter().copied()),
                Applied::Any(one) | Applied::One(one) if one.len() == 1 => {
                    targets.extend(one.iter().copied());
                }
                Applied::Ref(target) => targets.push(*target),
                Applied::Any(_)
                | Applied::One(_)
                | Applied::Not(_)
                | Applied::If { .. }
                | Applied::DynamicRef { .. }
                | Applied::UnevaluatedItems(_)
                | Applied::UnevaluatedProperties(_) => return None,
            }
        }
        // The types named beside a reference are no rule where the reference allows no others.
        // Null is judged apart.
        let own = own_kinds(schema).or(Kinds::NULL);
        let implied = own == Kinds::ALL
            || targets
                .iter()
                .any(|target| self.schema_kinds(*target).without(own).is_empty());
        implied.then_some(targets)
    }
}

fn own_null(schema: &Schema) -> bool {
    let listed = schema.listed.as_ref();
    schema.types.null
        && listed.is_none_or(|values| values.contains(&Literal::Null))
        && schema
            .constant
            .as_ref()
            .is_none_or(|it| *it == Literal::Null)
}

fn null_of(model: &Model, id: SchemaId, known: &mut [Known<bool>], depth: u32) -> bool {
    let Some(slot) = known.get_mut(id.0 as usize) else {
        return true;
    };
    match *slot {
        Known::Yes(answer) => return answer,
        Known::Asking => return true,
        Known::No if depth > DEPTH => return true,
        Known::No => *slot = Known::Asking,
    }
    let schema = model.schema(id);
    let mut below = |id: &SchemaId| null_of(model, *id, known, depth + 1);
    let answer = own_null(schema)
        && schema.applied.iter().all(|applied| match applied {
            Applied::All(all) => all.iter().all(&mut below),
            Applied::Any(any) => any.iter().any(&mut below),
            Applied::One(one) => one.iter().filter(|id| below(id)).count() == 1,
            Applied::Not(not) => !below(not),
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                let branch = if below(condition) { then } else { otherwise };
                branch.as_ref().is_none_or(&mut below)
            }
            Applied::Ref(target) => below(target),
            Applied::DynamicRef { fallback, .. } => below(fallback),
            Applied::UnevaluatedItems(_) | Applied::UnevaluatedProperties(_) => true,
        });
    if let Some(slot) = known.get_mut(id.0 as usize) {
        *slot = Known::Yes(answer);
    }
    answer
}

fn kinds_of(model: &Model, id: SchemaId, known: &mut [Known<Kinds>], depth: u32) -> Kinds {
    let Some(slot) = known.get_mut(id.0 as usize) else {
        return Kinds::ALL;
    };
    match *slot {
        Known::Yes(answer) => return answer,
        Known::Asking => return Kinds::ALL,
        Known::No if depth > DEPTH => return Kinds::ALL,
        Known::No => *slot = Known::Asking,
    }
    let schema = model.schema(id);
    let mut below = |id: &SchemaId| kinds_of(model, *id, known, depth + 1);
    let mut kinds = own_kinds(schema);
    for applied in &schema.applied {
        kinds = kinds.and(match applied {
            Applied::All(all) => all.iter().map(&mut below).fold(Kinds::ALL, Kinds::and),
            Applied::Any(some) | Applied::One(some) => {
                some.iter().map(&mut below).fold(Kinds::NONE, Kinds::or)
            }
            Applied::Ref(target) => below(target),
            Applied::DynamicRef { fallback, .. } => below(fallback),
            Applied::Not(_)
            | Applied::If { .. }
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => Kinds::ALL,
        });
    }
    if let Some(slot) = known.get_mut(id.0 as usize) {
        *slot = Known::Yes(kinds);
    }
    kinds
}

/// What types and literals say.
pub(crate) fn own_kinds(schema: &Schema) -> Kinds {
    let types = &schema.types;
    let mut kinds = Kinds::NONE;
    kinds.set(Kinds::NULL, types.null);
    kinds.set(Kinds::BOOLEAN, types.boolean);
    kinds.set(Kinds::NUMBER, types.number.is_some());
    kinds.set(Kinds::STRING, types.string.is_some());
    kinds.set(Kinds::LIST, types.list.is_some());
    kinds.set(Kinds::RECORD, types.record.is_some());
    let listed = |values: &[Literal]| {
        let of = values.iter().map(Kinds::of);
        of.fold(Kinds::NONE, Kinds::or)
    };
    if let Some(values) = &schema.listed {
        kinds = kinds.and(listed(values));
    }
    if let Some(value) = &schema.constant {
        kinds = kinds.and(Kinds::of(value));
    }
    kinds
}

/// Whether nothing is said of a type beyond that it is accepted.
pub(crate) fn only_kinds(schema: &Schema) -> bool {
    schema.listed.is_none() && schema.constant.is_none() && types_only(&schema.types)
}

/// Whether nothing is said at all, apart from what is applied.
pub(crate) fn says_nothing(schema: &Schema) -> bool {
    only_kinds(schema) && own_kinds(schema) == Kinds::ALL
}

fn types_only(types: &ByType) -> bool {
    let number = types.number.as_deref();
    let string = types.string.as_deref();
    let list = types.list.as_deref();
    let record = types.record.as_deref();
    number.is_none_or(|it| *it == NumberRules::default())
        && string.is_none_or(|it| *it == StringRules::default())
        && list.is_none_or(|it| *it == ListRules::default())
        && record.is_none_or(|it| *it == RecordRules::default())
}
