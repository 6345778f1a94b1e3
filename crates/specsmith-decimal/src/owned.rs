//! The owned number in canonical text.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::DecimalRef;
use crate::parts::Parts;

/// An exact decimal number that owns its canonical text.
///
/// Two numbers that are equal have the same text: no leading or trailing zeros, no `+`, digits
/// written out unless that would take more than 20 filling zeros, then `1.5e400`.
#[derive(Clone)]
pub struct Decimal {
    text: Box<str>,
    parts: Parts,
}

impl Decimal {
    /// The number that `text` spells, or `None` if it is not exactly one number of RFC 8259.
    ///
    /// ```
    /// # use specsmith_decimal::Decimal;
    /// let number = Decimal::parse("-1.50e3").expect("a number");
    /// assert_eq!(number.as_str(), "-1500");
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        DecimalRef::parse(text).map(Self::from)
    }

    /// The number whose text is the shortest that reads back as `value`; `None` for an infinity
    /// or not-a-number.
    pub fn from_f64(value: f64) -> Option<Self> {
        // Infinities and NaN print as words, which are no number.
        Self::parse(&format!("{value:e}"))
    }

    /// The canonical text, itself a JSON number.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The borrowed view, for the operations of [`DecimalRef`].
    pub fn view(&self) -> DecimalRef<'_> {
        DecimalRef::with_parts(&self.text, self.parts)
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        self.view().is_zero()
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.parts.negative
    }

    /// Whether the number has no fractional part.
    pub fn is_integer(&self) -> bool {
        self.view().is_integer()
    }

    /// The number as an `i64`, if it is an integer in that range.
    pub fn to_i64(&self) -> Option<i64> {
        self.view().to_i64()
    }

    /// The number as a `u64`, if it is an integer in that range.
    pub fn to_u64(&self) -> Option<u64> {
        self.view().to_u64()
    }

    /// The number as an `i128`, if it is an integer in that range.
    pub fn to_i128(&self) -> Option<i128> {
        self.view().to_i128()
    }

    /// The number as a `u128`, if it is an integer in that range.
    pub fn to_u128(&self) -> Option<u128> {
        self.view().to_u128()
    }

    /// The `f64` whose shortest text is equal to this number, if there is one.
    pub fn to_f64(&self) -> Option<f64> {
        self.view().to_f64()
    }

    /// Whether `self` is an integer times `other`. Zero is a multiple of everything; of zero,
    /// only zero is a multiple.
    pub fn is_multiple_of(&self, other: &Decimal) -> bool {
        self.view().is_multiple_of(other.view())
    }

    /// `text` must be canonical.
    fn from_canonical(text: String) -> Self {
        let parts = Parts::of(text.as_bytes()).expect("canonical text is a JSON number");
        Self {
            text: text.into_boxed_str(),
            parts,
        }
    }
}

/// Written out where that takes at most so many zeros that are not significant.
const FILLING_ZEROS: i64 = 20;

impl From<DecimalRef<'_>> for Decimal {
    fn from(number: DecimalRef<'_>) -> Self {
        if number.is_zero() {
            return Self::from_canonical("0".to_owned());
        }
        let mut text = String::with_capacity(number.digit_count() + 24);
        if number.is_negative() {
            text.push('-');
        }
        let mut digits = number.digits().map(|digit| char::from(b'0' + digit));
        let (magnitude, scale) = (number.magnitude(), number.scale());
        if scale > FILLING_ZEROS || magnitude < -FILLING_ZEROS {
            text.extend(digits.next());
            if number.digit_count() > 1 {
                text.push('.');
                text.extend(digits);
            }
            text.push('e');
            text.push_str(&magnitude.saturating_sub(1).to_string());
        } else if magnitude <= 0 {
            text.push_str("0.");
            text.extend((magnitude..0).map(|_| '0'));
            text.extend(digits);
        } else {
            text.extend((0..magnitude).map(|_| digits.next().unwrap_or('0')));
            if scale < 0 {
                text.push('.');
                text.extend(digits);
            }
        }
        Self::from_canonical(text)
    }
}

macro_rules! from_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                let text = value.to_string();
                Self::parse(&text).expect("an integer's text is a JSON number")
            }
        }
    )*};
}

from_integer!(i32, u32, i64, u64, i128, u128, usize);

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.view().cmp(&other.view())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.view().hash(state);
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decimal").field(&self.text).finish()
    }
}
