//! A property that may be absent, null, or a value: three things that JSON tells apart.

use crate::{Path, Validate, Violations};

/// A property that is both optional and nullable.
///
/// With serde, write `#[serde(default, skip_serializing_if = "Field::is_absent")]` beside it.
///
/// ```
/// use specsmith_rules::Field;
///
/// let name: Field<String> = Field::from("Jane".to_owned());
/// assert_eq!(name.as_option().map(String::as_str), Some("Jane"));
/// assert!(Field::<String>::default().is_absent());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field<T> {
    /// The object does not have the property.
    #[default]
    Absent,
    /// The property is there, and is null.
    Null,
    /// The property is there, with a value.
    Value(T),
}

impl<T> Field<T> {
    /// Whether the object does not have the property.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is there and is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether there is a value.
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// The value, if there is one; absent and null are both `None`.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value to change, if there is one.
    pub const fn as_option_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one; absent and null are both `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same with a borrowed value.
    pub const fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(value),
        }
    }

    /// The same with another value, if there is one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(change(value)),
        }
    }

    /// The value, or `other` where there is none.
    pub fn unwrap_or(self, other: T) -> T {
        self.into_option().unwrap_or(other)
    }

    /// The value, or its type's default where there is none.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// Takes what is there and leaves [`Field::Absent`].
    #[must_use]
    pub fn take(&mut self) -> Self {
        core::mem::replace(self, Self::Absent)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes [`Field::Absent`]: what is not known is left out.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T> From<Field<T>> for Option<T> {
    fn from(field: Field<T>) -> Self {
        field.into_option()
    }
}

impl<T: Validate> Validate for Field<T> {
    fn validate_into(&self, path: &Path<'_>, violations: &mut Violations) {
        if let Self::Value(value) = self {
            value.validate_into(path, violations);
        }
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Field<T> {
    /// Absent is written as null where the surrounding struct does not skip it.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Field<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_things() {
        assert_eq!(Field::<u8>::from(None), Field::Absent);
        assert_eq!(Field::<u8>::from(Some(1)), Field::Value(1));
        assert_eq!(Field::<u8>::from(1).map(|value| value + 1), Field::Value(2));
        assert_eq!(Field::<u8>::Null.map(|value| value + 1), Field::Null);
        assert_eq!(Option::<u8>::from(Field::Null), None);
        let mut field: Field<String> = Field::from("a");
        assert_eq!(field.take(), Field::Value("a".to_owned()));
        assert!(field.is_absent());
    }
}
