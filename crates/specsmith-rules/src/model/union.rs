//! Enums of types of which at most one accepts a value.

use serde::de::{self, DeserializeOwned};
use specsmith_json::{Error, ErrorKind, Node, from_node};

use crate::Validate;

/// The value as that type, if it can be read as one, and whether it is a valid one.
#[doc(hidden)]
pub fn branch<T: DeserializeOwned + Validate>(node: &Node) -> Result<(T, bool), Error> {
    let value: T = from_node(node)?;
    let valid = value.validate().is_ok();
    Ok((value, valid))
}

/// Why a value can be read as none of several types.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Misfits {
    /// One of them cannot hold a number exactly: the value may be valid by the schema.
    number: bool,
}

impl Misfits {
    /// Takes what kept one type from the value.
    pub fn note(&mut self, error: &Error) {
        self.number |= matches!(error.kind(), ErrorKind::NotRepresentable);
    }

    /// The first that it can be read as, though no valid one; none where a number kept it from
    /// another, which may be what it is.
    pub fn settle<T, E: de::Error>(&self, first: Option<T>) -> Result<T, E> {
        first.filter(|_| !self.number).ok_or_else(|| self.error())
    }

    /// What is said of all of them.
    pub fn error<E: de::Error>(&self) -> E {
        if self.number {
            E::custom(ErrorKind::NotRepresentable)
        } else {
            E::custom("the value fits none of the alternatives")
        }
    }
}

/// Gives an enum whose variants hold one value each its `Deserialize`: the variant whose type the
/// value is a valid one of, else the first that it can be read as.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Id {
///     Number(u32),
///     Text(String),
/// }
/// specsmith_rules::union!(Id { Number(u32), Text(String) });
///
/// let id: Id = serde_json::from_str("\"a\"").expect("it is a string");
/// assert_eq!(id, Id::Text("a".to_owned()));
/// assert!(serde_json::from_str::<Id>("true").is_err());
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident($ty:ty)),+ $(,)? }) => {
        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let node = <$crate::__model::Node as $crate::__model::serde::Deserialize>::deserialize(deserializer)?;
                let mut first = ::core::option::Option::None;
                let mut misfits = $crate::__model::Misfits::default();
                $(
                    match $crate::__model::branch::<$ty>(&node) {
                        ::core::result::Result::Ok((value, true)) => {
                            return ::core::result::Result::Ok(Self::$variant(value));
                        }
                        ::core::result::Result::Ok((value, false)) => {
                            first = first.or(::core::option::Option::Some(Self::$variant(value)));
                        }
                        ::core::result::Result::Err(error) => misfits.note(&error),
                    }
                )+
                misfits.settle(first)
            }
        }
    };
}
