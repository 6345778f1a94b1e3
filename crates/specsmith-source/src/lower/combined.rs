//! The keywords that combine schemas, and schemas as the values of keywords.

use specsmith_ir::{Applied, Facet, SchemaId, Step, WireName};
use specsmith_json::{Node, Object, Value};

use super::Lowering;
use super::draft::Draft;
use super::value::Entry;

impl<'s> Lowering<'s> {
    pub(super) fn applied_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
    ) {
        let applied = match name {
            "allOf" => {
                let schemas = self.branches(id, entry, Step::All, Facet::All);
                schemas.map(Applied::All)
            }
            "anyOf" => {
                let schemas = self.branches(id, entry, Step::Any, Facet::Any);
                schemas.map(Applied::Any)
            }
            "oneOf" => {
                let schemas = self.branches(id, entry, Step::One, Facet::One);
                schemas.map(Applied::One)
            }
            "not" => {
                let schema = self.one_schema(id, entry, Step::Not, Facet::Not);
                schema.map(Applied::Not)
            }
            "if" => {
                draft.condition = self.one_schema(id, entry, Step::If, Facet::If);
                None
            }
            "then" => {
                let schema = self.one_schema(id, entry, Step::Then, Facet::Then);
                draft.then = schema.map(|it| (it, entry.key));
                None
            }
            "else" => {
                let schema = self.one_schema(id, entry, Step::Else, Facet::Else);
                draft.otherwise = schema.map(|it| (it, entry.key));
                None
            }
            "unevaluatedItems" => {
                let (step, facet) = (Step::UnevaluatedItems, Facet::UnevaluatedItems);
                let schema = self.one_schema(id, entry, step, facet);
                draft
                    .unevaluated
                    .extend(schema.map(Applied::UnevaluatedItems));
                None
            }
            _ => {
                let (step, facet) = (Step::UnevaluatedProperties, Facet::UnevaluatedProperties);
                let schema = self.one_schema(id, entry, step, facet);
                draft
                    .unevaluated
                    .extend(schema.map(Applied::UnevaluatedProperties));
                None
            }
        };
        draft.applied.extend(applied);
    }

    /// `$defs`: lowered, so that what is wrong in them is said; reached by references only.
    pub(super) fn definitions(&mut self, id: SchemaId, entry: Entry<'s>) {
        for member in self.map(entry).into_iter().flatten() {
            let step = Step::Definition(WireName::from(&*member.key));
            self.inside(id, step, &member.node, entry.scope);
        }
    }

    /// The schema that is the value of a keyword.
    pub(super) fn one_schema(
        &mut self,
        id: SchemaId,
        entry: Entry<'s>,
        step: Step,
        facet: Facet,
    ) -> Option<SchemaId> {
        if !is_schema(entry.node) {
            self.invalid(entry, entry.node, "a schema");
            return None;
        }
        self.record(id, facet, entry.key);
        Some(self.inside(id, step, entry.node, entry.scope))
    }

    /// The schemas that are the value of a keyword; entries that are none accept any value, so
    /// that the others keep their places.
    pub(super) fn schemas(
        &mut self,
        id: SchemaId,
        entry: Entry<'s>,
        step: fn(u32) -> Step,
        facet: Facet,
    ) -> Option<Vec<SchemaId>> {
        let Some(items) = entry.node.as_array() else {
            self.invalid(entry, entry.node, "a list of schemas");
            return None;
        };
        self.record(id, facet, entry.key);
        let schemas = (0..).zip(items);
        Some(
            schemas
                .map(|(index, it)| self.inside(id, step(index), it, entry.scope))
                .collect(),
        )
    }

    /// Likewise, of which there must be at least one.
    fn branches(
        &mut self,
        id: SchemaId,
        entry: Entry<'s>,
        step: fn(u32) -> Step,
        facet: Facet,
    ) -> Option<Vec<SchemaId>> {
        let schemas = self.schemas(id, entry, step, facet)?;
        if schemas.is_empty() {
            let message = format!("`{}` must hold at least one schema", entry.name);
            self.passed_over(entry, entry.node, message);
            return None;
        }
        Some(schemas)
    }

    pub(super) fn map(&mut self, entry: Entry<'s>) -> Option<&'s Object> {
        let object = entry.node.as_object();
        if object.is_none() {
            self.invalid(entry, entry.node, "an object");
        }
        object
    }
}

fn is_schema(node: &Node) -> bool {
    match node.value {
        Value::Object(_) | Value::Boolean(_) => true,
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => false,
    }
}
