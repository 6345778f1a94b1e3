//! The keywords for each type.

use specsmith_ir::{NumberRules, Presence, Rest, Schema};

use super::Writer;
use super::value::{Value, text};

impl Writer<'_> {
    pub(super) fn number(&mut self, schema: &Schema, members: &mut Vec<(String, Value)>) {
        let Some(rules) = schema.types.number.as_deref() else {
            return;
        };
        let NumberRules {
            numbers: _,
            minimum,
            exclusive_minimum,
            maximum,
            exclusive_maximum,
            multiple_of,
            format,
        } = rules;
        for (keyword, bound) in [
            ("minimum", minimum),
            ("exclusiveMinimum", exclusive_minimum),
            ("maximum", maximum),
            ("exclusiveMaximum", exclusive_maximum),
            ("multipleOf", multiple_of),
        ] {
            if let Some(bound) = bound {
                members.push((keyword.to_owned(), Value::Text(bound.to_string())));
            }
        }
        if let Some(format) = format {
            members.push(("format".to_owned(), text(format)));
        }
    }

    pub(super) fn string(&mut self, schema: &Schema, members: &mut Vec<(String, Value)>) {
        let Some(rules) = schema.types.string.as_deref() else {
            return;
        };
        push_count(members, "minLength", rules.min_length);
        push_count(members, "maxLength", rules.max_length);
        if let Some(pattern) = &rules.pattern {
            members.push(("pattern".to_owned(), text(pattern)));
        }
        let numeric = members.iter().any(|(key, _)| key == "format");
        if let (Some(format), false) = (&rules.format, numeric) {
            members.push(("format".to_owned(), text(format)));
        }
    }

    pub(super) fn list(&mut self, schema: &Schema, members: &mut Vec<(String, Value)>) {
        let Some(rules) = schema.types.list.as_deref() else {
            return;
        };
        push_count(members, "minItems", rules.min_items);
        push_count(members, "maxItems", rules.max_items);
        if rules.unique {
            members.push(("uniqueItems".to_owned(), Value::Text("true".to_owned())));
        }
        if !rules.prefix.is_empty() {
            let prefix = self.references(&rules.prefix);
            members.push(("prefixItems".to_owned(), prefix));
        }
        if let Some(items) = rules.items {
            members.push(("items".to_owned(), self.reference(items)));
        }
        if let Some(contains) = &rules.contains {
            members.push(("contains".to_owned(), self.reference(contains.schema)));
            push_count(members, "minContains", Some(contains.min));
            push_count(members, "maxContains", contains.max);
        }
    }

    pub(super) fn record(&mut self, schema: &Schema, members: &mut Vec<(String, Value)>) {
        let Some(rules) = schema.types.record.as_deref() else {
            return;
        };
        if !rules.properties.is_empty() {
            let mut properties = Vec::new();
            for property in &rules.properties {
                let value = self.reference(property.schema);
                properties.push((property.name.as_str().to_owned(), value));
            }
            members.push(("properties".to_owned(), Value::Record(properties)));
        }
        if !rules.patterns.is_empty() {
            let mut patterns = Vec::new();
            for pattern in &rules.patterns {
                patterns.push((pattern.pattern.clone(), self.reference(pattern.schema)));
            }
            members.push(("patternProperties".to_owned(), Value::Record(patterns)));
        }
        match rules.rest {
            Rest::Ignored => {}
            Rest::Denied => {
                members.push((
                    "additionalProperties".to_owned(),
                    Value::Text("false".to_owned()),
                ));
            }
            Rest::Collected(id) => {
                members.push(("additionalProperties".to_owned(), self.reference(id)));
            }
        }
        let spoken_of = rules
            .properties
            .iter()
            .filter(|it| it.presence == Presence::Required)
            .map(|it| &it.name);
        let required: Vec<Value> = spoken_of
            .chain(&rules.also_required)
            .map(|name| text(name.as_str()))
            .collect();
        if !required.is_empty() {
            members.push(("required".to_owned(), Value::List(required)));
        }
        push_count(members, "minProperties", rules.min_properties);
        push_count(members, "maxProperties", rules.max_properties);
        if let Some(names) = rules.names {
            members.push(("propertyNames".to_owned(), self.reference(names)));
        }
        if !rules.dependent_required.is_empty() {
            let dependent = rules.dependent_required.iter().map(|(name, others)| {
                let others = others.iter().map(|it| text(it.as_str())).collect();
                (name.as_str().to_owned(), Value::List(others))
            });
            members.push((
                "dependentRequired".to_owned(),
                Value::Record(dependent.collect()),
            ));
        }
        if !rules.dependent_schemas.is_empty() {
            let mut dependent = Vec::new();
            for (name, schema) in &rules.dependent_schemas {
                dependent.push((name.as_str().to_owned(), self.reference(*schema)));
            }
            members.push(("dependentSchemas".to_owned(), Value::Record(dependent)));
        }
    }
}

fn push_count(members: &mut Vec<(String, Value)>, keyword: &str, count: Option<u64>) {
    if let Some(count) = count {
        members.push((keyword.to_owned(), Value::Text(count.to_string())));
    }
}
