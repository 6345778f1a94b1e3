//! Which lists are attributes: lists of records that have a name and a value and nothing else.

use std::collections::BTreeSet;

use specsmith_ir::{Model, SchemaId};

use super::{is_text, properties};
use crate::target;

/// The key of an attribute's name.
pub(super) const NAME: &str = "name";
/// The key of an attribute's value.
pub(super) const VALUE: &str = "value";

/// The names of a record's properties that are lists of attributes.
pub(crate) fn lists(model: &Model, record: SchemaId) -> BTreeSet<String> {
    properties(model, record)
        .into_iter()
        .filter(|(_, schema)| is_list_of_attributes(model, *schema))
        .map(|(name, _)| name)
        .collect()
}

fn is_list_of_attributes(model: &Model, schema: SchemaId) -> bool {
    let mut items = BTreeSet::new();
    target::each_schema(model, schema, &mut |it| {
        // A schema that accepts objects as well says nothing about lists in particular.
        if let (Some(list), None) = (&it.types.list, &it.types.record) {
            items.extend(list.items);
        }
    });
    items.iter().any(|item| {
        let mut properties = properties(model, *item);
        properties.sort();
        match properties.as_slice() {
            [(name, of_name), (value, of_value)] => {
                name == NAME
                    && value == VALUE
                    && is_text(model, *of_name)
                    && is_text(model, *of_value)
            }
            _ => false,
        }
    })
}
