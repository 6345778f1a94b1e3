//! `Node` and `Number` through serde: our own deserializers hand them their text, so that spans
//! and digits survive; any other gives what it has.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, U64Deserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use specsmith_decimal::Decimal;

use super::error::Error;
use crate::{Limits, Member, Node, Number, Object, Span, Value};

/// Names of newtype structs by which `Node` and `Number` ask for their text.
pub(crate) const NODE: &str = "$specsmith_json::Node";
pub(crate) const NUMBER: &str = "$specsmith_json::Number";

/// What our deserializers answer to those names: a map with one entry, from the place of the
/// value in its text, if it has one, to the text of the value.
pub(crate) struct Handover<'de> {
    text: &'de str,
    /// One more than the offset, 0 for none.
    place: u64,
    done: bool,
}

impl<'de> Handover<'de> {
    pub(crate) fn new(text: &'de str, offset: Option<usize>) -> Self {
        let place = offset.map_or(0, |offset| offset as u64 + 1);
        Self {
            text,
            place,
            done: false,
        }
    }
}

impl<'de> MapAccess<'de> for Handover<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let place: U64Deserializer<Error> = self.place.into_deserializer();
        seed.deserialize(place).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(BorrowedStrDeserializer::new(self.text))
    }
}

impl<'de> Deserialize<'de> for Node {
    /// With spans from this crate's deserializers; from others the spans are empty, and numbers
    /// are as exact as they come.
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NODE, NodeDoor)
    }
}

struct NodeDoor;

impl<'de> Visitor<'de> for NodeDoor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    /// Ours.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let broken = || de::Error::custom("a JSON value was handed over in an unknown form");
        let (place, text): (u64, &'de str) = map.next_entry()?.ok_or_else(broken)?;
        // Depth is the deserializer's affair, and checked.
        let limits = Limits {
            depth: Limits::DEEPEST,
            ..Limits::default()
        };
        let mut node = crate::read(text.as_bytes(), &limits)
            .root
            .ok_or_else(broken)?;
        shift(&mut node, place.checked_sub(1));
        Ok(node)
    }

    /// Another's.
    fn visit_newtype_struct<D: de::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Node, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

/// Moves all spans by `offset` bytes, or empties them.
fn shift(node: &mut Node, offset: Option<u64>) {
    let offset = offset.map(|offset| u32::try_from(offset).unwrap_or(u32::MAX));
    let moved = |span: Span| match offset {
        Some(offset) => Span::new(
            span.start.saturating_add(offset),
            span.end.saturating_add(offset),
        ),
        None => Span::default(),
    };
    node.for_each_span(&mut |span| *span = moved(*span));
}

/// Builds a node from whatever a deserializer visits.
struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Value::Null.into())
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        Ok(Value::Null.into())
    }

    fn visit_some<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: de::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        Ok(Value::Boolean(value).into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        AnyNumber
            .visit_i64(value)
            .map(|number| Value::Number(number).into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        AnyNumber
            .visit_u64(value)
            .map(|number| Value::Number(number).into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Node, E> {
        AnyNumber
            .visit_i128(value)
            .map(|number| Value::Number(number).into())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Node, E> {
        AnyNumber
            .visit_u128(value)
            .map(|number| Value::Number(number).into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        AnyNumber
            .visit_f64(value)
            .map(|number| Value::Number(number).into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        Ok(Value::String(value.into()).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items).into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some((key, node)) = map.next_entry::<String, Node>()? {
            members.push(Member {
                key: key.into(),
                key_span: Span::default(),
                node,
            });
        }
        let (object, repeated) = Object::collect(members);
        if repeated.is_empty() {
            Ok(Value::Object(object).into())
        } else {
            Err(de::Error::custom("an object has a key twice"))
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    /// As written from this crate's deserializers; from others as exact as it comes.
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NUMBER, NumberDoor)
    }
}

struct NumberDoor;

impl<'de> Visitor<'de> for NumberDoor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    /// Ours.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        let entry: Option<(u64, &'de str)> = map.next_entry()?;
        let number = entry.and_then(|(_, text)| Number::new(text));
        number.ok_or_else(|| de::Error::custom("a number was handed over in an unknown form"))
    }

    /// Another's.
    fn visit_newtype_struct<D: de::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Number, D::Error> {
        deserializer.deserialize_any(AnyNumber)
    }
}

/// Builds a number from whatever number a deserializer visits.
struct AnyNumber;

impl Visitor<'_> for AnyNumber {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Number, E> {
        Ok((&Decimal::from(value)).into())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Number, E> {
        Ok((&Decimal::from(value)).into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        let decimal = Decimal::from_f64(value);
        let number = decimal.as_ref().map(Number::from);
        number.ok_or_else(|| E::custom("JSON has no NaN and no infinity"))
    }
}
