//! One schema: its keywords, one after the other.

use specsmith_ir::{Dialect, Facet, Schema, SchemaId, WireName};
use specsmith_json::{Node, Object, Value};

use super::draft::{Draft, Spoken};
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
}

fn version(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V3_0 => "3.0",
        Dialect::V3_1 => "3.1",
    }
}
