//! One schema: its keywords, one after the other.

use std::collections::{HashMap, HashSet};

use specsmith_ir::{
    Access, Applied, Contains, Dialect, Facet, PatternProperty, Presence, Property, Rest, Schema,
    SchemaId, Step, WireName,
};
use specsmith_json::{Node, Object, Value};

use super::draft::{Draft, Spoken, Types};
use super::literal::literal;
use super::value::Entry;
use super::{Lowering, SampleKind, kind};
use crate::code;
use crate::keyword;
use crate::notes::{Note, did_you_mean};
use crate::resolve::Scope;

impl<'s> Lowering<'s> {
    /// Lowers the schema at a place.
    pub(super) fn fill(&mut self, id: SchemaId, node: &'s Node, scope: Scope) {
        let whole = self.place(scope, node.span);
        self.record(id, Facet::Whole, whole);
        let schema = match &node.value {
            Value::Boolean(true) => Schema::any(scope.resource),
            Value::Boolean(false) => Schema::never(scope.resource),
            Value::Object(object) => self.object(id, object, scope),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let message = format!(
                    "a schema must be an object or a boolean, not {}",
                    kind(node)
                );
                let note = Note::warn(code::INVALID_KEYWORD, whole, message);
                self.notes
                    .push(note.help("it accepts any value until it is mended"));
                Schema::any(scope.resource)
            }
        };
        if let Some(slot) = self.model.schemas.get_mut(id.0 as usize) {
            *slot = schema;
        }
    }

    fn object(&mut self, id: SchemaId, object: &'s Object, scope: Scope) -> Schema {
        let dialect = self.dialect(scope);
        let mut draft = Draft::default();
        let only_reference =
            dialect == Dialect::V3_0 && object.get("$ref").is_some_and(|it| it.as_str().is_some());
        for member in object {
            let entry = self.entry(member, scope);
            if entry.name.starts_with("x-") {
                let extension = (WireName::from(entry.name), literal(entry.node));
                draft.notes.extensions.push(extension);
                continue;
            }
            match keyword::find(entry.name) {
                Some(keyword) if !keyword.is_known_in(dialect) => self.unknown(entry, dialect),
                None => self.unknown(entry, dialect),
                Some(keyword) if only_reference && keyword.name != "$ref" => {
                    self.beside_reference(&mut draft, entry, keyword);
                }
                Some(keyword) => self.keyword(id, &mut draft, entry, keyword.name, dialect),
            }
        }
        self.join(id, &mut draft);
        draft.finish(scope.resource)
    }

    fn unknown(&mut self, entry: Entry<'s>, dialect: Dialect) {
        let message = format!(
            "`{}` is no keyword of OpenAPI {}",
            entry.name,
            version(dialect)
        );
        let help = keyword::help_for(entry.name, dialect)
            .map(str::to_owned)
            .or_else(|| did_you_mean(entry.name, keyword::of(dialect)));
        self.notes
            .push(Note::warn(code::UNKNOWN_KEYWORD, entry.key, message).help_if(help));
    }

    /// 3.0 ignores what stands beside `$ref`. Words are kept all the same: no verdict depends on
    /// them.
    fn beside_reference(
        &mut self,
        draft: &mut Draft,
        entry: Entry<'s>,
        keyword: &keyword::Keyword,
    ) {
        match (keyword.name, keyword.treatment) {
            ("title" | "description" | "deprecated", _) => {
                self.annotate(draft, entry, keyword.name);
            }
            (name @ ("readOnly" | "writeOnly"), _) | (name, keyword::Treatment::Rule) => {
                let message = format!("`{name}` is ignored beside `$ref` in OpenAPI 3.0");
                self.notes.push(
                    Note::warn(code::IGNORED_KEYWORD, entry.key, message)
                        .help("put the reference into an `allOf` of its own"),
                );
            }
            (
                _,
                keyword::Treatment::Note
                | keyword::Treatment::Structure
                | keyword::Treatment::PassedOver,
            ) => {}
        }
    }

    /// What one keyword says.
    fn keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &'static str,
        dialect: Dialect,
    ) {
        let spoken = match name {
            "multipleOf" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                self.number_keyword(id, draft, entry, name, dialect);
                Some(Spoken::Numbers)
            }
            "minLength" | "maxLength" | "pattern" => {
                self.string_keyword(id, draft, entry, name);
                Some(Spoken::Strings)
            }
            "minItems" | "maxItems" | "uniqueItems" | "items" | "prefixItems" | "contains"
            | "minContains" | "maxContains" => {
                self.list_keyword(id, draft, entry, name);
                Some(Spoken::Lists)
            }
            "properties"
            | "required"
            | "additionalProperties"
            | "patternProperties"
            | "propertyNames"
            | "minProperties"
            | "maxProperties"
            | "dependentRequired"
            | "dependentSchemas" => {
                self.record_keyword(id, draft, entry, name);
                Some(Spoken::Records)
            }
            "type" | "nullable" | "enum" | "const" | "format" => {
                self.value_keyword(id, draft, entry, name, dialect);
                None
            }
            "allOf"
            | "anyOf"
            | "oneOf"
            | "not"
            | "if"
            | "then"
            | "else"
            | "unevaluatedItems"
            | "unevaluatedProperties" => {
                self.applied_keyword(id, draft, entry, name);
                None
            }
            "$ref" | "$dynamicRef" => {
                self.reference_keyword(id, draft, entry, name);
                None
            }
            "discriminator" => {
                self.discriminator(id, draft, entry);
                None
            }
            "$defs" => {
                self.definitions(id, entry);
                None
            }
            "$schema" => {
                self.dialect_keyword(entry);
                None
            }
            "default" => {
                self.record(id, Facet::Default, entry.key);
                self.sample(id, SampleKind::Default, entry.scope, entry.node);
                draft.notes.default = Some(literal(entry.node));
                None
            }
            "example" | "examples" => {
                self.examples(id, draft, entry, name);
                None
            }
            _ => {
                self.annotate(draft, entry, name);
                None
            }
        };
        if let Some(spoken) = spoken {
            draft.spoken.push((spoken, entry.key, name));
        }
    }

    fn number_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
        dialect: Dialect,
    ) {
        let facet = match name {
            "multipleOf" => Facet::MultipleOf,
            "minimum" => Facet::Minimum,
            "maximum" => Facet::Maximum,
            "exclusiveMinimum" => Facet::ExclusiveMinimum,
            _ => Facet::ExclusiveMaximum,
        };
        let exclusive = matches!(facet, Facet::ExclusiveMinimum | Facet::ExclusiveMaximum);
        if exclusive && dialect == Dialect::V3_0 {
            let Some(excludes) = self.flag(entry) else {
                return;
            };
            if excludes {
                match facet {
                    Facet::ExclusiveMinimum => draft.excludes_minimum = Some(entry.key),
                    _ => draft.excludes_maximum = Some(entry.key),
                }
            }
            return;
        }
        let Some(bound) = self.number(entry) else {
            return;
        };
        let slot = match facet {
            Facet::MultipleOf => {
                if bound.is_zero() || bound.is_negative() {
                    let message = "`multipleOf` must be above 0".to_owned();
                    return self.passed_over(entry, entry.node, message);
                }
                &mut draft.number.multiple_of
            }
            Facet::Minimum => &mut draft.number.minimum,
            Facet::Maximum => &mut draft.number.maximum,
            Facet::ExclusiveMinimum => &mut draft.number.exclusive_minimum,
            _ => &mut draft.number.exclusive_maximum,
        };
        *slot = Some(bound);
        self.record(id, facet, entry.key);
    }

    fn string_keyword(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>, name: &str) {
        match name {
            "minLength" => {
                draft.string.min_length = self.counted(id, entry, Facet::MinLength);
            }
            "maxLength" => {
                draft.string.max_length = self.counted(id, entry, Facet::MaxLength);
            }
            _ => {
                if let Some(pattern) = self.text(entry) {
                    draft.string.pattern = Some(pattern.to_owned());
                    self.record(id, Facet::Pattern, entry.key);
                }
            }
        }
    }

    fn list_keyword(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>, name: &str) {
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

    fn record_keyword(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>, name: &str) {
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
                for (index, member) in (0u32..).zip(patterns) {
                    let step = Step::PatternProperty(member.key.to_string());
                    let schema = self.inside(id, step, &member.node, entry.scope);
                    let key = self.place(entry.scope, member.key_span);
                    self.record(id, Facet::PatternProperty(index), key);
                    draft.record.patterns.push(PatternProperty {
                        pattern: member.key.to_string(),
                        schema,
                    });
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

    fn value_keyword(
        &mut self,
        id: SchemaId,
        draft: &mut Draft,
        entry: Entry<'s>,
        name: &str,
        dialect: Dialect,
    ) {
        match name {
            "type" => {
                draft.types = self.types(entry, dialect);
                if draft.types.is_some() {
                    self.record(id, Facet::Types, entry.key);
                }
            }
            "nullable" => {
                if self.flag(entry) == Some(true) {
                    draft.nullable = Some(entry.key);
                }
            }
            "enum" => {
                let Some(items) = entry.node.as_array() else {
                    return self.invalid(entry, entry.node, "a list of values");
                };
                if items.is_empty() {
                    let message = "an empty `enum` accepts no value";
                    self.notes
                        .push(Note::warn(code::EMPTY_ENUM, entry.key, message));
                }
                draft.listed = Some(items.iter().map(literal).collect());
                self.record(id, Facet::Listed, entry.key);
            }
            "const" => {
                draft.constant = Some(literal(entry.node));
                self.record(id, Facet::Constant, entry.key);
            }
            _ => {
                if let Some(format) = self.text(entry) {
                    draft.number.format = Some(format.to_owned());
                    draft.string.format = Some(format.to_owned());
                    self.record(id, Facet::Format, entry.key);
                }
            }
        }
    }

    /// The types that `type` names; `None` where that cannot be, so that all are accepted.
    fn types(&mut self, entry: Entry<'s>, dialect: Dialect) -> Option<Types> {
        let names = match (&entry.node.value, dialect) {
            (Value::Array(items), Dialect::V3_1) if !items.is_empty() => items.as_slice(),
            (Value::String(_), _) => std::slice::from_ref(entry.node),
            (_, Dialect::V3_1) => {
                self.invalid(entry, entry.node, "the name of a type, or a list of names");
                return None;
            }
            (_, Dialect::V3_0) => {
                self.invalid(entry, entry.node, "the name of a type");
                return None;
            }
        };
        let mut types = Types::default();
        let mut sound = true;
        for node in names {
            let Some(name) = node.as_str() else {
                self.invalid(entry, node, "the name of a type");
                sound = false;
                continue;
            };
            // 3.0 says `nullable` for it.
            let known = (name != "null" || dialect == Dialect::V3_1) && types.add(name);
            if !known {
                sound = false;
                let span = self.place(entry.scope, node.span);
                let message = "there is no type of this name, so that any value is accepted";
                let help = match name {
                    "null" => Some("write `nullable: true` beside the type".to_owned()),
                    name => did_you_mean(name, Types::NAMES),
                };
                let note = Note::warn(code::INVALID_KEYWORD, span, message);
                self.notes.push(note.help_if(help));
            }
        }
        sound.then_some(types)
    }

    fn applied_keyword(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>, name: &str) {
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
    fn definitions(&mut self, id: SchemaId, entry: Entry<'s>) {
        for member in self.map(entry).into_iter().flatten() {
            let step = Step::Definition(WireName::from(&*member.key));
            self.inside(id, step, &member.node, entry.scope);
        }
    }

    /// `$schema` and `jsonSchemaDialect`: every schema is read as one dialect.
    pub(super) fn dialect_keyword(&mut self, entry: Entry<'s>) {
        const READ: [&str; 2] = [
            "https://json-schema.org/draft/2020-12/schema",
            "https://spec.openapis.org/oas/3.1/dialect/base",
        ];
        if let Some(dialect) = self.text(entry) {
            let dialect = dialect.trim_end_matches('#');
            if !READ.contains(&dialect)
                && !dialect.starts_with("https://spec.openapis.org/oas/3.1/")
            {
                let span = self.place(entry.scope, entry.node.span);
                let message = "this dialect is read as JSON Schema 2020-12";
                self.notes
                    .push(Note::warn(code::UNSUPPORTED_DIALECT, span, message));
            }
        }
    }

    fn examples(&mut self, id: SchemaId, draft: &mut Draft, entry: Entry<'s>, name: &str) {
        self.record(id, Facet::Examples, entry.key);
        let examples = match (name, entry.node.as_array()) {
            ("examples", Some(items)) => items,
            ("examples", None) => return self.invalid(entry, entry.node, "a list of values"),
            _ => std::slice::from_ref(entry.node),
        };
        for example in examples {
            self.sample(id, SampleKind::Example, entry.scope, example);
            draft.notes.examples.push(literal(example));
        }
    }

    /// What is said to people and to tools.
    fn annotate(&mut self, draft: &mut Draft, entry: Entry<'s>, name: &str) {
        let notes = &mut draft.notes;
        match name {
            "title" => notes.title = self.text(entry).map(str::to_owned),
            "description" => notes.description = self.text(entry).map(str::to_owned),
            "deprecated" => notes.deprecated = self.flag(entry).unwrap_or_default(),
            "readOnly" => notes.read_only = self.flag(entry).unwrap_or_default(),
            "writeOnly" => notes.write_only = self.flag(entry).unwrap_or_default(),
            "contentEncoding" => notes.content_encoding = self.text(entry).map(str::to_owned),
            "contentMediaType" => {
                notes.content_media_type = self.text(entry).map(str::to_owned);
            }
            // Anchors and identifiers are in the index; the rest means nothing to us.
            _ => {}
        }
        if matches!(name, "readOnly" | "writeOnly") && notes.read_only && notes.write_only {
            let message = "`readOnly` and `writeOnly` together: nobody sends it".to_owned();
            self.ignored(entry.key, message);
        }
    }

    /// What keywords say together, once all were read.
    fn join(&mut self, id: SchemaId, draft: &mut Draft) {
        self.join_bounds(id, draft);
        self.join_required(draft);
        if let Some(schema) = draft.contains {
            draft.list.contains = Some(Contains {
                schema,
                min: draft.min_contains.map_or(1, |(count, _)| count),
                max: draft.max_contains.map(|(count, _)| count),
            });
        } else {
            for (_, key) in [draft.min_contains, draft.max_contains]
                .into_iter()
                .flatten()
            {
                self.ignored(key, "this has no effect without `contains`".to_owned());
            }
        }
        if let Some(condition) = draft.condition {
            draft.applied.push(Applied::If {
                condition,
                then: draft.then.map(|(schema, _)| schema),
                otherwise: draft.otherwise.map(|(schema, _)| schema),
            });
        } else {
            for (_, key) in [draft.then, draft.otherwise].into_iter().flatten() {
                self.ignored(key, "this has no effect without `if`".to_owned());
            }
        }
        match (draft.nullable, draft.types) {
            (Some(key), None) => {
                self.ignored(key, "`nullable` has no effect without `type`".to_owned());
                draft.nullable = None;
            }
            (Some(key), Some(_)) => self.record(id, Facet::Nullable, key),
            (None, _) => {}
        }
        if let Some(types) = draft.types {
            for (spoken, key, name) in std::mem::take(&mut draft.spoken) {
                if !types.accept(spoken) {
                    let kind = spoken.as_str();
                    let message = format!("`{name}` has no effect: the type is not `{kind}`");
                    self.ignored(key, message);
                }
            }
        }
    }

    /// 3.0: a boolean says that the bound itself is excluded.
    fn join_bounds(&mut self, id: SchemaId, draft: &mut Draft) {
        let rules = &mut draft.number;
        if let Some(key) = draft.excludes_minimum {
            rules.exclusive_minimum = rules.minimum.take();
            match rules.exclusive_minimum {
                Some(_) => self.record(id, Facet::ExclusiveMinimum, key),
                None => self.ignored(key, "this has no effect without `minimum`".to_owned()),
            }
        }
        let rules = &mut draft.number;
        if let Some(key) = draft.excludes_maximum {
            rules.exclusive_maximum = rules.maximum.take();
            match rules.exclusive_maximum {
                Some(_) => self.record(id, Facet::ExclusiveMaximum, key),
                None => self.ignored(key, "this has no effect without `maximum`".to_owned()),
            }
        }
    }

    fn join_required(&mut self, draft: &mut Draft) {
        if draft.required.is_empty() {
            return;
        }
        let record = &mut draft.record;
        let places: HashMap<String, usize> = record
            .properties
            .iter()
            .enumerate()
            .map(|(index, it)| (it.name.0.clone(), index))
            .collect();
        let mut seen = HashSet::new();
        for name in std::mem::take(&mut draft.required) {
            match places
                .get(&name.0)
                .and_then(|at| record.properties.get_mut(*at))
            {
                Some(property) => property.presence = Presence::Required,
                None if seen.insert(name.clone()) => record.also_required.push(name),
                None => {}
            }
        }
    }

    fn counted(&mut self, id: SchemaId, entry: Entry<'s>, facet: Facet) -> Option<u64> {
        let count = self.count(entry);
        if count.is_some() {
            self.record(id, facet, entry.key);
        }
        count
    }

    /// The schema that is the value of a keyword.
    fn one_schema(
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
    fn schemas(
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

    fn map(&mut self, entry: Entry<'s>) -> Option<&'s Object> {
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

fn version(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V3_0 => "3.0",
        Dialect::V3_1 => "3.1",
    }
}
