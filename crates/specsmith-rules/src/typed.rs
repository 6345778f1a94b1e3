//! Strings of a format as the types that people use for them: `chrono`'s and `uuid`'s.
//!
//! Each is read as strictly as the format is, and written in the shortest way that means the same.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use crate::format::Format;

/// What the error of a text without its format begins with; the format's name follows.
const REFUSED: &str = "not of the format ";

/// The format that an error of this module is about.
pub(crate) fn refused(message: &str) -> Option<&'static str> {
    let name = message.strip_prefix(REFUSED)?;
    let format = Format::ALL.into_iter().find(|it| it.name() == name)?;
    Some(format.name())
}

macro_rules! typed {
    ($(#[$docs:meta])* $name:ident($inner:ty), $format:ident, $read:expr, $write:expr) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl core::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let write: fn(&$inner) -> String = $write;
                f.write_str(&write(&self.0))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let read: fn(&str) -> Option<$inner> = $read;
                Some(text.as_str())
                    .filter(|text| Format::$format.check(text))
                    .and_then(read)
                    .map(Self)
                    .ok_or_else(|| {
                        D::Error::custom(format_args!("{REFUSED}{}", Format::$format.name()))
                    })
            }
        }

        impl crate::Validate for $name {
            fn validate_into(&self, _: &crate::Path<'_>, _: &mut crate::Violations) {}
        }
    };
}

#[cfg(feature = "chrono")]
typed! {
    /// `date-time`: a moment, with the offset that it was written with.
    DateTime(chrono::DateTime<chrono::FixedOffset>),
    DateTime,
    |text| chrono::DateTime::parse_from_rfc3339(text).ok(),
    |moment| moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

#[cfg(feature = "chrono")]
typed! {
    /// `date`: a day.
    Date(chrono::NaiveDate),
    Date,
    |text| text.parse().ok(),
    |day| day.to_string()
}

#[cfg(feature = "uuid")]
typed! {
    /// `uuid`: 128 bits, as hexadecimal digits with hyphens.
    Uuid(uuid::Uuid),
    Uuid,
    |text| uuid::Uuid::parse_str(text).ok(),
    |id| id.hyphenated().to_string()
}
