//! The keywords that the `jsonschema` crate would decide through `f64`, decided exactly.
//!
//! The crate takes schemas as `serde_json::Value`, which holds no number beyond `u64`, `i64` and
//! `f64`. So the rewriting hands these keywords over under names of their own, the number (or the
//! listed values) as JSON text, and the validators here compare by `specsmith-decimal`:
//! `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, lists and constants
//! with a number in them, and the formats `int32` and `int64`, which the crate does not know.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::Value as Schema;
use specsmith_decimal::Decimal;
use specsmith_json::{Limits, Node, Number, Value};

use crate::tree::Tree;

/// What the names of the keywords decided here begin with; the rest is the document's own name.
const PREFIX: &str = "x-exact-";

/// The keywords decided here, as documents name them.
pub(crate) const KEYWORDS: [&str; 8] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "enum",
    "const",
    "format",
];

/// The name under which a keyword is handed over to be decided here.
pub(crate) fn name(keyword: &str) -> String {
    format!("{PREFIX}{keyword}")
}

/// The document's name of a keyword of a rewritten schema.
pub(crate) fn original(keyword: &str) -> &str {
    keyword.strip_prefix(PREFIX).unwrap_or(keyword)
}

/// Teaches a validator the keywords.
pub(crate) fn with_keywords<'i, R>(
    options: ValidationOptions<'i, R, Tree>,
) -> ValidationOptions<'i, R, Tree> {
    KEYWORDS.into_iter().fold(options, |options, keyword| {
        options.with_keyword(name(keyword), move |_, value, _: Location| {
            Rule::parse(keyword, value)
                .map(|rule| Box::new(rule) as Box<dyn for<'n> Keyword<'n, Tree>>)
                .ok_or_else(|| ValidationError::schema("not written by the rewriting"))
        })
    })
}

/// The range that a format of numbers names, if it is such a format. A range and no more: whether
/// a number must be whole is for `type` to say.
pub(crate) fn integer_format(format: &str) -> Option<(i64, i64)> {
    match format {
        "int32" => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
        "int64" => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}

/// One keyword, ready to decide.
enum Rule {
    Minimum(Decimal),
    Maximum(Decimal),
    ExclusiveMinimum(Decimal),
    ExclusiveMaximum(Decimal),
    MultipleOf(Decimal),
    Among(Vec<Node>),
    Within(Decimal, Decimal),
}

impl Rule {
    fn parse(keyword: &str, value: &Schema) -> Option<Self> {
        let text = value.as_str()?;
        Some(match keyword {
            "minimum" => Self::Minimum(Decimal::parse(text)?),
            "maximum" => Self::Maximum(Decimal::parse(text)?),
            "exclusiveMinimum" => Self::ExclusiveMinimum(Decimal::parse(text)?),
            "exclusiveMaximum" => Self::ExclusiveMaximum(Decimal::parse(text)?),
            "multipleOf" => Self::MultipleOf(Decimal::parse(text)?),
            "enum" => match read(text)?.value {
                Value::Array(items) => Self::Among(items),
                Value::Null
                | Value::Boolean(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Object(_) => return None,
            },
            "const" => Self::Among(vec![read(text)?]),
            "format" => {
                let (least, greatest) = integer_format(text)?;
                Self::Within(Decimal::from(least), Decimal::from(greatest))
            }
            _ => return None,
        })
    }

    fn accepts(&self, node: &Node) -> bool {
        if let Self::Among(values) = self {
            return values.iter().any(|value| value.same_value(node));
        }
        let Some(number) = node.as_number().map(Number::decimal) else {
            return true;
        };
        match self {
            Self::Minimum(limit) => number >= limit.view(),
            Self::Maximum(limit) => number <= limit.view(),
            Self::ExclusiveMinimum(limit) => number > limit.view(),
            Self::ExclusiveMaximum(limit) => number < limit.view(),
            Self::MultipleOf(factor) => number.is_multiple_of(factor.view()),
            Self::Among(_) => true,
            Self::Within(least, greatest) => number >= least.view() && number <= greatest.view(),
        }
    }
}

impl<'i> Keyword<'i, Tree> for Rule {
    fn validate(&self, instance: &'i Node) -> Result<(), ValidationError<'i>> {
        if self.accepts(instance) {
            Ok(())
        } else {
            // The text is never shown: mistakes are worded from the keyword's name.
            Err(ValidationError::custom("broken"))
        }
    }

    fn is_valid(&self, instance: &'i Node) -> bool {
        self.accepts(instance)
    }
}

/// Reads back what the rewriting wrote.
fn read(text: &str) -> Option<Node> {
    let limits = Limits {
        depth: Limits::DEEPEST,
        ..Limits::default()
    };
    specsmith_json::read(text.as_bytes(), &limits).root
}

/// JSON text of a node, numbers as they were written.
pub(crate) fn write(node: &Node, into: &mut String) {
    match &node.value {
        Value::Null => into.push_str("null"),
        Value::Boolean(true) => into.push_str("true"),
        Value::Boolean(false) => into.push_str("false"),
        Value::Number(number) => into.push_str(number.as_str()),
        Value::String(text) => into.push_str(&quoted(text)),
        Value::Array(items) => {
            into.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    into.push(',');
                }
                write(item, into);
            }
            into.push(']');
        }
        Value::Object(object) => {
            into.push('{');
            for (index, member) in object.iter().enumerate() {
                if index > 0 {
                    into.push(',');
                }
                into.push_str(&quoted(&member.key));
                into.push(':');
                write(&member.node, into);
            }
            into.push('}');
        }
    }
}

/// A string as JSON text.
pub(crate) fn quoted(text: &str) -> String {
    Schema::from(text).to_string()
}
