//! The way in for texts that only laxer readers take: a `serde_yaml` value, without positions.

use serde_yaml::Value as YamlValue;
use specsmith_json::{Member, Node, Number, Object, Span, Value};

use crate::Limits;

/// The text as `serde_yaml` reads it; `None` if it does not either. Every span is the first line.
pub(super) fn read(text: &str, limits: &Limits) -> Option<Node> {
    // The reader below takes time by the square of how deep brackets stand, before it looks whether
    // that is too deep. Brackets in texts and comments count too, which costs a laxer reading.
    if most_open(text) > limits.depth {
        return None;
    }
    let value: YamlValue = serde_yaml::from_str(text).ok()?;
    let line = text.find('\n').unwrap_or(text.len());
    // Without aliases a value takes at least a byte.
    let mut values = limits.aliases.max(text.len());
    node(value, Span::of(0..line), limits.depth, &mut values)
}

/// How many brackets are open at most, whatever they stand in.
fn most_open(text: &str) -> usize {
    let mut open = 0_usize;
    let mut most = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// `None` where a limit is exceeded or a key is no scalar.
fn node(value: YamlValue, span: Span, depth: usize, budget: &mut usize) -> Option<Node> {
    *budget = budget.checked_sub(1)?;
    let value = match value {
        YamlValue::Null => Value::Null,
        YamlValue::Bool(value) => Value::Boolean(value),
        YamlValue::Number(number) => match Number::new(&number.to_string()) {
            Some(number) => Value::Number(number),
            None => Value::String(number.to_string().into()),
        },
        YamlValue::String(text) => Value::String(text.into()),
        YamlValue::Sequence(items) => {
            let depth = depth.checked_sub(1)?;
            let items = items.into_iter().map(|it| node(it, span, depth, budget));
            Value::Array(items.collect::<Option<_>>()?)
        }
        YamlValue::Mapping(map) => {
            let depth = depth.checked_sub(1)?;
            let mut members = Vec::with_capacity(map.len());
            for (key, value) in map {
                members.push(Member {
                    key: key_text(key)?,
                    key_span: span,
                    node: node(value, span, depth, budget)?,
                });
            }
            // Keys that differ in type only, such as `1` and `"1"`, may be equal as text.
            Value::Object(Object::collect(members).0)
        }
        YamlValue::Tagged(tagged) => return node(tagged.value, span, depth, budget),
    };
    Some(Node::new(span, value))
}

fn key_text(key: YamlValue) -> Option<Box<str>> {
    match key {
        YamlValue::String(text) => Some(text.into()),
        YamlValue::Number(number) => Some(number.to_string().into()),
        YamlValue::Bool(value) => Some(value.to_string().into()),
        YamlValue::Null => Some("null".into()),
        YamlValue::Sequence(_) | YamlValue::Mapping(_) | YamlValue::Tagged(_) => None,
    }
}
