//! The bounds of numbers, and the integers that are certainly within them.

use specsmith_ir::{Decimal, NumberRules, Numbers};

use crate::plan::NumberRule;

/// The rule, unless it asks for nothing.
pub(crate) fn number(rules: &NumberRules) -> Option<NumberRule> {
    if *rules == NumberRules::default() {
        return None;
    }
    let format = rules.format.as_deref().and_then(|name| {
        let (least, most) = match name {
            "int32" => (i64::from(i32::MIN), i64::from(i32::MAX)),
            "int64" => (i64::MIN, i64::MAX),
            _ => return None,
        };
        Some((name.into(), Decimal::from(least), Decimal::from(most)))
    });
    let mut rule = NumberRule {
        integers: rules.numbers == Numbers::Integers,
        minimum: rules.minimum.clone(),
        exclusive_minimum: rules.exclusive_minimum.clone(),
        maximum: rules.maximum.clone(),
        exclusive_maximum: rules.exclusive_maximum.clone(),
        multiple_of: rules.multiple_of.clone(),
        format,
        certain: i64::MIN..=i64::MAX,
    };
    rule.certain = certain(&rule);
    Some(rule)
}

/// The integers of 64 bits that no bound refuses; none, where that takes more than comparing.
#[expect(clippy::reversed_empty_ranges, reason = "the empty range is meant")]
fn certain(rule: &NumberRule) -> std::ops::RangeInclusive<i64> {
    const NOTHING: std::ops::RangeInclusive<i64> = 1..=0;
    let (mut least, mut most) = (i64::MIN, i64::MAX);
    let format = rule.format.as_ref();
    for (bound, excluded) in [
        (rule.minimum.as_ref(), 0),
        (rule.exclusive_minimum.as_ref(), 1),
        (format.map(|it| &it.1), 0),
    ] {
        match bound.map(|it| it.to_i64().and_then(|it| it.checked_add(excluded))) {
            None => {}
            Some(Some(bound)) => least = least.max(bound),
            Some(None) => return NOTHING,
        }
    }
    for (bound, excluded) in [
        (rule.maximum.as_ref(), 0),
        (rule.exclusive_maximum.as_ref(), 1),
        (format.map(|it| &it.2), 0),
    ] {
        match bound.map(|it| it.to_i64().and_then(|it| it.checked_sub(excluded))) {
            None => {}
            Some(Some(bound)) => most = most.min(bound),
            Some(None) => return NOTHING,
        }
    }
    match &rule.multiple_of {
        None => {}
        Some(factor) if factor.to_i64() == Some(1) => {}
        Some(_) => return NOTHING,
    }
    least..=most
}
