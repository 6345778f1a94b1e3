//! Numbers that keep to bounds and multiples, exactly.

use specsmith_ir::{Decimal, NumberRules};

use crate::fit::fits_number;

/// A number that keeps to all the rules, if one of the likely ones does.
pub(crate) fn number(rules: &[&NumberRules], random: &mut fastrand::Rng) -> Option<Decimal> {
    let fitting: Vec<Decimal> = candidates(rules, random)
        .into_iter()
        .filter(|it| rules.iter().all(|rule| fits_number(rule, it)))
        .collect();
    random.choice(fitting)
}

/// The number one step beyond `bound`, upwards or downwards.
pub(crate) fn beyond(bound: &Decimal, up: bool) -> Option<Decimal> {
    match bound.to_i128() {
        Some(whole) => {
            let next = if up {
                whole.checked_add(1)?
            } else {
                whole.checked_sub(1)?
            };
            Some(Decimal::from(next))
        }
        None => {
            let near = bound.as_str().parse::<f64>().ok()?;
            let step = if near == 0.0 { 1.0 } else { near.abs() };
            Decimal::from_f64(if up { near + step } else { near - step })
        }
    }
}

fn candidates(rules: &[&NumberRules], random: &mut fastrand::Rng) -> Vec<Decimal> {
    let mut all: Vec<Decimal> = [0, 1, -1, 2, 7, 100]
        .into_iter()
        .chain([random.i64(-1000..1000), random.i64(0..1_000_000)])
        .map(Decimal::from)
        .collect();
    all.extend(
        [0.5, -0.25, 19.99]
            .into_iter()
            .filter_map(Decimal::from_f64),
    );
    for rule in rules {
        let bounds = [
            &rule.minimum,
            &rule.exclusive_minimum,
            &rule.maximum,
            &rule.exclusive_maximum,
        ];
        for bound in bounds.into_iter().flatten() {
            all.push(bound.clone());
            all.extend(beyond(bound, true));
            all.extend(beyond(bound, false));
            if let Ok(near) = bound.as_str().parse::<f64>() {
                all.extend(
                    [near + 0.5, near - 0.5, near * 1.01, near * 0.99]
                        .into_iter()
                        .filter_map(Decimal::from_f64),
                );
            }
        }
        if let Some(step) = &rule.multiple_of {
            let least = [&rule.minimum, &rule.exclusive_minimum]
                .into_iter()
                .flatten()
                .filter_map(|it| it.as_str().parse::<f64>().ok())
                .fold(0.0, f64::max);
            let size = step.as_str().parse::<f64>().unwrap_or(1.0);
            let first = if size > 0.0 {
                (least / size) as i128
            } else {
                0
            };
            for factor in 0..4 {
                all.extend(times(step, first.saturating_add(factor)));
            }
            all.extend(times(step, i128::from(random.u16(..))));
        }
    }
    all
}

/// `step` that many times, exactly, for steps of ordinary size.
fn times(step: &Decimal, factor: i128) -> Option<Decimal> {
    let text = step.as_str();
    let (digits, places) = match text.split_once('.') {
        Some((whole, part)) if !part.contains('e') => (format!("{whole}{part}"), part.len()),
        Some(_) => return None,
        None if text.contains('e') => return None,
        None => (text.to_owned(), 0),
    };
    let product = digits.parse::<i128>().ok()?.checked_mul(factor)?;
    Decimal::parse(&format!("{product}e-{places}"))
}
