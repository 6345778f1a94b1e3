//! `Node` and `Number` out through serde.

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use crate::{Node, Number, Value};

impl Serialize for Number {
    /// As the smallest integer type that holds it, or as an `f64` that prints the same number.
    ///
    /// # Errors
    /// A number that fits neither: serde has no form for it. `Node`'s `Display` writes it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = self.decimal();
        if let Some(value) = number.to_u64() {
            serializer.serialize_u64(value)
        } else if let Some(value) = number.to_i64() {
            serializer.serialize_i64(value)
        } else if let Some(value) = number.to_f64() {
            serializer.serialize_f64(value)
        } else if let Some(value) = number.to_i128() {
            serializer.serialize_i128(value)
        } else {
            Err(S::Error::custom("serde has no form for so exact a number"))
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => serializer.collect_seq(items),
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                for member in object {
                    map.serialize_entry(&*member.key, &member.node)?;
                }
                map.end()
            }
        }
    }
}
