//! The borrowed view over a JSON number's text.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Decimal;
use crate::multiple;
use crate::parts::Parts;

/// A JSON number where it stands in a text: nothing is copied, nothing is allocated.
///
/// Equality, order and hash are those of the number, not of its spelling.
#[derive(Clone, Copy)]
pub struct DecimalRef<'a> {
    text: &'a str,
    head: &'a [u8],
    tail: &'a [u8],
    magnitude: i64,
    negative: bool,
}

impl<'a> DecimalRef<'a> {
    /// The number that `text` spells, or `None` if it is not exactly one number of RFC 8259
    /// (no white space, no sign but `-`, no leading zero, digits on both sides of the point).
    ///
    /// Exponents beyond ±2305843009213693951 are read as that one; all others are exact.
    ///
    /// ```
    /// # use specsmith_decimal::DecimalRef;
    /// const TENTH: DecimalRef<'static> = DecimalRef::parse("0.1").unwrap();
    /// assert!(DecimalRef::parse("1e-1") == Some(TENTH));
    /// assert!(DecimalRef::parse(".1").is_none());
    /// ```
    pub const fn parse(text: &'a str) -> Option<Self> {
        match Parts::of(text.as_bytes()) {
            Some(parts) => Some(Self::with_parts(text, parts)),
            None => None,
        }
    }

    /// The view over `text`, whose parts are known.
    pub(crate) const fn with_parts(text: &'a str, parts: Parts) -> Self {
        Self {
            text,
            head: cut(text.as_bytes(), parts.head),
            tail: cut(text.as_bytes(), parts.tail),
            magnitude: parts.magnitude,
            negative: parts.negative,
        }
    }

    /// The text as it was written.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether the number is zero, however written (`-0.0e5` is).
    pub const fn is_zero(self) -> bool {
        self.head.is_empty() && self.tail.is_empty()
    }

    /// Whether the number is below zero; `-0` is not.
    pub const fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether the number has no fractional part: `1.0` and `1.5e1` have none.
    pub const fn is_integer(self) -> bool {
        self.is_zero() || self.scale() >= 0
    }

    /// The number as an `i64`, if it is an integer in that range.
    pub fn to_i64(self) -> Option<i64> {
        match self.small() {
            Some(value) => Some(value),
            None => i64::try_from(self.to_i128()?).ok(),
        }
    }

    /// The number as a `u64`, if it is an integer in that range.
    pub fn to_u64(self) -> Option<u64> {
        match self.small() {
            Some(value) => u64::try_from(value).ok(),
            None => u64::try_from(self.to_i128()?).ok(),
        }
    }

    /// The number as an `i128`, if it is an integer in that range.
    pub fn to_i128(self) -> Option<i128> {
        let size = self.to_u128_size()?;
        if self.negative {
            0i128.checked_sub_unsigned(size)
        } else {
            i128::try_from(size).ok()
        }
    }

    /// The number as a `u128`, if it is an integer in that range.
    pub fn to_u128(self) -> Option<u128> {
        if self.negative {
            return None;
        }
        self.to_u128_size()
    }

    /// The `f64` that stands for this number and no other: the one whose shortest text is equal
    /// to it. `None` where going through `f64` would change the number (`9007199254740993`,
    /// `1e400`, more than 17 digits that matter).
    pub fn to_f64(self) -> Option<f64> {
        let value: f64 = self.text.parse().ok()?;
        if !value.is_finite() {
            return None;
        }
        // Fifteen significant digits always survive, as long as the number is a normal one.
        if self.digit_count() <= 15 && (-300..=300).contains(&self.magnitude) {
            return Some(value);
        }
        let shortest = format!("{value:e}");
        (DecimalRef::parse(&shortest)? == self).then_some(value)
    }

    /// Whether `self` is an integer times `other`. Zero is a multiple of everything; of zero,
    /// only zero is a multiple.
    pub fn is_multiple_of(self, other: DecimalRef<'_>) -> bool {
        multiple::is_multiple(self, other)
    }

    /// The same number, owned and in canonical text.
    pub fn to_decimal(self) -> Decimal {
        Decimal::from(self)
    }

    /// The significant digits' values, most significant first; none for zero.
    pub(crate) fn digits(self) -> impl Iterator<Item = u8> + Clone + 'a {
        self.head.iter().chain(self.tail).map(|digit| digit - b'0')
    }

    pub(crate) const fn digit_count(self) -> usize {
        self.head.len() + self.tail.len()
    }

    /// The exponent of ten that the first digit stands below.
    pub(crate) const fn magnitude(self) -> i64 {
        self.magnitude
    }

    /// The exponent of ten of the last significant digit.
    pub(crate) const fn scale(self) -> i64 {
        self.magnitude.saturating_sub(self.digit_count() as i64)
    }

    /// An integer of at most 18 digits: no overflow to look out for.
    fn small(self) -> Option<i64> {
        if self.is_zero() {
            return Some(0);
        }
        if self.magnitude > 18 || self.scale() < 0 {
            return None;
        }
        let mut value: i64 = 0;
        for digit in self.digits() {
            value = value * 10 + i64::from(digit);
        }
        for _ in 0..self.scale() {
            value *= 10;
        }
        Some(if self.negative { -value } else { value })
    }

    /// The distance from zero, if it is an integer that fits.
    fn to_u128_size(self) -> Option<u128> {
        if !self.is_integer() || self.magnitude > 39 {
            return None;
        }
        if self.is_zero() {
            return Some(0);
        }
        let zeros = usize::try_from(self.scale()).ok()?;
        let mut digits = self.digits().chain(std::iter::repeat_n(0, zeros));
        digits.try_fold(0u128, |value, digit| {
            value.checked_mul(10)?.checked_add(u128::from(digit))
        })
    }

    /// −1, 0 or 1.
    const fn sign(self) -> i8 {
        if self.is_zero() {
            0
        } else if self.negative {
            -1
        } else {
            1
        }
    }

    /// Compares the distances from zero of two numbers that are not zero.
    fn cmp_size(self, other: DecimalRef<'_>) -> Ordering {
        self.magnitude.cmp(&other.magnitude).then_with(|| {
            if self.head.len() == other.head.len() {
                (self.head, self.tail).cmp(&(other.head, other.tail))
            } else {
                self.digits().cmp(other.digits())
            }
        })
    }
}

impl Ord for DecimalRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign()
            .cmp(&other.sign())
            .then_with(|| match self.sign() {
                0 => Ordering::Equal,
                1 => self.cmp_size(*other),
                _ => other.cmp_size(*self),
            })
    }
}

impl PartialOrd for DecimalRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for DecimalRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.negative == other.negative
            && self.magnitude == other.magnitude
            && self.digit_count() == other.digit_count()
            && self.cmp_size(*other) == Ordering::Equal
    }
}

impl Eq for DecimalRef<'_> {}

impl Hash for DecimalRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sign().hash(state);
        self.magnitude.hash(state);
        for digit in self.digits() {
            state.write_u8(digit);
        }
        state.write_u8(u8::MAX);
    }
}

impl PartialEq<Decimal> for DecimalRef<'_> {
    fn eq(&self, other: &Decimal) -> bool {
        *self == other.view()
    }
}

impl PartialOrd<Decimal> for DecimalRef<'_> {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(&other.view()))
    }
}

impl fmt::Display for DecimalRef<'_> {
    /// Writes the text as it stands.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl fmt::Debug for DecimalRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DecimalRef").field(&self.text).finish()
    }
}

/// `bytes[range]` in a constant.
const fn cut(bytes: &[u8], (start, end): (usize, usize)) -> &[u8] {
    bytes.split_at(end).0.split_at(start).1
}
