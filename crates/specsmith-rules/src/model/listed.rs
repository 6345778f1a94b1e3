//! Enums of strings: variants and the texts they stand for.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// A text that is none of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotListed {
    /// How many values there are.
    pub allowed: usize,
}

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not one of the {} allowed values", self.allowed)
    }
}

impl core::error::Error for NotListed {}

/// Reads a string, and nothing else, as one of the texts.
#[doc(hidden)]
pub fn read_listed<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    texts: &'static [&'static str],
    known: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Listed {
        texts,
        known,
        kind: PhantomData,
    })
}

struct Listed<T> {
    texts: &'static [&'static str],
    known: fn(&str) -> Option<T>,
    kind: PhantomData<T>,
}

impl<T> Visitor<'_> for Listed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {} strings", self.texts.len())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.known)(text).ok_or_else(|| E::unknown_variant(text, self.texts))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Bytes(bytes), &self))
    }
}

/// Makes an enum of unit variants one of strings: `as_str`, `ALL`, `Display`, `FromStr`, serde, and
/// `Validate`. With `else Unknown`, the variant of that name holds any other text, which is read and
/// is not valid.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// pub enum Order {
///     Ascending,
///     Descending,
/// }
/// specsmith_rules::string_enum!(Order { Ascending = "ASC", Descending = "DESC" });
///
/// assert_eq!(Order::Ascending.as_str(), "ASC");
/// assert_eq!("DESC".parse(), Ok(Order::Descending));
/// assert!("desc".parse::<Order>().is_err());
/// assert_eq!(Order::ALL.len(), 2);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as JSON spells it.
            #[must_use]
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::NotListed;

            fn from_str(text: &str) -> ::core::result::Result<Self, <Self as ::core::str::FromStr>::Err> {
                match text {
                    $($text => ::core::result::Result::Ok(Self::$variant),)+
                    _ => ::core::result::Result::Err($crate::NotListed { allowed: Self::ALL.len() }),
                }
            }
        }

        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__model::read_listed(deserializer, &[$($text),+], |text| text.parse().ok())
            }
        }

        impl $crate::Validate for $name {
            fn validate_into(&self, _: &$crate::Path<'_>, _: &mut $crate::Violations) {}
        }

        $crate::__string_enum_out!($name);
    };
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? } else $other:ident) => {
        impl $name {
            /// Every value of the specification, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as JSON spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::$other(text) => text,
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, <Self as ::core::str::FromStr>::Err> {
                ::core::result::Result::Ok(match text {
                    $($text => Self::$variant,)+
                    _ => Self::$other(::std::string::ToString::to_string(text)),
                })
            }
        }

        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__model::read_listed(deserializer, &[$($text),+], |text| text.parse().ok())
            }
        }

        impl $crate::Validate for $name {
            fn validate_into(&self, path: &$crate::Path<'_>, violations: &mut $crate::Violations) {
                if let Self::$other(text) = self {
                    let near = $crate::nearest(text, [$($text),+]);
                    violations.record(path, $crate::Fault::Enum {
                        allowed: Self::ALL.len(),
                        null: false,
                        near: near.map(::std::borrow::Cow::Borrowed),
                    });
                }
            }
        }

        $crate::__string_enum_out!($name);
    };
}

/// How an enum of strings is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum_out {
    ($name:ident) => {
        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__model::serde::Serialize for $name {
            fn serialize<S: $crate::__model::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
