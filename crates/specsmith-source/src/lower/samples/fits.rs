//! Values that a schema surely takes: it asks nothing of them that is not looked at here.

use specsmith_ir::{Access, Applied, ListRules, Presence, RecordRules, Rest, Schema, SchemaId};
use specsmith_json::{Node, Object, Value};

use super::{DEEPEST, Judge, own_fault};

impl Judge<'_> {
    /// Whether a schema surely takes a value, in both directions.
    pub(super) fn fits(&mut self, id: SchemaId, node: &Node, depth: usize) -> bool {
        let Some(steps) = self.steps.checked_sub(1) else {
            return false;
        };
        self.steps = steps;
        let schema = self.model.schema(id);
        depth <= DEEPEST
            && !schema.notes.unread
            && own_fault(schema, node).is_none()
            && self.fits_types(schema, node, depth)
            && schema
                .applied
                .iter()
                .all(|it| self.fits_applied(it, node, depth))
    }

    fn fits_types(&mut self, schema: &Schema, node: &Node, depth: usize) -> bool {
        let types = &schema.types;
        match &node.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) => true,
            Value::String(_) => types.string.as_ref().is_some_and(|it| it.pattern.is_none()),
            Value::Array(items) => {
                let rules = types.list.as_deref();
                rules.is_some_and(|it| self.fits_list(it, items, depth))
            }
            Value::Object(object) => {
                let rules = types.record.as_deref();
                rules.is_some_and(|it| self.fits_record(it, object, depth))
            }
        }
    }

    fn fits_list(&mut self, rules: &ListRules, items: &[Node], depth: usize) -> bool {
        !rules.unique
            && rules.contains.is_none()
            && items.iter().enumerate().all(|(at, item)| {
                let id = rules.prefix.get(at).copied().or(rules.items);
                id.is_none_or(|id| self.fits(id, item, depth + 1))
            })
    }

    fn fits_record(&mut self, rules: &RecordRules, object: &Object, depth: usize) -> bool {
        let is_there = |name: &str| object.get(name).is_some();
        // What one side need not send is asked of the other.
        let mut one_way = rules.properties.iter().filter(|it| {
            it.presence == Presence::Required
                && matches!(it.access, Access::ReadOnly | Access::WriteOnly)
        });
        rules.patterns.is_empty()
            && rules.min_properties.is_none()
            && rules.max_properties.is_none()
            && rules.names.is_none()
            && rules.dependent_required.is_empty()
            && rules.dependent_schemas.is_empty()
            && one_way.all(|it| is_there(it.name.as_str()))
            && object.iter().all(|member| {
                let mut properties = rules.properties.iter();
                let property = properties.find(|it| it.name.as_str() == &*member.key);
                match (property, &rules.rest) {
                    (Some(property), _) => self.fits(property.schema, &member.node, depth + 1),
                    (None, Rest::Collected(rest)) => self.fits(*rest, &member.node, depth + 1),
                    (None, Rest::Ignored) => true,
                    (None, Rest::Denied) => false,
                }
            })
    }

    fn fits_applied(&mut self, applied: &Applied, node: &Node, depth: usize) -> bool {
        match applied {
            Applied::Ref(target) => self.fits(*target, node, depth + 1),
            Applied::All(all) => all.iter().all(|it| self.fits(*it, node, depth + 1)),
            Applied::Any(branches) => branches.iter().any(|it| self.fits(*it, node, depth + 1)),
            Applied::One(branches) => {
                let fitting = self.fitting(branches, node, depth);
                let others = branches.iter();
                let refused = others.filter(|it| self.refusal(**it, node, depth + 1).is_some());
                fitting == 1 && refused.count() + 1 == branches.len()
            }
            Applied::Not(_)
            | Applied::If { .. }
            | Applied::DynamicRef { .. }
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => false,
        }
    }

    /// How many of some schemas surely take a value.
    pub(super) fn fitting(&mut self, branches: &[SchemaId], node: &Node, depth: usize) -> usize {
        let branches = branches.iter();
        branches
            .filter(|it| self.fits(**it, node, depth + 1))
            .count()
    }
}
