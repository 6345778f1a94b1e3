//! Gathering: every schema that a conjunction leads to in place.

use specsmith_ir::{Applied, Model, SchemaId};

use crate::view::{Condition, Part};

/// How many schemas one conjunction may hold, and how deep references may lead.
const MOST_MEMBERS: usize = 4096;

/// Follows references and `allOf` from one schema.
pub(super) fn gather(
    model: &Model,
    part: Part,
    members: &mut Vec<Part>,
    conditions: &mut Vec<Condition>,
) {
    let mut ahead = vec![part];
    while let Some(part) = ahead.pop() {
        let seen = members
            .iter()
            .any(|it| it.schema == part.schema && (!it.plain || part.plain));
        if seen {
            continue;
        }
        if members.len() >= MOST_MEMBERS {
            conditions.push(Condition::Unknown);
            return;
        }
        members.push(part);
        if part.plain {
            continue;
        }
        let mut below = Vec::new();
        for applied in &model.schema(part.schema).applied {
            match applied {
                Applied::All(all) => below.extend(all.iter().copied()),
                Applied::Ref(target) => below.push(*target),
                Applied::DynamicRef { fallback, anchor } => {
                    below.push(dynamic_target(model, anchor, *fallback));
                }
                // Of one branch, any and one are the same as all.
                Applied::Any(branches) | Applied::One(branches) if branches.len() == 1 => {
                    below.extend(branches.iter().copied());
                }
                Applied::Any(branches) => conditions.push(Condition::Any(branches.clone())),
                Applied::One(branches) => conditions.push(Condition::One(branches.clone())),
                Applied::Not(negated) => conditions.push(Condition::Not(*negated)),
                Applied::If {
                    condition,
                    then,
                    otherwise,
                } => conditions.push(Condition::If {
                    condition: *condition,
                    then: *then,
                    otherwise: *otherwise,
                }),
                Applied::UnevaluatedItems(schema) => {
                    conditions.push(Condition::UnevaluatedItems {
                        owner: part.schema,
                        schema: *schema,
                    });
                }
                Applied::UnevaluatedProperties(schema) => {
                    conditions.push(Condition::UnevaluatedProperties {
                        owner: part.schema,
                        schema: *schema,
                    });
                }
            }
        }
        // In the order written, since properties are shown in it.
        ahead.extend(below.into_iter().rev().map(|schema| Part {
            schema,
            plain: false,
        }));
    }
}

/// Where only one resource defines the anchor, that is what is meant whatever the scope.
pub(crate) fn dynamic_target(model: &Model, anchor: &str, fallback: SchemaId) -> SchemaId {
    let mut defined = model
        .resources
        .iter()
        .flat_map(|resource| &resource.dynamic_anchors)
        .filter(|(name, _)| name == anchor)
        .map(|(_, schema)| *schema);
    match (defined.next(), defined.next()) {
        (Some(only), None) => only,
        (Some(_) | None, _) => fallback,
    }
}
