//! Unions of values: a union whose branches only list values is itself a list of values.
//!
//! `oneOf: [{ const: low, description: … }, { const: high }]` is how many documents write
//! `enum: [low, high]`, since each value can have words of its own.

use std::borrow::Cow;
use std::collections::HashMap;

use specsmith_ir::{Applied, Direction, Literal, Model, Schema, SchemaId};

use crate::literal;
use crate::view::{Conj, View};

/// For each schema that was a union of values: which branch lists a value, by its JSON text.
pub(crate) type Spoken = HashMap<SchemaId, HashMap<String, SchemaId>>;

/// The unions of a model as lists, and who speaks of their values.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    schemas: Vec<(SchemaId, Schema)>,
    pub(crate) spoken: Spoken,
}

impl Listed {
    /// Puts the lists in the place of the unions; called again, the unions in the place of the
    /// lists. A copy of the model would be a tenth of what a large document takes.
    pub(crate) fn swap(&mut self, model: &mut Cow<'_, Model>) {
        if self.schemas.is_empty() {
            return;
        }
        let schemas = &mut model.to_mut().schemas;
        for (id, schema) in &mut self.schemas {
            std::mem::swap(&mut schemas[id.0 as usize], schema);
        }
    }
}

/// Finds the unions of values.
pub(crate) fn listed(model: &Model) -> Listed {
    let ids = (0_u32..).map(SchemaId).zip(&model.schemas);
    let mut schemas = Vec::new();
    let mut spoken = Spoken::new();
    for (id, schema) in ids {
        let unions = unions(model, schema);
        if !unions.is_empty() {
            schemas.push((id, without(schema, &unions)));
            let values = unions.into_iter().flat_map(|union| union.values);
            let said = values.map(|(value, branch)| (literal::json(&value), branch));
            spoken.insert(id, said.collect());
        }
    }
    Listed { schemas, spoken }
}

/// One union of values among what a schema applies.
struct Union {
    index: usize,
    values: Vec<(Literal, SchemaId)>,
}

fn unions(model: &Model, schema: &Schema) -> Vec<Union> {
    let applied = schema.applied.iter().enumerate();
    let unions = applied.filter_map(|(index, applied)| {
        let (branches, apart) = match applied {
            Applied::Any(branches) => (branches, false),
            Applied::One(branches) => (branches, true),
            Applied::All(_)
            | Applied::Not(_)
            | Applied::If { .. }
            | Applied::Ref(_)
            | Applied::DynamicRef { .. }
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => return None,
        };
        let values = values(model, branches, apart)?;
        Some(Union { index, values })
    });
    unions.collect()
}

/// The values of all branches, if that is all that they say. Where exactly one branch must accept a
/// value, none may be listed twice.
fn values(model: &Model, branches: &[SchemaId], apart: bool) -> Option<Vec<(Literal, SchemaId)>> {
    let mut values = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut typed = 0;
    for branch in branches {
        let own = own_values(model, *branch)?;
        typed += usize::from(own != [Literal::Null]);
        for value in own {
            if seen.insert(literal::json(&value)) {
                values.push((value, *branch));
            } else if apart {
                return None;
            }
        }
    }
    // With null alone beside it, a list is what it is, with its words.
    (typed > 1).then_some(values)
}

/// The values that a branch lists, if it is no definition and says nothing else.
fn own_values(model: &Model, branch: SchemaId) -> Option<Vec<Literal>> {
    let schema = model.schema(branch);
    let only_null = crate::facts::own_kinds(schema) == crate::kinds::Kinds::NULL;
    let lists = schema.listed.is_some() || schema.constant.is_some() || only_null;
    if !lists || !schema.applied.is_empty() || model.definition_of(branch).is_some() {
        return None;
    }
    if only_null {
        return Some(vec![Literal::Null]);
    }
    let mut view = View::new(model, &Conj::of(branch), Direction::Response);
    let values = view.literals.take()?;
    let scalar = values.iter().all(|value| match value {
        Literal::Null | Literal::Boolean(_) | Literal::Number(_) | Literal::String(_) => true,
        Literal::List(_) | Literal::Record(_) => false,
    });
    let mut fitting = values.clone();
    fitting.retain(|value| crate::shape::fits(&view, value));
    let decided = view
        .string
        .as_ref()
        .is_none_or(|string| string.patterns.is_empty() && string.formats.is_empty());
    (scalar && decided && !fitting.is_empty()).then_some(fitting)
}

/// The schema with lists instead of those unions: a value must be in each of them.
fn without(schema: &Schema, unions: &[Union]) -> Schema {
    let mut schema = schema.clone();
    let mut index = 0;
    schema.applied.retain(|_| {
        index += 1;
        !unions.iter().any(|union| union.index + 1 == index)
    });
    for union in unions {
        let values = || union.values.iter().map(|(value, _)| value);
        schema.listed = Some(match schema.listed.take() {
            Some(listed) => {
                let listed = listed.into_iter();
                listed
                    .filter(|it| values().any(|value| value == it))
                    .collect()
            }
            None => values().cloned().collect(),
        });
    }
    schema
}
