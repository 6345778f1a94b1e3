//! Targets: what a payload can be held against, and which names each knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use specsmith_ir::{Applied, Direction, Model, OperationId, Schema, SchemaId};

/// The body of an operation, or a schema that a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The operation's id, else its method and path; or the schema's name.
    pub name: Arc<str>,
    /// The operation whose body it is.
    pub operation: Option<OperationId>,
    /// What the payload must be.
    pub schema: SchemaId,
    /// The names of the payload's own properties.
    pub names: BTreeSet<String>,
    /// Those of them that some rule requires.
    pub required: BTreeSet<String>,
    /// The one list of records that the payload is there for, where it is a batch.
    pub batch: Option<Batch>,
}

/// The list of records that a batch is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The property that holds the list.
    pub property: String,
    /// What each item must be.
    pub item: SchemaId,
    /// The names of an item's properties.
    pub names: BTreeSet<String>,
    /// Those of them that some rule requires.
    pub required: BTreeSet<String>,
    /// How many items the list may have.
    pub most: Option<u64>,
}

/// Every operation with a JSON body, in the order written.
pub fn operations(model: &Model) -> Vec<Target> {
    let ids = (0..).map(OperationId).take(model.operations.len());
    ids.filter_map(|id| operation(model, id)).collect()
}

/// The operation of that id, if it has a JSON body.
pub fn operation(model: &Model, id: OperationId) -> Option<Target> {
    let operation = model.operations.get(id.0 as usize)?;
    let body = operation.request.as_ref()?;
    let media = body.content.iter().find(|it| it.is_json())?;
    Some(target(model, operation.name(), Some(id), media.schema?))
}

/// The schema of that name.
pub fn schema(model: &Model, name: &str) -> Option<Target> {
    let definition = model.definition(name)?;
    Some(target(model, name.to_owned(), None, definition.schema))
}

fn target(model: &Model, name: String, operation: Option<OperationId>, schema: SchemaId) -> Target {
    Target {
        name: name.into(),
        operation,
        schema,
        names: names(model, schema),
        required: required(model, schema),
        batch: batch(model, schema),
    }
}

/// The names of the properties that a schema knows, in all its branches.
pub fn names(model: &Model, schema: SchemaId) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each_record(model, schema, &mut |record| {
        names.extend(record.properties.iter().map(|it| it.name.0.clone()));
        names.extend(record.also_required.iter().map(|it| it.0.clone()));
    });
    names
}

/// The names of the properties that a schema requires in some of its branches.
fn required(model: &Model, schema: SchemaId) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each_record(model, schema, &mut |record| {
        let properties = record.properties.iter();
        let properties = properties.filter(|it| it.is_required(Direction::Request));
        names.extend(properties.map(|it| it.name.0.clone()));
        names.extend(record.also_required.iter().map(|it| it.0.clone()));
    });
    names
}

/// The names of all properties that can be met anywhere inside a value of a schema.
pub fn names_within(model: &Model, schema: SchemaId) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each_within(model, schema, &mut |_, schema| {
        if let Some(record) = &schema.types.record {
            names.extend(record.properties.iter().map(|it| it.name.0.clone()));
            names.extend(record.also_required.iter().map(|it| it.0.clone()));
        }
    });
    names
}

/// The first schema of which something could not be read, among all that a value of a schema may
/// be held against.
pub fn unread_within(model: &Model, schema: SchemaId) -> Option<SchemaId> {
    let mut unread = None;
    each_within(model, schema, &mut |id, schema| {
        if schema.notes.unread {
            unread = unread.or(Some(id));
        }
    });
    unread
}

/// Goes through a schema and all schemas of what is inside its values, each once.
fn each_within(model: &Model, schema: SchemaId, look: &mut impl FnMut(SchemaId, &Schema)) {
    let mut seen = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = model.schema(id);
        look(id, schema);
        if let Some(record) = &schema.types.record {
            open.extend(record.properties.iter().map(|it| it.schema));
            open.extend(record.patterns.iter().map(|it| it.schema));
            open.extend(record.dependent_schemas.iter().map(|(_, it)| *it));
            if let specsmith_ir::Rest::Collected(rest) = record.rest {
                open.push(rest);
            }
        }
        if let Some(list) = &schema.types.list {
            open.extend(list.prefix.iter().copied());
            open.extend(list.items);
            open.extend(list.contains.iter().map(|it| it.schema));
        }
        open.extend(schema.applied.iter().flat_map(branches));
    }
}

/// The batch that a schema is: a record whose one property is a list of records.
fn batch(model: &Model, schema: SchemaId) -> Option<Batch> {
    let mut properties = Vec::new();
    each_record(model, schema, &mut |record| {
        properties.extend(record.properties.iter().cloned());
    });
    let [only] = properties.as_slice() else {
        return None;
    };
    let mut found = None;
    each_schema(model, only.schema, &mut |schema| {
        if let (Some(list), None) = (&schema.types.list, &schema.types.record)
            && let Some(item) = list.items
        {
            found.get_or_insert((item, list.max_items));
        }
    });
    let (item, most) = found?;
    let names = names(model, item);
    (!names.is_empty()).then(|| Batch {
        property: only.name.0.clone(),
        item,
        names,
        required: required(model, item),
        most,
    })
}

/// Calls `visit` with the rules for objects of a schema and of every schema applied to it.
fn each_record(
    model: &Model,
    schema: SchemaId,
    visit: &mut impl FnMut(&specsmith_ir::RecordRules),
) {
    each_schema(model, schema, &mut |it| {
        if let Some(record) = &it.types.record {
            visit(record);
        }
    });
}

/// Calls `visit` with a schema and every schema applied to it, each once.
pub fn each_schema(model: &Model, schema: SchemaId, visit: &mut impl FnMut(&specsmith_ir::Schema)) {
    let mut seen = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let schema = model.schema(id);
            visit(schema);
            open.extend(schema.applied.iter().flat_map(branches));
        }
    }
}

/// The schemas that an applied rule brings in; what must not hold brings in nothing.
fn branches(applied: &Applied) -> Vec<SchemaId> {
    match applied {
        Applied::All(all) | Applied::Any(all) | Applied::One(all) => all.clone(),
        Applied::Ref(one) | Applied::DynamicRef { fallback: one, .. } => vec![*one],
        Applied::If {
            condition,
            then,
            otherwise,
        } => std::iter::once(*condition)
            .chain(*then)
            .chain(*otherwise)
            .collect(),
        Applied::Not(_) | Applied::UnevaluatedItems(_) | Applied::UnevaluatedProperties(_) => {
            Vec::new()
        }
    }
}
