//! The keywords that speak to one type of value: numbers, strings, lists, records.

use specsmith_ir::{
    Access, Dialect, Facet, PatternProperty, Presence, Property, Rest, SchemaId, Step, WireName,
};
use specsmith_json::Value;
use specsmith_rules::pattern::syntax::{self, SyntaxError};

use super::Lowering;
use super::draft::Draft;
use super::value::Entry;

impl<'s> Lowering<'s> {
    pub(super) fn number_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
        dialect: Dialect,
    ) {
        if dialect == Dialect::V3_0 && matches!(name, "exclusiveMinimum" | "exclusiveMaximum") {
            // There it says whether the other keyword's bound is excluded.
            if self.flag(entry) == Some(true) {
                match name {
                    "exclusiveMinimum" => draft.excludes_minimum = Some(entry.key),
                    _ => draft.excludes_maximum = Some(entry.key),
                }
            }
            return;
        }
        let Some(bound) = self.number(entry) else {
            return;
        };
        if name == "multipleOf" && (bound.is_zero() || bound.is_negative()) {
            let message = "`multipleOf` must be above 0".to_owned();
            return self.passed_over(entry, entry.node, message);
        }
        let rules = &mut draft.number;
        let (slot, facet) = match name {
            "multipleOf" => (&mut rules.multiple_of, Facet::MultipleOf),
            "minimum" => (&mut rules.minimum, Facet::Minimum),
            "maximum" => (&mut rules.maximum, Facet::Maximum),
            "exclusiveMinimum" => (&mut rules.exclusive_minimum, Facet::ExclusiveMinimum),
            _ => (&mut rules.exclusive_maximum, Facet::ExclusiveMaximum),
        };
        *slot = Some(bound);
        self.record(id, facet, entry.key);
    }

    pub(super) fn string_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
    ) {
        match name {
            "minLength" => {
                draft.string.min_length = self.counted(id, entry, Facet::MinLength);
            }
            "maxLength" => {
                draft.string.max_length = self.counted(id, entry, Facet::MaxLength);
            }
            _ => {
                let Some(pattern) = self.text(entry) else {
                    return;
                };
                match syntax::parse(pattern) {
                    Ok(_) => {
                        draft.string.pattern = Some(pattern.to_owned());
                        self.record(id, Facet::Pattern, entry.key);
                    }
                    Err(error) => self.passed_over(entry, entry.node, no_pattern(&error)),
                }
            }
        }
    }

    pub(super) fn list_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
    ) {
        match name {
            "minItems" => draft.list.min_items = self.counted(id, entry, Facet::MinItems),
            "maxItems" => draft.list.max_items = self.counted(id, entry, Facet::MaxItems),
            "uniqueItems" => {
                if let Some(unique) = self.flag(entry) {
                    draft.list.unique = unique;
                    self.record(id, Facet::Unique, entry.key);
                }
            }
            "items" => {
                draft.list.items = self.one_schema(id, entry, Step::Items, Facet::Items);
            }
            "prefixItems" => {
                let prefix = self.schemas(id, entry, Step::Prefix, Facet::Prefix);
                draft.list.prefix = prefix.unwrap_or_default();
            }
            "contains" => {
                draft.contains = self.one_schema(id, entry, Step::Contains, Facet::Contains);
            }
            "minContains" => {
                let count = self.counted(id, entry, Facet::MinContains);
                draft.min_contains = count.map(|it| (it, entry.key));
            }
            _ => {
                let count = self.counted(id, entry, Facet::MaxContains);
                draft.max_contains = count.map(|it| (it, entry.key));
            }
        }
    }

    pub(super) fn record_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
    ) {
        match name {
            "properties" => self.properties(id, draft, entry),
            "required" => {
                if let Some(names) = self.names(entry, entry.node) {
                    draft.required = names;
                    self.record(id, Facet::Required, entry.key);
                }
            }
            "additionalProperties" => {
                draft.record.rest = match &entry.node.value {
                    Value::Boolean(false) => {
                        self.record(id, Facet::Rest, entry.key);
                        Rest::Denied
                    }
                    _ => match self.one_schema(id, entry, Step::Rest, Facet::Rest) {
                        Some(schema) => Rest::Collected(schema),
                        None => Rest::Ignored,
                    },
                };
            }
            "patternProperties" => {
                let Some(patterns) = self.map(entry) else {
                    return;
                };
                let mut index = 0;
                for member in patterns {
                    if let Err(error) = syntax::parse(&member.key) {
                        self.passed_over_at(entry.scope, member.key_span, no_pattern(&error));
                        continue;
                    }
                    let step = Step::PatternProperty(member.key.to_string());
                    let schema = self.inside(id, step, &member.node, entry.scope);
                    let key = self.place(entry.scope, member.key_span);
                    self.record(id, Facet::PatternProperty(index), key);
                    draft.record.patterns.push(PatternProperty {
                        pattern: member.key.to_string(),
                        schema,
                    });
                    index += 1;
                }
            }
            "propertyNames" => {
                draft.record.names = self.one_schema(id, entry, Step::Names, Facet::Names);
            }
            "minProperties" => {
                draft.record.min_properties = self.counted(id, entry, Facet::MinProperties);
            }
            "maxProperties" => {
                draft.record.max_properties = self.counted(id, entry, Facet::MaxProperties);
            }
            "dependentRequired" => {
                let mut all = Vec::new();
                for member in self.map(entry).into_iter().flatten() {
                    let Some(names) = self.names(entry, &member.node) else {
                        return;
                    };
                    all.push((WireName::from(&*member.key), names));
                }
                draft.record.dependent_required = all;
                self.record(id, Facet::DependentRequired, entry.key);
            }
            _ => {
                for member in self.map(entry).into_iter().flatten() {
                    let name = WireName::from(&*member.key);
                    let step = Step::Dependent(name.clone());
                    let schema = self.inside(id, step, &member.node, entry.scope);
                    draft.record.dependent_schemas.push((name, schema));
                }
                self.record(id, Facet::DependentSchemas, entry.key);
            }
        }
    }

    fn properties(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>) {
        let Some(properties) = self.map(entry) else {
            return;
        };
        self.record(id, Facet::Properties, entry.key);
        draft.record.properties.reserve_exact(properties.len());
        for (index, member) in (0u32..).zip(properties) {
            let name = WireName::from(&*member.key);
            let step = Step::Property(name.clone());
            let schema = self.inside(id, step, &member.node, entry.scope);
            let key = self.place(entry.scope, member.key_span);
            self.record(id, Facet::Property(index), key);
            draft.record.properties.push(Property {
                name,
                schema,
                presence: Presence::Optional,
                access: Access::Both,
            });
        }
    }

    fn counted(&mut self, id: SchemaId, entry: Entry<'s>, facet: Facet) -> Option<u64> {
        let count = self.count(entry);
        if count.is_some() {
            self.record(id, facet, entry.key);
        }
        count
    }
}

fn no_pattern(error: &SyntaxError) -> String {
    format!("the pattern is no regular expression: {error}")
}
