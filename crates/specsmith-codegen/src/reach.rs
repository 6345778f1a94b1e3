//! Reach: which schemas are sent, which are received, where the two differ, and what is compared.

use specsmith_ir::{Access, Direction, Model, OperationKind, Presence, SchemaId};

use crate::children::{each_applied, each_child, each_item};

/// What is known of each schema, by its index.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    /// A request leads to it.
    sent: Vec<bool>,
    /// A response leads to it.
    received: Vec<bool>,
    /// It means one thing in a request and another in a response.
    sensitive: Vec<bool>,
    /// It stands in the items of a list in which no two may be equal.
    compared: Vec<bool>,
}

impl Reach {
    pub(crate) fn new(model: &Model) -> Self {
        let count = model.schemas.len();
        let mut below: Vec<Vec<SchemaId>> = Vec::with_capacity(count);
        for schema in &model.schemas {
            let mut children = Vec::new();
            each_child(schema, &mut |child| children.push(child));
            below.push(children);
        }
        let (requests, responses) = bodies(model);
        Self {
            sent: closure(count, requests, &below),
            received: closure(count, responses, &below),
            sensitive: sensitive(model, &below),
            compared: closure(count, compared_items(model), &below),
        }
    }

    pub(crate) fn is_sensitive(&self, schema: SchemaId) -> bool {
        has(&self.sensitive, schema)
    }

    pub(crate) fn is_sent(&self, schema: SchemaId) -> bool {
        has(&self.sent, schema)
    }

    pub(crate) fn is_received(&self, schema: SchemaId) -> bool {
        has(&self.received, schema)
    }

    /// Whether a value counts with all of its properties, those too that the schema says nothing of.
    pub(crate) fn is_compared(&self, schema: SchemaId) -> bool {
        has(&self.compared, schema)
    }

    /// The directions for which a definition needs a type: both only where they differ.
    pub(crate) fn directions(&self, schema: SchemaId) -> &'static [Direction] {
        if !self.is_sensitive(schema) {
            return &[Direction::Response];
        }
        match (self.is_sent(schema), self.is_received(schema)) {
            (true, true) => &[Direction::Response, Direction::Request],
            (true, false) => &[Direction::Request],
            (false, _) => &[Direction::Response],
        }
    }
}

fn has(list: &[bool], schema: SchemaId) -> bool {
    list.get(schema.0 as usize).copied().unwrap_or_default()
}

/// The schemas of request bodies and parameters, and those of responses and headers. What the
/// server sends of its own accord is a request all the same.
fn bodies(model: &Model) -> (Vec<SchemaId>, Vec<SchemaId>) {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for operation in &model.operations {
        match operation.kind {
            OperationKind::Path | OperationKind::Webhook | OperationKind::Callback { .. } => {}
        }
        let body = operation.request.iter().flat_map(|body| &body.content);
        requests.extend(body.filter_map(|media| media.schema));
        requests.extend(operation.parameters.iter().filter_map(|it| it.schema));
        for response in &operation.responses {
            responses.extend(response.content.iter().filter_map(|media| media.schema));
            responses.extend(response.headers.iter().filter_map(|it| it.schema));
        }
    }
    (requests, responses)
}

fn closure(count: usize, roots: Vec<SchemaId>, next: &[Vec<SchemaId>]) -> Vec<bool> {
    let mut reached = vec![false; count];
    let mut ahead = roots;
    while let Some(schema) = ahead.pop() {
        let Some(flag) = reached.get_mut(schema.0 as usize) else {
            continue;
        };
        if !std::mem::replace(flag, true) {
            ahead.extend(next.get(schema.0 as usize).into_iter().flatten());
        }
    }
    reached
}

/// The other way round.
fn turned(below: &[Vec<SchemaId>]) -> Vec<Vec<SchemaId>> {
    let mut above: Vec<Vec<SchemaId>> = vec![Vec::new(); below.len()];
    for (index, children) in (0_u32..).zip(below) {
        for child in children {
            if let Some(parents) = above.get_mut(child.0 as usize) {
                parents.push(SchemaId(index));
            }
        }
    }
    above
}

/// The items of lists in which no two may be equal. One schema may say so, and another what the
/// items are: all that speak of the same list count.
fn compared_items(model: &Model) -> Vec<SchemaId> {
    let ids = || (0_u32..).map(SchemaId);
    let unique = ids().zip(&model.schemas).filter(|(_, schema)| {
        let list = schema.types.list.as_deref();
        list.is_some_and(|it| it.unique)
    });
    let unique: Vec<SchemaId> = unique.map(|(id, _)| id).collect();
    if unique.is_empty() {
        return Vec::new();
    }
    let applied = model.schemas.iter().map(|schema| {
        let mut applied = Vec::new();
        each_applied(schema, &mut |child| applied.push(child));
        applied
    });
    let applied: Vec<Vec<SchemaId>> = applied.collect();
    let set = |flags: Vec<bool>| -> Vec<SchemaId> {
        let set = ids().zip(flags).filter(|(_, flag)| *flag);
        set.map(|(id, _)| id).collect()
    };
    let count = applied.len();
    let around = set(closure(count, unique, &turned(&applied)));
    let mut items = Vec::new();
    for id in set(closure(count, around, &applied)) {
        each_item(model.schema(id), &mut |item| items.push(item));
    }
    items
}

fn sensitive(model: &Model, below: &[Vec<SchemaId>]) -> Vec<bool> {
    let own = (0_u32..).zip(&model.schemas).filter(|(_, schema)| {
        schema.types.record.as_deref().is_some_and(|record| {
            record
                .properties
                .iter()
                .any(|it| it.presence == Presence::Required && it.access != Access::Both)
        })
    });
    let roots = own.map(|(index, _)| SchemaId(index)).collect();
    closure(below.len(), roots, &turned(below))
}
