//! Models as a few lines that people can read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use specsmith_ir::{
    Access, Applied, ByType, Literal, Media, Model, Numbers, OperationKind, Presence, Rest,
    SchemaId,
};

/// `Name = schema` for each definition, then the operations.
pub(crate) fn model(model: &Model) -> String {
    let mut lines = Vec::new();
    for definition in &model.definitions {
        let document = match model.documents.len() {
            0 | 1 => String::new(),
            _ => format!("{}.", model.document(definition.document).name),
        };
        let meaning = schema(model, definition.schema);
        lines.push(format!("{document}{} = {meaning}", definition.name));
    }
    for operation in &model.operations {
        let kind = match &operation.kind {
            OperationKind::Path => String::new(),
            OperationKind::Webhook => "webhook ".to_owned(),
            OperationKind::Callback { of, name } => format!("callback {name} of #{} ", of.0),
        };
        let id = operation.id.as_ref().map(|id| format!(" ({id})"));
        let mut line = format!("{kind}{}{}", operation.label(), id.unwrap_or_default());
        if operation.deprecated {
            line.push_str(" deprecated");
        }
        for alternative in &operation.security {
            let schemes = alternative.iter().map(|it| it.scheme.as_str().to_owned());
            write!(line, " [{}]", schemes.collect::<Vec<_>>().join("+")).expect("a string");
        }
        lines.push(line);
        for parameter in &operation.parameters {
            let meaning = parameter
                .schema
                .map_or("?".to_owned(), |it| schema(model, it));
            lines.push(format!(
                "  {:?} {}{}: {meaning}",
                parameter.place,
                parameter.name,
                required(parameter.presence)
            ));
        }
        if let Some(body) = &operation.request {
            let content = content(model, &body.content);
            lines.push(format!("  request{}: {content}", required(body.presence)));
        }
        for response in &operation.responses {
            let mut line = format!(
                "  {}: {}",
                response.status,
                content(model, &response.content)
            );
            for header in &response.headers {
                let meaning = header.schema.map_or("?".to_owned(), |it| schema(model, it));
                let (name, required) = (&header.name, required(header.presence));
                write!(line, " +{name}{required}: {meaning}").expect("a string");
            }
            lines.push(line.trim_end().to_owned());
        }
    }
    lines.join("\n")
}

/// One schema, definitions inside it by name.
pub(crate) fn schema(model: &Model, id: SchemaId) -> String {
    Renderer {
        model,
        open: BTreeSet::new(),
    }
    .inside(id)
}

fn content(model: &Model, content: &[Media]) -> String {
    let each = content.iter().map(|it| {
        let meaning = it.schema.map_or("?".to_owned(), |it| schema(model, it));
        format!("{} {meaning}", it.media_type)
    });
    each.collect::<Vec<_>>().join(" | ")
}

fn required(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "!",
        Presence::Optional => "",
    }
}

struct Renderer<'m> {
    model: &'m Model,
    open: BTreeSet<SchemaId>,
}

impl Renderer<'_> {
    /// A schema where it is used: definitions by name.
    fn used(&mut self, id: SchemaId) -> String {
        match self.model.definition_of(id) {
            Some(definition) => definition.name.to_string(),
            None if self.open.contains(&id) => format!("#{}", id.0),
            None => self.inside(id),
        }
    }

    fn all(&mut self, ids: &[SchemaId]) -> String {
        let each: Vec<String> = ids.iter().map(|it| self.used(*it)).collect();
        each.join(", ")
    }

    fn inside(&mut self, id: SchemaId) -> String {
        self.open.insert(id);
        let schema = self.model.schema(id);
        let mut parts = Vec::new();
        if schema.is_never() {
            parts.push("never".to_owned());
        } else if schema.types != ByType::any() {
            parts.push(self.types(&schema.types));
        }
        if let Some(listed) = &schema.listed {
            let listed: Vec<String> = listed.iter().map(literal).collect();
            parts.push(format!("in [{}]", listed.join(", ")));
        }
        if let Some(constant) = &schema.constant {
            parts.push(format!("= {}", literal(constant)));
        }
        for applied in &schema.applied {
            let part = self.applied(applied);
            parts.push(part);
        }
        if parts.is_empty() {
            parts.push("any".to_owned());
        }
        self.open.remove(&id);
        let mut out = parts.join(" & ");
        let notes = &schema.notes;
        for (name, set) in [
            ("deprecated", notes.deprecated),
            ("readOnly", notes.read_only),
            ("writeOnly", notes.write_only),
        ] {
            if set {
                write!(out, " @{name}").expect("a string");
            }
        }
        for (name, text) in [
            ("title", &notes.title),
            ("description", &notes.description),
            ("encoding", &notes.content_encoding),
            ("media", &notes.content_media_type),
        ] {
            if let Some(text) = text {
                write!(out, " @{name}={text:?}").expect("a string");
            }
        }
        if let Some(default) = &notes.default {
            write!(out, " @default={}", literal(default)).expect("a string");
        }
        for example in &notes.examples {
            write!(out, " @example={}", literal(example)).expect("a string");
        }
        for (name, value) in &notes.extensions {
            write!(out, " @{name}={}", literal(value)).expect("a string");
        }
        if let Some(discriminator) = &notes.discriminator {
            let mapping = discriminator.mapping.iter();
            let mapping: Vec<String> = mapping
                .map(|(value, id)| format!("{value}: {}", self.used(*id)))
                .collect();
            let property = &discriminator.property;
            write!(out, " @by {property} {{{}}}", mapping.join(", ")).expect("a string");
        }
        out
    }

    fn applied(&mut self, applied: &Applied) -> String {
        match applied {
            Applied::All(ids) => format!("all({})", self.all(ids)),
            Applied::Any(ids) => format!("any of({})", self.all(ids)),
            Applied::One(ids) => format!("one of({})", self.all(ids)),
            Applied::Not(id) => format!("not({})", self.used(*id)),
            Applied::If {
                condition,
                then,
                otherwise,
            } => {
                let mut out = format!("if({})", self.used(*condition));
                if let Some(then) = then {
                    write!(out, " then({})", self.used(*then)).expect("a string");
                }
                if let Some(otherwise) = otherwise {
                    write!(out, " else({})", self.used(*otherwise)).expect("a string");
                }
                out
            }
            Applied::Ref(id) => format!("-> {}", self.used(*id)),
            Applied::DynamicRef { anchor, fallback } => {
                format!("~> {anchor} or {}", self.used(*fallback))
            }
            Applied::UnevaluatedItems(id) => format!("other items({})", self.used(*id)),
            Applied::UnevaluatedProperties(id) => format!("other properties({})", self.used(*id)),
        }
    }

    fn types(&mut self, types: &ByType) -> String {
        let mut parts = Vec::new();
        let any = types.null && types.boolean;
        if types.null {
            parts.push("null".to_owned());
        }
        if types.boolean {
            parts.push("boolean".to_owned());
        }
        if let Some(rules) = &types.number {
            let mut words = Vec::new();
            for (sign, bound) in [
                (">=", &rules.minimum),
                (">", &rules.exclusive_minimum),
                ("<=", &rules.maximum),
                ("<", &rules.exclusive_maximum),
                ("*", &rules.multiple_of),
            ] {
                words.extend(bound.as_ref().map(|it| format!("{sign}{it}")));
            }
            words.extend(rules.format.clone());
            let name = match rules.numbers {
                Numbers::All => "number",
                Numbers::Integers => "integer",
            };
            parts.push(with(name, &words));
        }
        if let Some(rules) = &types.string {
            let mut words = Vec::new();
            words.extend(range(rules.min_length, rules.max_length));
            words.extend(rules.pattern.as_ref().map(|it| format!("/{it}/")));
            words.extend(rules.format.clone());
            parts.push(with("string", &words));
        }
        if let Some(rules) = &types.list {
            let mut words = Vec::new();
            words.extend(range(rules.min_items, rules.max_items));
            if rules.unique {
                words.push("unique".to_owned());
            }
            words.extend(rules.contains.as_ref().map(|it| {
                let count = range(Some(it.min), it.max).unwrap_or_default();
                format!("contains {count} {}", self.used(it.schema))
            }));
            let mut items: Vec<String> = rules.prefix.iter().map(|it| self.used(*it)).collect();
            items.extend(rules.items.map(|it| format!("{}…", self.used(it))));
            parts.push(with(&format!("[{}]", items.join(", ")), &words));
        }
        if let Some(rules) = &types.record {
            let mut words = Vec::new();
            words.extend(range(rules.min_properties, rules.max_properties));
            for (name, others) in &rules.dependent_required {
                let others: Vec<&str> = others.iter().map(|it| it.as_str()).collect();
                words.push(format!("{name} needs {}", others.join("+")));
            }
            for (name, schema) in &rules.dependent_schemas {
                words.push(format!("{name} needs {}", self.used(*schema)));
            }
            words.extend(rules.names.map(|it| format!("names {}", self.used(it))));
            let mut entries = Vec::new();
            for property in &rules.properties {
                let access = match property.access {
                    Access::Both => "",
                    Access::ReadOnly => " r",
                    Access::WriteOnly => " w",
                };
                entries.push(format!(
                    "{}{}{access}: {}",
                    property.name,
                    required(property.presence),
                    self.used(property.schema)
                ));
            }
            entries.extend(rules.also_required.iter().map(|it| format!("{it}!")));
            for pattern in &rules.patterns {
                entries.push(format!(
                    "/{}/: {}",
                    pattern.pattern,
                    self.used(pattern.schema)
                ));
            }
            match rules.rest {
                Rest::Ignored => {}
                Rest::Denied => entries.push("no more".to_owned()),
                Rest::Collected(schema) => entries.push(format!("*: {}", self.used(schema))),
            }
            parts.push(with(&format!("{{{}}}", entries.join(", ")), &words));
        }
        if any && parts.len() == 6 {
            // Every type is accepted: only those with rules are worth a word.
            let plain = ["null", "boolean", "number", "string", "[]", "{}"];
            parts.retain(|it| !plain.contains(&it.as_str()));
            return format!("any+{}", parts.join("|"));
        }
        parts.join("|")
    }
}

fn with(name: &str, words: &[String]) -> String {
    match words {
        [] => name.to_owned(),
        words => format!("{name}({})", words.join(" ")),
    }
}

fn range(min: Option<u64>, max: Option<u64>) -> Option<String> {
    let text = |it: Option<u64>| it.map(|it| it.to_string()).unwrap_or_default();
    (min.is_some() || max.is_some()).then(|| format!("{}..{}", text(min), text(max)))
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::String(text) => format!("{text:?}"),
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(self::literal).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Record(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{key}: {}", self::literal(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
