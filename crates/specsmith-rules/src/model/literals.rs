//! Enums of JSON values that are not all strings.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use specsmith_json::{Limits, Node, read};

/// Which of the texts, each a JSON value, is the value that is read.
#[doc(hidden)]
pub fn read_literal<'de, D: Deserializer<'de>>(
    deserializer: D,
    texts: &'static [&'static str],
) -> Result<usize, D::Error> {
    let node = Node::deserialize(deserializer)?;
    let same = |text: &&str| parsed(text).is_some_and(|literal| literal.same_value(&node));
    texts
        .iter()
        .position(same)
        .ok_or_else(|| D::Error::unknown_variant("", texts))
}

/// Writes the value that the text is.
#[doc(hidden)]
pub fn write_literal<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match parsed(text) {
        Some(node) => node.serialize(serializer),
        None => serializer.serialize_str(text),
    }
}

fn parsed(text: &str) -> Option<Node> {
    read(text.as_bytes(), &Limits::default()).root
}

/// Makes an enum of unit variants one of JSON values, each given as its text: `as_json`, `ALL`,
/// serde, and `Validate`.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// pub enum Level {
///     Low,
///     High,
///     Off,
/// }
/// specsmith_rules::literal_enum!(Level { Low = "1", High = "2", Off = "false" });
///
/// let level = specsmith_rules::from_json::<Level>(b"2.0").expect("2 is listed");
/// assert_eq!(*level, Level::High);
/// assert_eq!(Level::Off.as_json(), "false");
/// assert!(specsmith_rules::from_json::<Level>(b"3").is_err());
/// ```
#[macro_export]
macro_rules! literal_enum {
    ($name:ident { $($variant:ident = $json:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as JSON text.
            #[must_use]
            pub const fn as_json(&self) -> &'static str {
                match self {
                    $(Self::$variant => $json),+
                }
            }
        }

        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let index = $crate::__model::read_literal(deserializer, &[$($json),+])?;
                ::core::result::Result::Ok(Self::ALL[index])
            }
        }

        impl $crate::__model::serde::Serialize for $name {
            fn serialize<S: $crate::__model::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__model::write_literal(self.as_json(), serializer)
            }
        }

        impl $crate::Validate for $name {
            fn validate_into(&self, _: &$crate::Path<'_>, _: &mut $crate::Violations) {}
        }
    };
}
