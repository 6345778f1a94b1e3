//! An enum's variant in a tree.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Visitor};

use super::super::error::{Error, ErrorKind, Result, Wanted};
use super::{Tree, under};
use crate::{Kind, Member, Span};

/// An enum's variant: a string, or the one property of an object.
pub(super) struct Variant<'de> {
    pub(super) name: &'de str,
    pub(super) span: Span,
    pub(super) content: Option<&'de Member>,
}

impl Variant<'_> {
    fn wrong(wanted: Wanted, found: Kind, expected: String) -> Error {
        let wanted = Some(wanted);
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

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        let name = BorrowedStrDeserializer::<Error>::new(self.name);
        let variant = seed.deserialize(name).map_err(|mut error| {
            error.set_span(self.span);
            match self.content {
                Some(member) => under(member, error),
                None => error,
            }
        })?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        match self.content {
            None => Ok(()),
            Some(_) => Err(Self::wrong(
                Wanted::String,
                Kind::Object,
                "a string".to_owned(),
            )),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        let expected = "an object of one property".to_owned();
        match self.content {
            Some(member) => seed
                .deserialize(Tree(&member.node))
                .map_err(|error| under(member, error)),
            None => Err(Self::wrong(Wanted::Object, Kind::String, expected)),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        match self.content {
            Some(member) => {
                de::Deserializer::deserialize_tuple(Tree(&member.node), length, visitor)
                    .map_err(|error| under(member, error))
            }
            None => {
                let expected = (&visitor as &dyn de::Expected).to_string();
                Err(Self::wrong(Wanted::Object, Kind::String, expected))
            }
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.content {
            Some(member) => {
                de::Deserializer::deserialize_struct(Tree(&member.node), "", fields, visitor)
                    .map_err(|error| under(member, error))
            }
            None => {
                let expected = (&visitor as &dyn de::Expected).to_string();
                Err(Self::wrong(Wanted::Object, Kind::String, expected))
            }
        }
    }
}
