//! Children: every schema that a schema refers to or holds.

use specsmith_ir::{Applied, Rest, Schema, SchemaId};

/// Every schema that a schema refers to or holds.
pub(crate) fn each_child(schema: &Schema, visit: &mut impl FnMut(SchemaId)) {
    each_applied(schema, visit);
    each_item(schema, visit);
    if let Some(list) = schema.types.list.as_deref() {
        list.contains.iter().for_each(|it| visit(it.schema));
    }
    if let Some(record) = schema.types.record.as_deref() {
        record.properties.iter().for_each(|it| visit(it.schema));
        record.patterns.iter().for_each(|it| visit(it.schema));
        match record.rest {
            Rest::Ignored | Rest::Denied => {}
            Rest::Collected(schema) => visit(schema),
        }
        record.names.into_iter().for_each(&mut *visit);
    }
    for applied in &schema.applied {
        if let Applied::UnevaluatedProperties(it) = applied {
            visit(*it);
        }
    }
}

/// The schemas that speak of the same value.
pub(crate) fn each_applied(schema: &Schema, visit: &mut impl FnMut(SchemaId)) {
    if let Some(record) = schema.types.record.as_deref() {
        record
            .dependent_schemas
            .iter()
            .for_each(|(_, it)| visit(*it));
    }
    for applied in &schema.applied {
        match applied {
            Applied::All(all) | Applied::Any(all) | Applied::One(all) => {
                all.iter().copied().for_each(&mut *visit);
            }
            Applied::Not(it) | Applied::Ref(it) | Applied::DynamicRef { fallback: it, .. } => {
                visit(*it);
            }
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                visit(*condition);
                then.iter().chain(otherwise).copied().for_each(&mut *visit);
            }
            Applied::UnevaluatedItems(_) | Applied::UnevaluatedProperties(_) => {}
        }
    }
}

/// The schemas of a list's items.
pub(crate) fn each_item(schema: &Schema, visit: &mut impl FnMut(SchemaId)) {
    if let Some(list) = schema.types.list.as_deref() {
        list.prefix.iter().copied().for_each(&mut *visit);
        list.items.into_iter().for_each(&mut *visit);
    }
    for applied in &schema.applied {
        if let Applied::UnevaluatedItems(it) = applied {
            visit(*it);
        }
    }
}

/// The same, to be changed.
pub(crate) fn each_child_mut(schema: &mut Schema, visit: &mut impl FnMut(&mut SchemaId)) {
    if let Some(list) = schema.types.list.as_deref_mut() {
        list.prefix.iter_mut().for_each(&mut *visit);
        list.items.iter_mut().for_each(&mut *visit);
        list.contains
            .iter_mut()
            .for_each(|it| visit(&mut it.schema));
    }
    if let Some(record) = schema.types.record.as_deref_mut() {
        record
            .properties
            .iter_mut()
            .for_each(|it| visit(&mut it.schema));
        record
            .patterns
            .iter_mut()
            .for_each(|it| visit(&mut it.schema));
        match &mut record.rest {
            Rest::Ignored | Rest::Denied => {}
            Rest::Collected(schema) => visit(schema),
        }
        record.names.iter_mut().for_each(&mut *visit);
        record
            .dependent_schemas
            .iter_mut()
            .for_each(|(_, it)| visit(it));
    }
    for applied in &mut schema.applied {
        match applied {
            Applied::All(all) | Applied::Any(all) | Applied::One(all) => {
                all.iter_mut().for_each(&mut *visit);
            }
            Applied::Not(it)
            | Applied::Ref(it)
            | Applied::UnevaluatedItems(it)
            | Applied::UnevaluatedProperties(it)
            | Applied::DynamicRef { fallback: it, .. } => visit(it),
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                visit(condition);
                then.iter_mut().chain(otherwise).for_each(&mut *visit);
            }
        }
    }
}
