//! In which direction properties are sent: as their schemas say, or what these refer to.

use specsmith_ir::{Access, Applied, Model, Presence, SchemaId};

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
            let accesses: Vec<Sent> = record
                .properties
                .iter()
                .map(|it| sent(&self.model, it.schema))
                .collect();
            let schema = self.model.schemas.get_mut(at);
            if let Some(record) = schema.and_then(|it| it.types.record.as_mut()) {
                for (property, sent) in record.properties.iter_mut().zip(accesses) {
                    match sent {
                        Sent::By(access) => property.access = access,
                        Sent::ByNobody => property.presence = Presence::Optional,
                    }
                }
            }
        }
    }
}

/// Who sends a property.
enum Sent {
    By(Access),
    /// It is both for reading only and for writing only, so that nobody need send it.
    ByNobody,
}

/// What a schema says, and all that it refers to. References end, since circles were cut.
fn sent(model: &Model, schema: SchemaId) -> Sent {
    let (mut read_only, mut write_only) = (false, false);
    let mut next = Some(schema);
    while let Some(schema) = next.and_then(|it| model.schemas.get(it.0 as usize)) {
        read_only |= schema.notes.read_only;
        write_only |= schema.notes.write_only;
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
    match (read_only, write_only) {
        (false, false) => Sent::By(Access::Both),
        (true, false) => Sent::By(Access::ReadOnly),
        (false, true) => Sent::By(Access::WriteOnly),
        (true, true) => Sent::ByNobody,
    }
}
