//! In which direction properties are sent: as their schemas say, or what these refer to.

use specsmith_ir::{Access, Applied, Model, SchemaId};

use super::Lowering;

impl Lowering<'_> {
    /// Sets [`specsmith_ir::Property::access`] everywhere, once every schema is known.
    pub(super) fn settle_access(&mut self) {
        for at in 0..self.model.schemas.len() {
            let Some(record) = self
                .model
                .schemas
                .get(at)
                .and_then(|it| it.types.record.as_ref())
            else {
                continue;
            };
            let accesses: Vec<Access> = record
                .properties
                .iter()
                .map(|it| access(&self.model, it.schema))
                .collect();
            let schema = self.model.schemas.get_mut(at);
            if let Some(record) = schema.and_then(|it| it.types.record.as_mut()) {
                for (property, access) in record.properties.iter_mut().zip(accesses) {
                    property.access = access;
                }
            }
        }
    }
}

/// What the first schema says that says anything, from reference to reference. These end, since
/// circles were cut.
fn access(model: &Model, schema: SchemaId) -> Access {
    let mut next = Some(schema);
    while let Some(schema) = next.and_then(|it| model.schemas.get(it.0 as usize)) {
        match (schema.notes.read_only, schema.notes.write_only) {
            (true, false) => return Access::ReadOnly,
            (false, true) => return Access::WriteOnly,
            (true, true) => return Access::Both,
            (false, false) => {}
        }
        next = schema.applied.iter().find_map(|it| match it {
            Applied::Ref(schema) => Some(*schema),
            Applied::All(_)
            | Applied::Any(_)
            | Applied::One(_)
            | Applied::Not(_)
            | Applied::If { .. }
            | Applied::DynamicRef { .. }
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => None,
        });
    }
    Access::Both
}
