//! Which rules a value was made to satisfy, so that one of them can be broken afterwards.

use specsmith_ir::{
    Applied, ByType, Facet, ListRules, NumberRules, Presence, RecordRules, Rest, SchemaId,
    StringRules,
};

use crate::goal::{Goal, Type};

/// A rule that a value was made to satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The way to the value: keys, and places of items in decimal.
    pub path: Vec<String>,
    /// The schema that states the rule.
    pub schema: SchemaId,
    /// The rule.
    pub facet: Facet,
}

/// Lists longer than this are not made only to be too long.
const LONGEST_LIST: u64 = 5_000;
/// Strings longer than this are not made only to be too long.
const LONGEST_STRING: u64 = 1 << 20;

/// Notes what the schemas of a goal say of every value, whatever its type.
pub(crate) fn note(goal: &Goal<'_>, path: &[String], sites: &mut Vec<Site>) {
    for (id, schema) in &goal.schemas {
        let applies = |wanted: fn(&Applied) -> bool| schema.applied.iter().any(wanted);
        let stated = [
            (Facet::Types, schema.types != ByType::any()),
            (Facet::Listed, schema.listed.is_some()),
            (Facet::Constant, schema.constant.is_some()),
            (Facet::Any, applies(|it| matches!(it, Applied::Any(_)))),
            (Facet::One, applies(|it| matches!(it, Applied::One(_)))),
            (Facet::Not, applies(|it| matches!(it, Applied::Not(_)))),
            (Facet::If, applies(|it| matches!(it, Applied::If { .. }))),
            (
                Facet::UnevaluatedItems,
                applies(|it| matches!(it, Applied::UnevaluatedItems(_))),
            ),
            (
                Facet::UnevaluatedProperties,
                applies(|it| matches!(it, Applied::UnevaluatedProperties(_))),
            ),
        ];
        push(path, *id, &stated, sites);
    }
}

/// Notes what they say of values of that type.
pub(crate) fn note_of(kind: Type, goal: &Goal<'_>, path: &[String], sites: &mut Vec<Site>) {
    for (id, schema) in &goal.schemas {
        let types = &schema.types;
        match kind {
            Type::Null | Type::Boolean => {}
            Type::Number => {
                if let Some(rules) = &types.number {
                    push(path, *id, &of_number(rules), sites);
                }
            }
            Type::String => {
                if let Some(rules) = &types.string {
                    push(path, *id, &of_string(rules), sites);
                }
            }
            Type::List => {
                if let Some(rules) = &types.list {
                    push(path, *id, &of_list(rules), sites);
                }
            }
            Type::Record => {
                if let Some(rules) = &types.record {
                    push(path, *id, &of_record(rules), sites);
                }
            }
        }
    }
}

fn push(path: &[String], schema: SchemaId, stated: &[(Facet, bool)], sites: &mut Vec<Site>) {
    let stated = stated.iter().filter(|(_, stated)| *stated);
    sites.extend(stated.map(|(facet, _)| Site {
        path: path.to_vec(),
        schema,
        facet: *facet,
    }));
}

fn of_number(rules: &NumberRules) -> [(Facet, bool); 6] {
    let bounded = matches!(rules.format.as_deref(), Some("int32" | "int64"));
    [
        (Facet::Minimum, rules.minimum.is_some()),
        (Facet::ExclusiveMinimum, rules.exclusive_minimum.is_some()),
        (Facet::Maximum, rules.maximum.is_some()),
        (Facet::ExclusiveMaximum, rules.exclusive_maximum.is_some()),
        (Facet::MultipleOf, rules.multiple_of.is_some()),
        (Facet::Format, bounded),
    ]
}

fn of_string(rules: &StringRules) -> [(Facet, bool); 4] {
    let short = rules.max_length.is_some_and(|it| it < LONGEST_STRING);
    [
        (Facet::MinLength, rules.min_length.is_some_and(|it| it > 0)),
        (Facet::MaxLength, short),
        (Facet::Pattern, rules.pattern.is_some()),
        (Facet::Format, rules.format.is_some()),
    ]
}

fn of_list(rules: &ListRules) -> [(Facet, bool); 5] {
    let short = rules.max_items.is_some_and(|it| it < LONGEST_LIST);
    let asked = rules.contains.as_ref().is_some_and(|it| it.min > 0);
    let capped = rules.contains.as_ref().and_then(|it| it.max);
    [
        (Facet::MinItems, rules.min_items.is_some_and(|it| it > 0)),
        (Facet::MaxItems, short),
        (Facet::Unique, rules.unique),
        (Facet::Contains, asked),
        (
            Facet::MaxContains,
            capped.is_some_and(|it| it < LONGEST_LIST),
        ),
    ]
}

fn of_record(rules: &RecordRules) -> [(Facet, bool); 6] {
    let mut properties = rules.properties.iter();
    let required =
        !rules.also_required.is_empty() || properties.any(|it| it.presence == Presence::Required);
    [
        (Facet::Required, required),
        (Facet::Rest, rules.rest == Rest::Denied),
        (
            Facet::MinProperties,
            rules.min_properties.is_some_and(|it| it > 0),
        ),
        (Facet::MaxProperties, rules.max_properties.is_some()),
        (Facet::Names, rules.names.is_some()),
        (
            Facet::DependentRequired,
            !rules.dependent_required.is_empty(),
        ),
    ]
}
