//! A tree that is read already, YAML perhaps, into Rust types, under the same rules as text.

mod variant;

use std::slice;

use serde::de::{self, Deserialize, DeserializeSeed, Visitor};

use super::access::key_seed;
use super::error::{Error, ErrorKind, Result, Wanted};
use super::number::{Integer, is_integer, single, visit_number};
use super::raw;
use variant::Variant;

use crate::{Kind, Member, Node, Span, Value, pointer};

/// Makes a `T` of a tree. Strings are borrowed from it.
///
/// # Errors
/// The tree does not fit `T`. Spans are the tree's, pointers begin at `node`.
pub fn from_node<'de, T: Deserialize<'de>>(node: &'de Node) -> Result<T> {
    T::deserialize(Tree(node))
}

/// serde's `Deserializer` over a node.
#[derive(Clone, Copy)]
struct Tree<'de>(&'de Node);

impl<'de> Tree<'de> {
    #[cold]
    fn mismatch<V: Visitor<'de>>(self, wanted: Wanted, visitor: &V) -> Error {
        let expected = (visitor as &dyn de::Expected).to_string();
        let (wanted, found) = (Some(wanted), self.0.kind());
        Error::at(
            ErrorKind::Type {
                expected,
                wanted,
                found,
            },
            self.0.span,
        )
    }

    #[cold]
    fn placed(self, mut error: Error) -> Error {
        if !error.has_span() {
            let Span { start, end } = self.0.span;
            error.set_span(if error.is_about_properties() {
                Span::new(start, end.min(start.saturating_add(1)))
            } else {
                self.0.span
            });
        }
        error
    }

    fn number<V: Visitor<'de>>(self, wanted: Wanted, visitor: &V) -> Result<&'de str> {
        match &self.0.value {
            Value::Number(number) => Ok(number.as_str()),
            Value::Null
            | Value::Boolean(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => Err(self.mismatch(wanted, visitor)),
        }
    }

    fn integer<I: Integer, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let text = self.number(Wanted::Integer, &visitor)?;
        match I::parse(text) {
            Some(value) => value.visit(visitor).map_err(|error| self.placed(error)),
            None if is_integer(text) => Err(Error::at(ErrorKind::NotRepresentable, self.0.span)),
            None => Err(self.mismatch(Wanted::Integer, &visitor)),
        }
    }

    fn only<V: Visitor<'de>>(self, kind: Kind, wanted: Wanted, visitor: V) -> Result<V::Value> {
        if self.0.kind() == kind {
            de::Deserializer::deserialize_any(self, visitor)
        } else {
            Err(self.mismatch(wanted, &visitor))
        }
    }
}

macro_rules! integers {
    ($($method:ident: $integer:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.integer::<$integer, V>(visitor)
        }
    )*};
}

macro_rules! only {
    ($($method:ident => $kind:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.only(Kind::$kind, Wanted::$kind, visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Tree<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let result = match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Boolean(value) => visitor.visit_bool(*value),
            Value::Number(number) => visit_number(number.as_str(), visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => {
                let mut access = Items {
                    items: items.iter(),
                    index: 0,
                };
                let value = visitor.visit_seq(&mut access);
                value.and_then(|value| {
                    no_more("fewer items", access.items.len())?;
                    Ok(value)
                })
            }
            Value::Object(object) => {
                let mut access = Members {
                    members: object.iter(),
                    value: None,
                };
                let value = visitor.visit_map(&mut access);
                value.and_then(|value| {
                    no_more("fewer properties", access.members.len())?;
                    Ok(value)
                })
            }
        };
        result.map_err(|error| self.placed(error))
    }

    integers! {
        deserialize_i8: i8,
        deserialize_i16: i16,
        deserialize_i32: i32,
        deserialize_i64: i64,
        deserialize_i128: i128,
        deserialize_u8: u8,
        deserialize_u16: u16,
        deserialize_u32: u32,
        deserialize_u64: u64,
        deserialize_u128: u128,
    }

    only! {
        deserialize_bool => Boolean,
        deserialize_char => String,
        deserialize_str => String,
        deserialize_string => String,
        deserialize_identifier => String,
        deserialize_unit => Null,
        deserialize_seq => Array,
        deserialize_map => Object,
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match single(self.number(Wanted::Number, &visitor)?) {
            Some(value) => visitor.visit_f32(value).map_err(|error| self.placed(error)),
            None => Err(Error::at(ErrorKind::NotRepresentable, self.0.span)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.number(Wanted::Number, &visitor)?;
        match self.0.as_number().and_then(crate::Number::to_f64) {
            Some(value) => visitor.visit_f64(value).map_err(|error| self.placed(error)),
            None => Err(Error::at(ErrorKind::NotRepresentable, self.0.span)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match &self.0.value {
            Value::String(text) => {
                let result = visitor.visit_borrowed_bytes(text.as_bytes());
                result.map_err(|error| self.placed(error))
            }
            Value::Array(_) => self.deserialize_any(visitor),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Object(_) => {
                Err(self.mismatch(Wanted::String, &visitor))
            }
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let result = if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        };
        result.map_err(|error| self.placed(error))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        let result = if name == raw::NUMBER {
            let text = self.number(Wanted::Number, &visitor)?;
            visitor.visit_map(raw::Handover::new(text, None))
        } else if let (raw::NODE, Value::Number(number)) = (name, &self.0.value) {
            visitor.visit_map(raw::Handover::new(number.as_str(), None))
        } else {
            visitor.visit_newtype_struct(self)
        };
        result.map_err(|error| self.placed(error))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let result = match &self.0.value {
            Value::String(text) => visitor.visit_enum(Variant {
                name: text,
                span: self.0.span,
                content: None,
            }),
            Value::Object(object) if object.len() == 1 => match object.iter().next() {
                Some(member) => visitor.visit_enum(Variant {
                    name: &member.key,
                    span: member.key_span,
                    content: Some(member),
                }),
                None => Err(not_one_property()),
            },
            Value::Object(_) => Err(not_one_property()),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Array(_) => {
                Err(self.mismatch(Wanted::String, &visitor))
            }
        };
        result.map_err(|error| self.placed(error))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }
}

fn no_more(expected: &str, left: usize) -> Result<()> {
    if left == 0 {
        return Ok(());
    }
    let expected = expected.to_owned();
    Err(Error::new(ErrorKind::Length { expected }, None))
}

fn not_one_property() -> Error {
    let expected = "an object of one property".to_owned();
    Error::new(ErrorKind::Length { expected }, None)
}

struct Items<'de> {
    items: slice::Iter<'de, Node>,
    index: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Tree(item)).map(Some).map_err(|error| {
            let mut error = Tree(item).placed(error);
            let mut step = String::new();
            pointer::push_index(&mut step, index);
            error.prepend(&step);
            error
        })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Members<'de> {
    members: slice::Iter<'de, Member>,
    /// The member whose key was handed out last.
    value: Option<&'de Member>,
}

impl<'de> de::MapAccess<'de> for Members<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some(member);
        let result = key_seed(seed, (&*member.key).into(), member.key_span);
        result.map(Some).map_err(|error| under(member, error))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let Some(member) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(Tree(&member.node))
            .map_err(|error| under(member, Tree(&member.node).placed(error)))
    }
}

/// The error, seen from the object that has `member`.
fn under(member: &Member, mut error: Error) -> Error {
    let mut step = String::new();
    pointer::push_key(&mut step, &member.key);
    error.prepend(&step);
    error
}
