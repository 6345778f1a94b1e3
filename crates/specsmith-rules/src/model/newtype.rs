//! Types around one value that are that value in JSON.

/// Gives a struct of one unnamed field serde's traits: it is read and written as what it holds.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct Names(Vec<String>);
/// specsmith_rules::newtype!(Names);
///
/// let names: Names = serde_json::from_str(r#"["a"]"#).expect("it is a list");
/// assert_eq!(names, Names(vec!["a".to_owned()]));
/// assert_eq!(serde_json::to_string(&names).expect("it is JSON"), r#"["a"]"#);
/// ```
#[macro_export]
macro_rules! newtype {
    ($name:ident) => {
        impl $crate::__model::serde::Serialize for $name {
            fn serialize<S: $crate::__model::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__model::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::__model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__model::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__model::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
