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
/// value is a valid one of, else the first that it can be read as. Of each variant it can be made
/// by `From`; what is boxed, from the box and from what is in it.
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
/// assert_eq!(Id::from(1), Id::Number(1));
/// ```
///
/// Where variants hold the same type, it does not say which of them is meant: the others are named.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Length {
///     Metres(f64),
///     Feet(f64),
///     Words(String),
/// }
/// specsmith_rules::union!(Length { Metres(f64), Feet(f64), Words(String) } from { Words(String) });
///
/// assert_eq!(Length::from("a span".to_owned()), Length::Words("a span".to_owned()));
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident($($ty:tt)+)),+ $(,)? }) => {
        $crate::union!($name { $($variant($($ty)+)),+ } from { $($variant($($ty)+)),+ });
    };
    ($name:ident { $($variant:ident($($ty:tt)+)),+ $(,)? } from { $($from:ident($($of:tt)+)),* $(,)? }) => {
        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let node = <$crate::__model::Node as $crate::__model::serde::Deserialize>::deserialize(deserializer)?;
                let mut first = ::core::option::Option::None;
                let mut misfits = $crate::__model::Misfits::default();
                $(
                    match $crate::__model::branch::<$($ty)+>(&node) {
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

        $($crate::union!(@from $name $from $($of)+);)*
    };
    (@from $name:ident $variant:ident Box<$inner:ty>) => {
        impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        }

        impl ::core::convert::From<::std::boxed::Box<$inner>> for $name {
            fn from(value: ::std::boxed::Box<$inner>) -> Self {
                Self::$variant(value)
            }
        }
    };
    (@from $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(value)
            }
        }
    };
}
