//! Values that a specification spells out.

use specsmith_ir::{Decimal, Literal};
use specsmith_json::{Node, Value};

/// The value of a node.
pub(super) fn literal(node: &Node) -> Literal {
    match &node.value {
        Value::Null => Literal::Null,
        Value::Boolean(value) => Literal::Boolean(*value),
        Value::Number(number) => Literal::Number(Decimal::from(number.decimal())),
        Value::String(text) => Literal::String(text.to_string()),
        Value::Array(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Object(object) => {
            let entries = object
                .iter()
                .map(|it| (it.key.to_string(), literal(&it.node)));
            Literal::Record(entries.collect())
        }
    }
}
