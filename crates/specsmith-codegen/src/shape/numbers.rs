//! Numbers: the Rust type that holds them, and the rules that are left.

use specsmith_ir::Decimal;
use specsmith_predicates::range::IntegerFormat;

use crate::items::{Ty, Width};
use crate::style::Integers;
use crate::view::NumberView;

/// The Rust type for those numbers, with the rules that it does not hold itself.
pub(crate) fn number_ty(number: &NumberView, integers: Integers) -> Ty {
    let mut rules = number.clone();
    if !rules.integers {
        return Ty::Number(rules);
    }
    let mut least: Option<i128> = None;
    let mut most: Option<i128> = None;
    let mut at_least = |bound: i128| least = Some(least.map_or(bound, |it| it.max(bound)));
    let mut at_most = |bound: i128| most = Some(most.map_or(bound, |it| it.min(bound)));
    for format in &rules.formats {
        let (low, high) = format_range(*format);
        at_least(low.into());
        at_most(high.into());
    }
    // What is excluded need not be held.
    let bound = |bound: &Option<Decimal>| bound.as_ref().and_then(whole);
    bound(&rules.minimum).into_iter().for_each(&mut at_least);
    bound(&rules.maximum).into_iter().for_each(&mut at_most);
    let above = bound(&rules.exclusive_minimum).map(|it| it.saturating_add(1));
    above.into_iter().for_each(&mut at_least);
    let below = bound(&rules.exclusive_maximum).map(|it| it.saturating_sub(1));
    below.into_iter().for_each(&mut at_most);
    let width = match integers {
        Integers::Exact if least.is_none() || most.is_none() => {
            rules.integers = false;
            return Ty::Integer(Width::Exact, rules);
        }
        Integers::Exact | Integers::I64 => width(least, most),
    };
    let (low, high) = width.range();
    // What the type rules out needs no rule.
    rules.formats.retain(|format| {
        let (least, most) = format_range(*format);
        low < i128::from(least) || high > i128::from(most)
    });
    if rules
        .minimum
        .as_ref()
        .and_then(whole)
        .is_some_and(|it| it <= low)
    {
        rules.minimum = None;
    }
    if rules
        .maximum
        .as_ref()
        .and_then(whole)
        .is_some_and(|it| it >= high)
    {
        rules.maximum = None;
    }
    rules.integers = false;
    Ty::Integer(width, rules)
}

fn whole(bound: &Decimal) -> Option<i128> {
    bound.to_i128()
}

/// The narrowest of the types that people use for integers that holds all of them; `i64` where
/// nothing is said.
fn width(least: Option<i128>, most: Option<i128>) -> Width {
    let fits = |width: Width| {
        let (low, high) = width.range();
        least.is_some_and(|it| it >= low) && most.is_some_and(|it| it <= high)
    };
    match (least, most) {
        (None, None) => Width::I64,
        (Some(least), None) if least > u64::MAX.into() => Width::I128,
        (Some(least), None) if least >= 0 => Width::U64,
        (Some(least), None) if least < i64::MIN.into() => Width::I128,
        (None, Some(most)) if !(i64::MIN.into()..=i64::MAX.into()).contains(&most) => Width::I128,
        (Some(_), None) | (None, Some(_)) => Width::I64,
        (Some(_), Some(_)) => [Width::I32, Width::U32, Width::I64, Width::U64]
            .into_iter()
            .find(|width| fits(*width))
            .unwrap_or(Width::I128),
    }
}

pub(crate) fn format_range(format: IntegerFormat) -> (i64, i64) {
    match format {
        IntegerFormat::Int32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerFormat::Int64 => (i64::MIN, i64::MAX),
    }
}

impl Width {
    pub(crate) fn range(self) -> (i128, i128) {
        match self {
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::I128 | Self::Exact => (i128::MIN, i128::MAX),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::I128 => "i128",
            Self::Exact => "Integer",
        }
    }
}
