//! Enums of types of which at most one accepts a value.

use serde::de::DeserializeOwned;
use specsmith_json::{Node, from_node};

use crate::Validate;

/// The value as that type, if it can be read as one, and whether it is a valid one.
#[doc(hidden)]
pub fn branch<T: DeserializeOwned + Validate>(node: &Node) -> Option<(T, bool)> {
    let value: T = from_node(node).ok()?;
    let valid = value.validate().is_ok();
    Some((value, valid))
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
                $(
                    if let ::core::option::Option::Some((value, valid)) = $crate::__model::branch::<$ty>(&node) {
                        if valid {
                            return ::core::result::Result::Ok(Self::$variant(value));
                        }
                        first = first.or(::core::option::Option::Some(Self::$variant(value)));
                    }
                )+
                first.ok_or_else(|| {
                    <D::Error as $crate::__model::serde::de::Error>::custom("the value fits none of the alternatives")
                })
            }
        }
    };
}
