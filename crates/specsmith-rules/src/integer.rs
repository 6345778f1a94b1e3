//! Integers of every size, exactly.

use core::fmt;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _, Unexpected};
use serde::ser::{Error as _, Serialize, Serializer};
use specsmith_decimal::Decimal;
use specsmith_json::Number;

use crate::range::{Bound, Numeric};
use crate::{Path, Validate, Violations};

/// An integer without bounds, as JSON Schema means it: `1.0` and `1e2` are integers, too.
///
/// ```
/// use specsmith_rules::Integer;
///
/// let big: Integer = "100000000000000000000000000000000000000000".parse().expect("is an integer");
/// assert_eq!(big.to_i64(), None);
/// assert_eq!(Integer::from(7).to_i64(), Some(7));
/// assert!("1.5".parse::<Integer>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(Decimal);

/// A text that is no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoInteger;

impl fmt::Display for NoInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an integer")
    }
}

impl core::error::Error for NoInteger {}

impl Integer {
    /// The value, if it fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }

    /// The value, if it fits.
    pub fn to_u64(&self) -> Option<u64> {
        self.0.to_u64()
    }

    /// The value, if it fits.
    pub fn to_i128(&self) -> Option<i128> {
        self.0.to_i128()
    }
}

impl FromStr for Integer {
    type Err = NoInteger;

    fn from_str(text: &str) -> Result<Self, NoInteger> {
        let number = Decimal::parse(text).filter(Decimal::is_integer);
        number.map(Self).ok_or(NoInteger)
    }
}

macro_rules! from {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Integer {
            fn from(value: $integer) -> Self {
                Self(Decimal::from(i128::from(value)))
            }
        }
    )*};
}

from! { i8 i16 i32 i64 u8 u16 u32 u64 i128 }

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.to_i128() {
            Some(value) => value.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl Numeric for Integer {
    fn compare_bound(&self, bound: &Bound) -> Option<core::cmp::Ordering> {
        self.0.compare_bound(bound)
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        self.0.is_multiple_of_bound(factor)
    }
}

impl Validate for Integer {
    fn validate_into(&self, _: &Path<'_>, _: &mut Violations) {}
}

impl Serialize for Integer {
    /// # Errors
    /// Beyond 128 bits, serde has no form for it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(value) = self.0.to_i64() {
            serializer.serialize_i64(value)
        } else if let Some(value) = self.0.to_u64() {
            serializer.serialize_u64(value)
        } else if let Some(value) = self.0.to_i128() {
            serializer.serialize_i128(value)
        } else {
            Err(S::Error::custom(
                "serde has no form for so large an integer",
            ))
        }
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        let number = number.decimal();
        if number.is_integer() {
            return Ok(Self(number.to_decimal()));
        }
        let float = Unexpected::Float(number.to_f64().unwrap_or(f64::NAN));
        Err(D::Error::invalid_type(float, &"an integer"))
    }
}
