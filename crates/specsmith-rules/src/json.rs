//! From JSON text to a value that is known to be valid, or to all that is wrong with it.

mod explain;

use core::fmt;

use serde::de::DeserializeOwned;
use specsmith_json::ErrorKind;

use crate::{Valid, Validate, Violations};

/// Reads JSON text as a `T`, and checks every rule.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use specsmith_rules::{Report, Validate};
///
/// #[derive(serde::Deserialize, Validate)]
/// struct Agent {
///     #[validate(max_length = 4)]
///     id: String,
/// }
///
/// let agent = specsmith_rules::from_json::<Agent>(br#"{"id": "a158"}"#).expect("it is valid");
/// assert_eq!(agent.id, "a158");
///
/// let Err(Report::Violations(violations)) = specsmith_rules::from_json::<Agent>(br#"{"id": 158}"#)
/// else {
///     panic!("an id is a string");
/// };
/// assert_eq!(violations.to_string(), "/id: `id` is a number, not a string");
/// # }
/// ```
///
/// # Errors
/// [`Report::Json`] where the text is no JSON, has a duplicate key, or holds a number that `T`
/// cannot; [`Report::Violations`] where it breaks rules of the schema, each with its JSON pointer
/// and the bytes where it stands. What stands inside of a value of the wrong type is not judged.
pub fn from_json<T: Validate + DeserializeOwned>(bytes: &[u8]) -> Result<Valid<T>, Report> {
    match specsmith_json::from_slice::<T>(bytes) {
        Ok(value) => match value.validated() {
            Ok(valid) => Ok(valid),
            Err(violations) => Err(explain::with_spans(violations, bytes)),
        },
        Err(error) => Err(explain::explain::<T>(error, bytes)),
    }
}

/// Why there is no valid value.
#[derive(Debug)]
pub enum Report {
    /// The text is no JSON, has a duplicate key, or is more than the Rust type can hold
    /// ([`ErrorKind::NotRepresentable`], which is the only difference from the schema).
    Json(specsmith_json::Error),
    /// The text breaks rules of the schema.
    Violations(Violations),
}

impl Report {
    /// The violations, if it is they.
    pub fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Json(_) => None,
            Self::Violations(violations) => Some(violations),
        }
    }

    /// The codes of all that is wrong, in the order of the text.
    pub fn codes(&self) -> Vec<&'static str> {
        match self {
            // The one error of serde that ends up here without a code is a field given twice under
            // two names.
            Self::Json(error) => vec![error.kind().code().unwrap_or("json/duplicate-key")],
            Self::Violations(violations) => violations.iter().map(crate::Violation::code).collect(),
        }
    }

    /// Whether the text may be valid by the schema, and only the Rust type cannot hold it.
    pub fn is_not_representable(&self) -> bool {
        match self {
            Self::Json(error) => matches!(error.kind(), ErrorKind::NotRepresentable),
            Self::Violations(violations) => violations.are_of_the_type(),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Violations(violations) => violations.fmt(f),
        }
    }
}

impl core::error::Error for Report {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            Self::Violations(violations) => Some(violations),
        }
    }
}

impl From<Violations> for Report {
    fn from(violations: Violations) -> Self {
        Self::Violations(violations)
    }
}

impl From<specsmith_json::Kind> for crate::Kind {
    fn from(kind: specsmith_json::Kind) -> Self {
        match kind {
            specsmith_json::Kind::Null => Self::Null,
            specsmith_json::Kind::Boolean => Self::Boolean,
            specsmith_json::Kind::Number => Self::Number,
            specsmith_json::Kind::String => Self::String,
            specsmith_json::Kind::Array => Self::Array,
            specsmith_json::Kind::Object => Self::Object,
        }
    }
}
