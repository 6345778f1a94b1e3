//! Structs that keep the properties that they have no field for, each of one type.

use std::collections::BTreeMap;

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use specsmith_json::{Node, from_node};

use crate::Field;

/// The properties of an object, taken out one by one.
#[doc(hidden)]
pub struct Members(Vec<(String, Node)>);

impl Members {
    /// Reads an object, and nothing else.
    ///
    /// # Errors
    /// The deserializer's, or what stands there is no object.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reading)
    }

    fn take(&mut self, name: &str) -> Option<Node> {
        let position = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.swap_remove(position).1)
    }

    /// The value of a property that must be there.
    pub fn required<T: DeserializeOwned, E: Error>(&mut self, name: &'static str) -> Result<T, E> {
        let node = self.take(name).ok_or_else(|| E::missing_field(name))?;
        value(&node)
    }

    /// The value of a property that must be there and may be null.
    pub fn nullable<T: DeserializeOwned, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, E> {
        self.required(name)
    }

    /// The value of a property that may be absent and may not be null.
    pub fn optional<T: DeserializeOwned, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, E> {
        self.take(name).map(|node| value(&node)).transpose()
    }

    /// The value of a property that may be absent and may be null.
    pub fn field<T: DeserializeOwned, E: Error>(
        &mut self,
        name: &'static str,
    ) -> Result<Field<T>, E> {
        let Some(node) = self.take(name) else {
            return Ok(Field::Absent);
        };
        Ok(value::<Option<T>, E>(&node)?.map_or(Field::Null, Field::Value))
    }

    /// All that is left.
    pub fn rest<T: DeserializeOwned, E: Error>(self) -> Result<BTreeMap<String, T>, E> {
        let members = self.0.into_iter();
        members
            .map(|(key, node)| Ok((key, value(&node)?)))
            .collect()
    }
}

fn value<T: DeserializeOwned, E: Error>(node: &Node) -> Result<T, E> {
    from_node(node).map_err(E::custom)
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Members;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.iter().any(|(known, _)| *known == key) {
                map.next_value::<IgnoredAny>()?;
                return Err(A::Error::custom("a property stands here twice"));
            }
            members.push((key, map.next_value::<Node>()?));
        }
        Ok(Members(members))
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

/// Gives a struct its `Deserialize` where it keeps what it has no field for in a map of one type.
///
/// ```
/// use std::collections::BTreeMap;
///
/// struct Scores {
///     name: String,
///     others: BTreeMap<String, u32>,
/// }
/// specsmith_rules::open_record!(Scores { name = required("Name"), ..others });
///
/// let scores: Scores = serde_json::from_str(r#"{"Name": "a", "x": 1}"#).expect("it fits");
/// assert_eq!((scores.name.as_str(), scores.others["x"]), ("a", 1));
/// assert!(serde_json::from_str::<Scores>(r#"{"Name": "a", "x": "1"}"#).is_err());
/// ```
#[macro_export]
macro_rules! open_record {
    ($name:ident { $($field:ident = $way:ident($wire:literal),)* ..$rest:ident }) => {
        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #[allow(unused_mut)]
                let mut members = $crate::__model::Members::read(deserializer)?;
                ::core::result::Result::Ok(Self {
                    $($field: members.$way($wire)?,)*
                    $rest: members.rest()?,
                })
            }
        }
    };
}
