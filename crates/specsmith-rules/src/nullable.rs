//! For serde's `with`: a required property that may be null and may not be absent.
//!
//! serde alone reads an absent property as `None`.
//!
//! ```
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Parent {
//!     #[serde(with = "specsmith_rules::nullable")]
//!     child: Option<u8>,
//! }
//! assert!(serde_json::from_str::<Parent>(r#"{"child": null}"#).is_ok());
//! assert!(serde_json::from_str::<Parent>("{}").is_err());
//! ```

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes the value; `None` as null.
///
/// # Errors
/// The serializer's.
pub fn serialize<T: Serialize, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// Reads a value or null.
///
/// # Errors
/// The deserializer's, or what stands there is neither.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}
