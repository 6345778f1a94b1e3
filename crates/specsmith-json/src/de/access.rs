//! Items, members and variants, handed to a visitor one by one.

use std::borrow::Cow;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};

use super::Deserializer;
use super::error::{Error, ErrorKind, Result, Wanted};
use crate::Span;
use crate::keys::Scope;
use crate::lex::Text;

/// The items of an array whose bracket is taken.
pub(super) struct Items<'a, 'de> {
    de: &'a mut Deserializer<'de>,
    place: Place,
}

/// Where a reading is in an array or object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Later,
    End,
}

impl<'a, 'de> Items<'a, 'de> {
    pub(super) fn new(de: &'a mut Deserializer<'de>) -> Self {
        let place = Place::First;
        Self { de, place }
    }

    /// Whether another item follows; takes the comma or the closing bracket.
    #[inline]
    fn advance(&mut self) -> Result<bool> {
        let more = match self.place {
            Place::First if self.de.lexer.next_token() == Some(b']') => {
                self.de.lexer.bump();
                false
            }
            Place::First => true,
            Place::Later => self.de.lexer.more_items()?,
            Place::End => false,
        };
        self.place = if more { Place::Later } else { Place::End };
        Ok(more)
    }

    /// After the visitor is done: the closing bracket.
    pub(super) fn end(&mut self) -> Result<()> {
        if self.advance()? {
            let expected = "fewer items".to_owned();
            return Err(Error::new(ErrorKind::Length { expected }, None));
        }
        Ok(())
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if !self.advance()? {
            return Ok(None);
        }
        let before = self.de.lexer.at();
        let item = seed.deserialize(&mut *self.de);
        item.map(Some)
            .map_err(|error| self.de.placed_after(error, before))
    }
}

/// The members of an object whose brace is taken.
pub(super) struct Members<'a, 'de> {
    de: &'a mut Deserializer<'de>,
    place: Place,
    scope: Option<Scope>,
}

impl<'a, 'de> Members<'a, 'de> {
    pub(super) fn new(de: &'a mut Deserializer<'de>) -> Self {
        let scope = Some(de.keys.open());
        let place = Place::First;
        Self { de, place, scope }
    }

    /// The next key, its colon taken, or `None` after taking the closing brace.
    #[inline]
    fn advance(&mut self) -> Result<Option<Text<'de>>> {
        let more = match self.place {
            Place::First if self.de.lexer.next_token() == Some(b'}') => {
                self.de.lexer.bump();
                false
            }
            Place::First => true,
            Place::Later => self.de.lexer.more_members()?,
            Place::End => false,
        };
        if !more {
            self.place = Place::End;
            return Ok(None);
        }
        self.place = Place::Later;
        Ok(Some(self.de.lexer.key()?))
    }

    /// The key, unless it was there before.
    #[inline]
    fn unique(&mut self, key: Text<'de>) -> Result<Cow<'de, str>> {
        if let Some(scope) = &mut self.scope {
            if let Some(first) = self.de.keys.add(scope, self.de.lexer.text(), &key) {
                return Err(Error::at(ErrorKind::DuplicateKey { first }, key.span));
            }
        }
        Ok(key.unescape())
    }

    /// After the visitor is done: the closing brace.
    pub(super) fn end(&mut self) -> Result<()> {
        if self.advance()?.is_some() {
            let expected = "fewer properties".to_owned();
            return Err(Error::new(ErrorKind::Length { expected }, None));
        }
        if let Some(scope) = self.scope.take() {
            self.de.keys.close(scope);
        }
        Ok(())
    }
}

impl<'de> de::MapAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(key) = self.advance()? else {
            return Ok(None);
        };
        let name = self.unique(key)?;
        key_seed(seed, name, key.span).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let before = self.de.lexer.at();
        let value = seed.deserialize(&mut *self.de);
        value.map_err(|error| self.de.placed_after(error, before))
    }
}

/// Hands a key to its seed.
#[inline]
pub(super) fn key_seed<'de, S: DeserializeSeed<'de>>(
    seed: S,
    name: Cow<'de, str>,
    span: Span,
) -> Result<S::Value> {
    seed.deserialize(Key(name)).map_err(|mut error| {
        if !error.has_span() {
            error.set_span(span);
        }
        error
    })
}

/// A key: a string, or what a string can spell for maps whose keys are no strings.
struct Key<'de>(Cow<'de, str>);

impl<'de> Key<'de> {
    #[inline]
    fn visit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Cow::Borrowed(name) => visitor.visit_borrowed_str(name),
            Cow::Owned(name) => visitor.visit_string(name),
        }
    }
}

macro_rules! spelt {
    ($($method:ident: $type:ident, $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self.0.parse::<$type>() {
                Ok(value) if value.to_string() == self.0 => visitor.$visit(value),
                Ok(_) | Err(_) => self.visit(visitor),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Key<'de> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.visit(visitor)
    }

    spelt! {
        deserialize_bool: bool, visit_bool;
        deserialize_i8: i8, visit_i8;
        deserialize_i16: i16, visit_i16;
        deserialize_i32: i32, visit_i32;
        deserialize_i64: i64, visit_i64;
        deserialize_i128: i128, visit_i128;
        deserialize_u8: u8, visit_u8;
        deserialize_u16: u16, visit_u16;
        deserialize_u32: u32, visit_u32;
        deserialize_u64: u64, visit_u64;
        deserialize_u128: u128, visit_u128;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            Cow::Borrowed(text) => {
                BorrowedStrDeserializer::new(text).deserialize_enum(name, variants, visitor)
            }
            Cow::Owned(text) => {
                let text: StringDeserializer<Error> = text.into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
        }
    }

    serde::forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// A variant that is a string.
pub(super) struct UnitVariant<'a, 'de> {
    de: &'a mut Deserializer<'de>,
}

impl<'a, 'de> UnitVariant<'a, 'de> {
    pub(super) fn new(de: &'a mut Deserializer<'de>) -> Self {
        Self { de }
    }
}

impl<'de> de::EnumAccess<'de> for UnitVariant<'_, 'de> {
    type Error = Error;
    type Variant = NoContent;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, NoContent)> {
        let variant = seed.deserialize(&mut *self.de)?;
        Ok((variant, NoContent))
    }
}

/// What a variant that is a string holds. One that should hold something is of the wrong type.
pub(super) struct NoContent;

impl NoContent {
    fn refuse<'de, V: Visitor<'de>>(visitor: &V) -> Error {
        let found = crate::Kind::String;
        let expected = (visitor as &dyn de::Expected).to_string();
        let wanted = Some(Wanted::Object);
        Error::new(
            ErrorKind::Type {
                expected,
                wanted,
                found,
            },
            None,
        )
    }
}

impl<'de> de::VariantAccess<'de> for NoContent {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value> {
        let expected = "an object of one property".to_owned();
        let (wanted, found) = (Some(Wanted::Object), crate::Kind::String);
        Err(Error::new(
            ErrorKind::Type {
                expected,
                wanted,
                found,
            },
            None,
        ))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        Err(Self::refuse(&visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        Err(Self::refuse(&visitor))
    }
}

/// A variant that is an object of one property, whose brace is taken.
pub(super) struct OneMember<'a, 'de> {
    de: &'a mut Deserializer<'de>,
}

impl<'a, 'de> OneMember<'a, 'de> {
    pub(super) fn new(de: &'a mut Deserializer<'de>) -> Self {
        Self { de }
    }
}

impl<'de> de::EnumAccess<'de> for OneMember<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        if self.de.lexer.next_token() == Some(b'}') {
            let expected = "an object of one property".to_owned();
            return Err(Error::new(ErrorKind::Length { expected }, None));
        }
        let key = self.de.lexer.key()?;
        let variant = key_seed(seed, key.unescape(), key.span)?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for OneMember<'_, 'de> {
    type Error = Error;

    /// A unit variant is a string, never `{"Variant": null}`.
    fn unit_variant(self) -> Result<()> {
        let (wanted, found) = (Some(Wanted::String), crate::Kind::Object);
        let expected = "a string".to_owned();
        Err(Error::new(
            ErrorKind::Type {
                expected,
                wanted,
                found,
            },
            None,
        ))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self.de)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        de::Deserializer::deserialize_tuple(self.de, length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        de::Deserializer::deserialize_struct(self.de, "", fields, visitor)
    }
}
