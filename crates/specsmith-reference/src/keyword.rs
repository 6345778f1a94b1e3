//! Keywords that hold values and no schemas, as the crate is given them.

use serde_json::Value as Schema;
use specsmith_json::{Node, Value};

use crate::{ecma, exact};

/// A keyword that means the same in every dialect, as the crate is given it.
pub(crate) fn common(keyword: &str, value: &Node) -> Option<(String, Schema)> {
    let written = match keyword {
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            count(value)
        }
        "minimum" | "maximum" => return number(value).map(|it| exactly(keyword, it)),
        "multipleOf" => {
            let factor = value.as_number()?.decimal();
            let sound = !factor.is_zero() && !factor.is_negative();
            return number(value)
                .filter(|_| sound)
                .map(|it| exactly(keyword, it));
        }
        "uniqueItems" => value.as_bool().map(Schema::Bool),
        "pattern" => {
            let pattern = value.as_str().filter(|it| ecma::is_pattern(it));
            pattern.map(|it| Schema::from(ecma::translated(it)))
        }
        "format" => match value.as_str() {
            Some(format) if exact::integer_format(format).is_some() => {
                return Some(exactly(keyword, format.to_owned()));
            }
            format => format.map(Schema::from),
        },
        _ => None,
    };
    written.map(|written| (keyword.to_owned(), written))
}

/// Whether something can be a schema.
pub(crate) fn is_schema(node: &Node) -> bool {
    matches!(node.value, Value::Object(_) | Value::Boolean(_))
}

/// A count that a keyword sets as a limit.
pub(crate) fn count(value: &Node) -> Option<Schema> {
    let number = value.as_number()?;
    let sound = number.is_integer() && !number.decimal().is_negative();
    // No text, list or object is as long as the numbers beyond.
    sound.then(|| Schema::from(number.to_u64().unwrap_or(u64::MAX)))
}

/// A number, as written.
pub(crate) fn number(value: &Node) -> Option<String> {
    value.as_number().map(|it| it.as_str().to_owned())
}

/// A list of strings.
pub(crate) fn strings(value: &Node) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Node::as_str).collect()
}

/// A list or a constant: by the crate, unless there is a number in it.
pub(crate) fn values(keyword: &str, value: &Node) -> (String, Schema) {
    match plain(value) {
        Some(plain) => (keyword.to_owned(), plain),
        None => {
            let mut text = String::new();
            exact::write(value, &mut text);
            exactly(keyword, text)
        }
    }
}

/// A keyword that is handed over to be decided exactly.
pub(crate) fn exactly(keyword: &str, text: String) -> (String, Schema) {
    (exact::name(keyword), Schema::from(text))
}

/// A value without numbers, as the crate takes it.
fn plain(node: &Node) -> Option<Schema> {
    Some(match &node.value {
        Value::Null => Schema::Null,
        Value::Boolean(value) => Schema::Bool(*value),
        Value::Number(_) => return None,
        Value::String(text) => Schema::from(&**text),
        Value::Array(items) => Schema::Array(items.iter().map(plain).collect::<Option<_>>()?),
        Value::Object(object) => Schema::Object(
            object
                .iter()
                .map(|member| Some((member.key.to_string(), plain(&member.node)?)))
                .collect::<Option<_>>()?,
        ),
    })
}
