//! For serde's `with`: an optional property that may be absent and may not be null.
//!
//! serde alone reads null as `None`. To be written with `default` and `skip_serializing_if`:
//!
//! ```
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct SendResult {
//!     #[serde(default, with = "specsmith_rules::non_null", skip_serializing_if = "Option::is_none")]
//!     error: Option<String>,
//! }
//! assert!(serde_json::from_str::<SendResult>("{}").is_ok());
//! assert!(serde_json::from_str::<SendResult>(r#"{"error": null}"#).is_err());
//! ```

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes the value; `None` as null, which the field's `skip_serializing_if` should prevent.
///
/// # Errors
/// The serializer's.
pub fn serialize<T: Serialize, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// Reads a value, which null is not, unless `T` itself takes it.
///
/// # Errors
/// The deserializer's, or what stands there is no `T`.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
