//! A number exactly as it is written.

use specsmith_decimal::{Decimal, DecimalRef};
use std::fmt;

/// A JSON number that keeps its text: `1.0`, `1e0` and `1` stay what they are, and compare equal
/// through [`Number::decimal`] only.
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// The number spelt by `text`, or `None` if it is not exactly one number of RFC 8259.
    pub fn new(text: &str) -> Option<Self> {
        DecimalRef::parse(text)?;
        Some(Self(text.into()))
    }

    /// `text` must be a number of RFC 8259.
    pub(crate) fn of_checked(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The exact value, to compare and compute with.
    pub fn decimal(&self) -> DecimalRef<'_> {
        DecimalRef::parse(&self.0).expect("every constructor checks the text")
    }

    /// Whether the value has no fractional part (`1.0` and `1e2` have none).
    pub fn is_integer(&self) -> bool {
        self.decimal().is_integer()
    }

    /// The value as an `i64`, if it is an integer in that range.
    pub fn to_i64(&self) -> Option<i64> {
        self.decimal().to_i64()
    }

    /// The value as a `u64`, if it is an integer in that range.
    pub fn to_u64(&self) -> Option<u64> {
        self.decimal().to_u64()
    }

    /// The value as an `i128`, if it is an integer in that range.
    pub fn to_i128(&self) -> Option<i128> {
        self.decimal().to_i128()
    }

    /// The `f64` whose shortest text is equal to this number, if there is one.
    pub fn to_f64(&self) -> Option<f64> {
        self.decimal().to_f64()
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(value.to_string().into())
    }
}

impl From<&Decimal> for Number {
    fn from(value: &Decimal) -> Self {
        Self(value.as_str().into())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
