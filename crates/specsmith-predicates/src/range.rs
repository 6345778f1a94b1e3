//! Bounds and multiples of numbers, exact for every type that holds one.

use core::cmp::Ordering;

use specsmith_decimal::{Decimal, DecimalRef};

/// A number of the schema: a bound, or the factor of a multiple. Made at compile time.
///
/// ```
/// use specsmith_predicates::range::{Bound, Numeric};
///
/// const TENTH: Bound = Bound::parse("0.1");
/// assert!(0.3_f64.is_multiple_of_bound(&TENTH));
/// assert!(7_i64.is_multiple_of_bound(&TENTH));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    exact: DecimalRef<'static>,
    /// The same number where it is whole and fits: what most comparisons need.
    whole: Option<i128>,
}

impl Bound {
    /// The number that `text` spells in JSON's grammar.
    ///
    /// # Panics
    /// If `text` is no JSON number. It is written to be called in a `const`, where that is an
    /// error of compilation.
    pub const fn parse(text: &'static str) -> Self {
        match DecimalRef::parse(text) {
            Some(exact) => Self {
                exact,
                whole: whole_of_plain_digits(text),
            },
            None => panic!("a bound is written as a JSON number"),
        }
    }

    /// The number as owned text, for a message.
    pub fn to_decimal(self) -> Decimal {
        self.exact.to_decimal()
    }

    /// The number as it stands.
    pub const fn view(self) -> DecimalRef<'static> {
        self.exact
    }
}

/// The value of a number written as digits alone, if it fits; `const`, which the general way of
/// reading decimals is not.
const fn whole_of_plain_digits(text: &str) -> Option<i128> {
    let bytes = text.as_bytes();
    let negative = matches!(bytes.first(), Some(b'-'));
    let mut at = if negative { 1 } else { 0 };
    // 38 digits always fit into 127 bits.
    if bytes.len() - at > 38 {
        return None;
    }
    let mut value: i128 = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (bytes[at] - b'0') as i128;
        at += 1;
    }
    Some(if negative { -value } else { value })
}

/// A format of numbers: it is a range, and says nothing about fractions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// `int32`: what fits into 32 bits with a sign.
    Int32,
    /// `int64`: what fits into 64 bits with a sign.
    Int64,
}

impl IntegerFormat {
    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "int32" => Some(Self::Int32),
            "int64" => Some(Self::Int64),
            _ => None,
        }
    }

    /// The name as schemas spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Int32 => "int32",
            Self::Int64 => "int64",
        }
    }

    /// Whether `value` is in the range.
    pub fn check<T: Numeric + ?Sized>(self, value: &T) -> bool {
        const INT32: (Bound, Bound) = (Bound::parse("-2147483648"), Bound::parse("2147483647"));
        const INT64: (Bound, Bound) = (
            Bound::parse("-9223372036854775808"),
            Bound::parse("9223372036854775807"),
        );
        let (least, greatest) = match self {
            Self::Int32 => INT32,
            Self::Int64 => INT64,
        };
        at_least(value, &least) && at_most(value, &greatest)
    }
}

/// A type that holds a JSON number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no number, so bounds and multiples do not apply to it",
    label = "not a number",
    note = "the rules for numbers apply to Rust's integers and floats and to `Decimal`"
)]
pub trait Numeric {
    /// How the value compares with `bound`; `None` for what is no number, such as NaN.
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering>;

    /// Whether the value is a whole multiple of `factor`, decided exactly.
    fn is_multiple_of_bound(&self, factor: &Bound) -> bool;
}

/// Whether `value` is at least `bound`.
pub fn at_least<T: Numeric + ?Sized>(value: &T, bound: &Bound) -> bool {
    value.compare_bound(bound).is_some_and(Ordering::is_ge)
}

/// Whether `value` is greater than `bound`.
pub fn above<T: Numeric + ?Sized>(value: &T, bound: &Bound) -> bool {
    value.compare_bound(bound).is_some_and(Ordering::is_gt)
}

/// Whether `value` is at most `bound`.
pub fn at_most<T: Numeric + ?Sized>(value: &T, bound: &Bound) -> bool {
    value.compare_bound(bound).is_some_and(Ordering::is_le)
}

/// Whether `value` is less than `bound`.
pub fn below<T: Numeric + ?Sized>(value: &T, bound: &Bound) -> bool {
    value.compare_bound(bound).is_some_and(Ordering::is_lt)
}

/// Whether `value` is the number `other`.
pub fn equals<T: Numeric + ?Sized>(value: &T, other: &Bound) -> bool {
    value.compare_bound(other).is_some_and(Ordering::is_eq)
}

/// Whether `value` is a whole multiple of `factor`.
pub fn multiple_of<T: Numeric + ?Sized>(value: &T, factor: &Bound) -> bool {
    value.is_multiple_of_bound(factor)
}

impl Numeric for i128 {
    #[inline]
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        Some(match bound.whole {
            Some(whole) => self.cmp(&whole),
            None => Decimal::from(*self).view().cmp(&bound.exact),
        })
    }

    #[inline]
    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        match factor.whole {
            Some(whole) if whole != 0 => {
                // Only i128::MIN by -1 has no remainder to give, and it is a multiple.
                self.checked_rem(whole).is_none_or(|rest| rest == 0)
            }
            Some(_) | None => Decimal::from(*self).view().is_multiple_of(factor.exact),
        }
    }
}

impl Numeric for u128 {
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        match i128::try_from(*self) {
            Ok(value) => value.compare_bound(bound),
            Err(_) => Some(Decimal::from(*self).view().cmp(&bound.exact)),
        }
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        match i128::try_from(*self) {
            Ok(value) => value.is_multiple_of_bound(factor),
            Err(_) => Decimal::from(*self).view().is_multiple_of(factor.exact),
        }
    }
}

macro_rules! numeric_integers {
    ($($integer:ty)*) => {$(
        impl Numeric for $integer {
            #[inline]
            fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
                // At most 64 bits: nothing is lost.
                (*self as i128).compare_bound(bound)
            }

            #[inline]
            fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
                (*self as i128).is_multiple_of_bound(factor)
            }
        }
    )*};
}

numeric_integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

impl Numeric for f64 {
    /// The number is the shortest decimal that reads back as this float, which is how it is
    /// written as JSON: `0.1_f64` is one tenth.
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        if let Some(whole) = bound.whole {
            // Floats of this size are exact, and reading decimals keeps their order.
            if whole.unsigned_abs() <= 1 << 53 {
                return self.partial_cmp(&(whole as f64));
            }
        }
        if self.is_infinite() {
            return self.partial_cmp(&0.0);
        }
        Some(Decimal::from_f64(*self)?.view().cmp(&bound.exact))
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        Decimal::from_f64(*self).is_some_and(|value| value.view().is_multiple_of(factor.exact))
    }
}

impl Numeric for f32 {
    /// As for `f64`, with the shortest decimal that reads back as this `f32`.
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        if self.is_infinite() {
            return self.partial_cmp(&0.0);
        }
        Some(decimal_of_f32(*self)?.view().cmp(&bound.exact))
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        decimal_of_f32(*self).is_some_and(|value| value.view().is_multiple_of(factor.exact))
    }
}

fn decimal_of_f32(value: f32) -> Option<Decimal> {
    if value.is_finite() {
        Decimal::parse(&format!("{value:?}"))
    } else {
        None
    }
}

impl Numeric for Decimal {
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        Some(self.view().cmp(&bound.exact))
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        self.view().is_multiple_of(factor.exact)
    }
}

impl Numeric for DecimalRef<'_> {
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        Some(self.cmp(&bound.exact))
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        (*self).is_multiple_of(factor.exact)
    }
}

impl<T: Numeric + ?Sized> Numeric for &T {
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        (**self).compare_bound(bound)
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        (**self).is_multiple_of_bound(factor)
    }
}

impl<T: Numeric + ?Sized> Numeric for Box<T> {
    fn compare_bound(&self, bound: &Bound) -> Option<Ordering> {
        (**self).compare_bound(bound)
    }

    fn is_multiple_of_bound(&self, factor: &Bound) -> bool {
        (**self).is_multiple_of_bound(factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TENTH: Bound = Bound::parse("0.1");
    const HUGE: Bound = Bound::parse("1e400");
    const EIGHTEEN: Bound = Bound::parse("18");
    const EIGHTEEN_TOO: Bound = Bound::parse("1.8e1");
    const MINUS_SIX: Bound = Bound::parse("-6");

    #[test]
    fn bounds_are_exact() {
        assert!(at_least(&18, &EIGHTEEN) && at_most(&18_u8, &EIGHTEEN_TOO));
        assert!(!above(&18.0, &EIGHTEEN) && !below(&18.0_f32, &EIGHTEEN_TOO));
        assert!(above(&18.000_000_000_000_004, &EIGHTEEN));
        assert!(at_most(&u128::MAX, &HUGE) && at_most(&f64::MAX, &HUGE));
        assert!(at_least(&0.1, &TENTH) && at_most(&0.1, &TENTH) && at_most(&0.1_f32, &TENTH));
        assert!(above(&u128::MAX, &EIGHTEEN));
    }

    #[test]
    fn what_is_no_number_is_in_no_range() {
        assert!(!at_least(&f64::NAN, &EIGHTEEN) && !at_most(&f64::NAN, &EIGHTEEN));
        assert!(at_least(&f64::INFINITY, &HUGE) && !at_most(&f64::INFINITY, &HUGE));
        assert!(!multiple_of(&f64::INFINITY, &TENTH));
    }

    #[test]
    fn multiples_are_exact() {
        assert!(multiple_of(&0.3, &TENTH) && multiple_of(&1e22, &TENTH));
        assert!(!multiple_of(&0.35, &TENTH));
        assert!(multiple_of(&-18, &MINUS_SIX) && !multiple_of(&-17, &MINUS_SIX));
        assert!(multiple_of(&i128::MIN, &Bound::parse("-1")));
        assert!(multiple_of(&0, &EIGHTEEN));
        assert!(multiple_of(&36.0, &EIGHTEEN_TOO));
    }

    proptest! {
        #[test]
        fn every_type_agrees_with_decimals(value in any::<i32>(), bound in 0_usize..5) {
            let bound = [&TENTH, &HUGE, &EIGHTEEN, &EIGHTEEN_TOO, &MINUS_SIX][bound];
            let exact = Decimal::from(value);
            let order = exact.compare_bound(bound);
            let multiple = exact.is_multiple_of_bound(bound);
            prop_assert_eq!(value.compare_bound(bound), order);
            prop_assert_eq!(i128::from(value).compare_bound(bound), order);
            prop_assert_eq!(f64::from(value).compare_bound(bound), order);
            prop_assert_eq!(value.is_multiple_of_bound(bound), multiple);
            prop_assert_eq!(i128::from(value).is_multiple_of_bound(bound), multiple);
            prop_assert_eq!(f64::from(value).is_multiple_of_bound(bound), multiple);
        }

        #[test]
        fn floats_compare_as_their_shortest_decimals(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            let exact = Decimal::from_f64(value).expect("it is finite");
            for bound in [&TENTH, &HUGE, &EIGHTEEN, &MINUS_SIX] {
                prop_assert_eq!(value.compare_bound(bound), exact.compare_bound(bound));
            }
        }
    }
}
