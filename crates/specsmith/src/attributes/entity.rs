//! Entities: the records that have attributes, and what they are called.

use std::collections::BTreeSet;

use specsmith_ir::{Applied, Definition, Model, SchemaId};

use crate::lints::attribute_lists;
use crate::target::Target;

/// A record with attributes.
pub(super) struct Entity {
    /// What it is called: by its definition, and by its document where it is the only one there.
    pub(super) names: Vec<String>,
    /// What it is.
    pub(super) record: SchemaId,
    /// The properties that hold its attributes.
    pub(super) lists: BTreeSet<String>,
}

/// The entities of the targets.
pub(super) fn entities(model: &Model, targets: &[Target]) -> Vec<Entity> {
    let mut found: Vec<(&Definition, BTreeSet<String>)> = Vec::new();
    for target in targets {
        let Some(definition) = definition_of(model, record_of(target)) else {
            continue;
        };
        let lists = attribute_lists(model, definition.schema);
        if !lists.is_empty() && !found.iter().any(|(it, _)| it.schema == definition.schema) {
            found.push((definition, lists));
        }
    }
    let homes: Vec<_> = found.iter().map(|(it, _)| it.document).collect();
    found
        .into_iter()
        .map(|(definition, lists)| {
            let mut names = vec![definition.name.as_str().to_owned()];
            let alone = homes
                .iter()
                .filter(|it| **it == definition.document)
                .count()
                == 1;
            if alone {
                names.push(model.document(definition.document).name.as_str().to_owned());
            }
            Entity {
                names,
                record: definition.schema,
                lists,
            }
        })
        .collect()
}

/// What the records of a target are.
pub(super) fn record_of(target: &Target) -> SchemaId {
    target.batch.as_ref().map_or(target.schema, |it| it.item)
}

/// The definition that a schema is, or refers to and says nothing beside.
pub(super) fn definition_of(model: &Model, schema: SchemaId) -> Option<&Definition> {
    let mut schema = schema;
    // A reference that leads back to itself is no definition.
    for _ in 0..64 {
        if let Some(definition) = model.definition_of(schema) {
            return Some(definition);
        }
        match model.schema(schema).applied.as_slice() {
            [Applied::Ref(target)] => schema = *target,
            _ => return None,
        }
    }
    None
}
