//! serde's `Deserializer` over text.

use std::borrow::Cow;

use serde::de::{self, Visitor};

use super::access::{Items, Members, OneMember, UnitVariant};
use super::error::{Error, ErrorKind, Result, Wanted};
use super::{Deserializer, raw};

impl<'de> Deserializer<'de> {
    /// Takes the string here.
    #[inline]
    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.lexer.at();
        let result = match self.lexer.string()?.unescape() {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        };
        result.map_err(|error| self.placed(error, start))
    }

    /// Takes the array here.
    fn array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.lexer.at();
        self.open()?;
        let mut items = Items::new(self);
        let result = visitor.visit_seq(&mut items).and_then(|value| {
            items.end()?;
            Ok(value)
        });
        self.depth += 1;
        result.map_err(|error| self.placed(error, start))
    }

    /// Takes the object here.
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.lexer.at();
        self.open()?;
        let mut members = Members::new(self);
        let result = visitor.visit_map(&mut members).and_then(|value| {
            members.end()?;
            Ok(value)
        });
        self.depth += 1;
        result.map_err(|error| self.placed(error, start))
    }

    #[inline]
    fn string_here<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        match self.first_byte()? {
            b'"' => self.text(visitor),
            _ => Err(self.mismatch(Wanted::String, &visitor)),
        }
    }

    fn array_here<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        match self.first_byte()? {
            b'[' => self.array(visitor),
            _ => Err(self.mismatch(Wanted::Array, &visitor)),
        }
    }

    #[inline]
    fn object_here<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        match self.first_byte()? {
            b'{' => self.object(visitor),
            _ => Err(self.mismatch(Wanted::Object, &visitor)),
        }
    }

    fn null_here<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if self.first_byte()? != b'n' {
            return Err(self.mismatch(Wanted::Null, &visitor));
        }
        let start = self.lexer.at();
        self.lexer.literal("null")?;
        visitor
            .visit_unit()
            .map_err(|error| self.placed(error, start))
    }

    fn boolean<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.lexer.at();
        let value = self.lexer.peek() == Some(b't');
        self.lexer.literal(if value { "true" } else { "false" })?;
        visitor
            .visit_bool(value)
            .map_err(|error| self.placed(error, start))
    }

    /// Takes an enum that is a string, or an object of one property.
    fn variant<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.lexer.at();
        let result = match self.lexer.peek() {
            Some(b'"') => visitor.visit_enum(UnitVariant::new(self)),
            Some(b'{') => {
                self.open()?;
                let result = visitor.visit_enum(OneMember::new(self)).and_then(|value| {
                    if self.lexer.more_members()? {
                        let expected = "an object of one property".to_owned();
                        return Err(Error::new(ErrorKind::Length { expected }, None));
                    }
                    Ok(value)
                });
                self.depth += 1;
                result
            }
            Some(_) | None => return Err(self.mismatch(Wanted::String, &visitor)),
        };
        result.map_err(|error| self.placed(error, start))
    }
}

macro_rules! integers {
    ($($method:ident: $integer:ident,)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.integer::<$integer, V>(visitor)
        }
    )*};
}

macro_rules! same {
    ($($method:ident => $door:ident,)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.$door(visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Deserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.first_byte()? {
            b'"' => self.text(visitor),
            b'-' | b'0'..=b'9' => self.any_number(visitor),
            b'{' => self.object(visitor),
            b'[' => self.array(visitor),
            b't' | b'f' => self.boolean(visitor),
            b'n' => self.null_here(visitor),
            _ => Err(self.lexer.no_value().into()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.first_byte()? {
            b't' | b'f' => self.boolean(visitor),
            _ => Err(self.mismatch(Wanted::Boolean, &visitor)),
        }
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

    same! {
        deserialize_f32 => single,
        deserialize_f64 => double,
        deserialize_char => string_here,
        deserialize_str => string_here,
        deserialize_string => string_here,
        deserialize_identifier => string_here,
        deserialize_unit => null_here,
        deserialize_seq => array_here,
        deserialize_map => object_here,
    }

    /// Bytes are a string's, or an array of numbers.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.first_byte()? == b'[' {
            return self.array(visitor);
        }
        self.string_here(AsBytes(visitor))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_bytes(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.first_byte()? != b'n' {
            return visitor.visit_some(self);
        }
        let start = self.lexer.at();
        self.lexer.literal("null")?;
        visitor
            .visit_none()
            .map_err(|error| self.placed(error, start))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.null_here(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        let byte = self.first_byte()?;
        let start = self.lexer.at();
        if name == raw::NUMBER && !(byte.is_ascii_digit() || byte == b'-') {
            return Err(self.mismatch(Wanted::Number, &visitor));
        }
        let result = if name == raw::NODE || name == raw::NUMBER {
            self.skip()?;
            let text = self
                .lexer
                .text()
                .get(start..self.lexer.at())
                .unwrap_or_default();
            visitor.visit_map(raw::Handover::new(text, Some(start)))
        } else {
            visitor.visit_newtype_struct(&mut *self)
        };
        result.map_err(|error| self.placed(error, start))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.array_here(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.array_here(visitor)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.object_here(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.first_byte()?;
        self.variant(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// Gives a string's bytes to a visitor of bytes.
struct AsBytes<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for AsBytes<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.0.visit_borrowed_bytes(text.as_bytes())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.0.visit_bytes(text.as_bytes())
    }
}
