//! Which rule an error says was broken, in the words of `specsmith-rules`.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use specsmith_decimal::Decimal;
use specsmith_json::{Node, Value};
use specsmith_rules::{Fault, Types, nearest};

use crate::origin::Origin;
use crate::{exact, tree};

/// The rule that an error about the value itself says was broken.
pub(crate) fn fault(kind: &Kind, node: &Node, origin: Option<&Origin<'_>>) -> Option<Fault> {
    let count = || match &node.value {
        Value::String(text) => text.chars().count() as u64,
        Value::Array(items) => items.len() as u64,
        Value::Object(object) => object.len() as u64,
        Value::Null | Value::Boolean(_) | Value::Number(_) => 0,
    };
    let written = origin.map(|origin| origin.found.node);
    let text = || -> Cow<'static, str> {
        let text = written.and_then(Node::as_str).unwrap_or_default();
        Cow::Owned(text.to_owned())
    };
    Some(match kind {
        Kind::Type { kind } => Fault::Type {
            expected: match kind {
                TypeKind::Single(one) => types_of(*one),
                TypeKind::Multiple(set) => set.iter().map(types_of).fold(Types::NONE, Types::or),
            },
            found: kind_of(node),
        },
        Kind::Enum { options } => {
            let options = options.as_array().map_or(&[][..], Vec::as_slice);
            // In OpenAPI 3.0 null may be allowed beside a list that does not name it.
            listed(node, options.iter().map(|it| it.is_null()), origin)
        }
        Kind::Constant { .. } => Fault::Const,
        Kind::Custom { keyword, .. } => exact_fault(exact::original(keyword), node, origin?)?,
        Kind::MinLength { limit } => Fault::MinLength {
            limit: *limit,
            length: count(),
        },
        Kind::MaxLength { limit } => Fault::MaxLength {
            limit: *limit,
            length: count(),
        },
        Kind::MinItems { limit } => Fault::MinItems {
            limit: *limit,
            count: count(),
        },
        Kind::MaxItems { limit } => Fault::MaxItems {
            limit: *limit,
            count: count(),
        },
        Kind::MinProperties { limit } => Fault::MinProperties {
            limit: *limit,
            count: count(),
        },
        Kind::MaxProperties { limit } => Fault::MaxProperties {
            limit: *limit,
            count: count(),
        },
        Kind::Pattern { .. } => Fault::Pattern { pattern: text() },
        Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
            Fault::PatternSteps { pattern: text() }
        }
        Kind::Format { format } => Fault::Format {
            format: Cow::Owned(format.clone()),
        },
        Kind::UniqueItems => {
            let (first, second) = tree::first_repeat(node.as_array()?)?;
            Fault::UniqueItems { first, second }
        }
        Kind::Required { property } => {
            let property = property.as_str()?;
            let by = origin.and_then(|origin| origin.depends_on(node, property));
            let property = Cow::Owned(property.to_owned());
            match by {
                Some(by) => Fault::DependentRequired { property, by },
                None => Fault::Required { property },
            }
        }
        Kind::Not { .. } => Fault::Not,
        // By the crate's own numbers only in the meta-schemas, which it brings along.
        Kind::Minimum { limit } => Fault::Minimum {
            limit: Decimal::parse(&limit.to_string())?,
        },
        Kind::Maximum { limit } => Fault::Maximum {
            limit: Decimal::parse(&limit.to_string())?,
        },
        Kind::ExclusiveMinimum { limit } => Fault::ExclusiveMinimum {
            limit: Decimal::parse(&limit.to_string())?,
        },
        Kind::ExclusiveMaximum { limit } => Fault::ExclusiveMaximum {
            limit: Decimal::parse(&limit.to_string())?,
        },
        Kind::MultipleOf { multiple_of } => Fault::MultipleOf {
            factor: Decimal::from_f64(*multiple_of)?,
        },
        // Those that the rewriting leaves no keyword for, and those that are read elsewhere.
        Kind::AdditionalItems { .. }
        | Kind::AdditionalProperties { .. }
        | Kind::AnyOf { .. }
        | Kind::Contains
        | Kind::ContentEncoding { .. }
        | Kind::ContentMediaType { .. }
        | Kind::FalseSchema
        | Kind::FromUtf8 { .. }
        | Kind::OneOfMultipleValid { .. }
        | Kind::OneOfNotValid { .. }
        | Kind::PropertyNames { .. }
        | Kind::UnevaluatedItems { .. }
        | Kind::UnevaluatedProperties { .. }
        | Kind::Referencing(_) => return None,
    })
}

/// A keyword that was decided exactly.
fn exact_fault(keyword: &str, node: &Node, origin: &Origin<'_>) -> Option<Fault> {
    let written = origin.found.node;
    let decimal = |node: &Node| Decimal::parse(node.as_number()?.as_str());
    // In OpenAPI 3.0 the exclusive keywords are flags beside the number.
    let limit = |inclusive: &str| {
        decimal(written).or_else(|| decimal(origin.found.parent?.get(inclusive)?))
    };
    Some(match keyword {
        "minimum" => Fault::Minimum {
            limit: decimal(written)?,
        },
        "maximum" => Fault::Maximum {
            limit: decimal(written)?,
        },
        "exclusiveMinimum" => Fault::ExclusiveMinimum {
            limit: limit("minimum")?,
        },
        "exclusiveMaximum" => Fault::ExclusiveMaximum {
            limit: limit("maximum")?,
        },
        "multipleOf" => Fault::MultipleOf {
            factor: decimal(written)?,
        },
        "enum" => {
            let values = written.as_array().unwrap_or_default();
            // What is written lacks the null that OpenAPI 3.0 allows beside it.
            let null = origin.nullable.then_some(true);
            let are_null = values.iter().map(Node::is_null).chain(null);
            listed(node, are_null, Some(origin))
        }
        "const" => Fault::Const,
        "format" => Fault::Format {
            format: Cow::Owned(written.as_str()?.to_owned()),
        },
        _ => return None,
    })
}

/// Whether the schema that a keyword is of takes null by its type.
fn takes_null(origin: &Origin<'_>) -> bool {
    let Some(schema) = origin.found.parent else {
        return true;
    };
    let is_null = |it: &Node| it.as_str() == Some("null");
    schema
        .get("type")
        .is_none_or(|types| match types.as_array() {
            Some(types) => types.iter().any(is_null),
            None => is_null(types) || origin.nullable,
        })
}

/// A value that is none of those listed, of which is known whether they are null.
fn listed(node: &Node, are_null: impl Iterator<Item = bool>, origin: Option<&Origin<'_>>) -> Fault {
    let (mut allowed, mut null) = (0, false);
    for is_null in are_null {
        match is_null {
            true => null = true,
            false => allowed += 1,
        }
    }
    let written = origin.and_then(|it| it.found.node.as_array());
    let texts = written.unwrap_or_default().iter().filter_map(Node::as_str);
    let near = node.as_str().and_then(|text| nearest(text, texts));
    Fault::Enum {
        allowed,
        // A list may name it beside a type that leaves it out.
        null: null && origin.is_none_or(takes_null),
        near: near.map(|near| Cow::Owned(near.to_owned())),
    }
}

fn types_of(one: JsonType) -> Types {
    match one {
        JsonType::Array => Types::ARRAY,
        JsonType::Boolean => Types::BOOLEAN,
        JsonType::Integer => Types::INTEGER,
        JsonType::Null => Types::NULL,
        JsonType::Number => Types::NUMBER,
        JsonType::Object => Types::OBJECT,
        JsonType::String => Types::STRING,
    }
}

fn kind_of(node: &Node) -> specsmith_rules::Kind {
    match &node.value {
        Value::Null => specsmith_rules::Kind::Null,
        Value::Boolean(_) => specsmith_rules::Kind::Boolean,
        Value::Number(_) => specsmith_rules::Kind::Number,
        Value::String(_) => specsmith_rules::Kind::String,
        Value::Array(_) => specsmith_rules::Kind::Array,
        Value::Object(_) => specsmith_rules::Kind::Object,
    }
}
