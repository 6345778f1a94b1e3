//! Rules that no value can satisfy together.

use proc_macro2::Span;
use specsmith_decimal::Decimal;
use specsmith_predicates::length;
use syn::Type;

use super::model::{Pattern, Rule, RuleKind};
use crate::errors::Errors;
use crate::readers;
use crate::shape::{Shape, name_of};

/// Reports each pair of rules on one value that contradict each other, at the later one, and each
/// rule that the type alone rules out.
pub(super) fn report(
    rules: &[Rule],
    ty: &Type,
    shape: &Shape<'_>,
    patterns: &[Pattern],
    errors: &mut Errors,
) {
    counts(rules, errors);
    ranges(rules, ty, shape, errors);
    listed(rules, patterns, errors);
}

/// Least and greatest lengths and counts.
fn counts(rules: &[Rule], errors: &mut Errors) {
    let mut limits: [[Option<(u64, Span)>; 2]; 3] = Default::default();
    for rule in rules {
        let (which, side, limit) = match rule.kind {
            RuleKind::MinLength(limit) => (0, 0, limit),
            RuleKind::MaxLength(limit) => (0, 1, limit),
            RuleKind::MinItems(limit) => (1, 0, limit),
            RuleKind::MaxItems(limit) => (1, 1, limit),
            RuleKind::MinProperties(limit) => (2, 0, limit),
            RuleKind::MaxProperties(limit) => (2, 1, limit),
            _ => continue,
        };
        limits[which][side] = Some((limit, rule.span));
        if let [Some((min, _)), Some((max, _))] = limits[which] {
            if min > max {
                let noun = ["length", "items", "properties"][which];
                let message = format!("`min_{noun}` is {min}, above `max_{noun}`, which is {max}");
                errors.at_span(rule.span, message);
            }
        }
    }
}

/// Bounds of numbers, against each other and against what the type holds.
fn ranges(rules: &[Rule], ty: &Type, shape: &Shape<'_>, errors: &mut Errors) {
    let mut least: Option<(&Decimal, bool)> = None;
    let mut greatest: Option<(&Decimal, bool)> = None;
    for rule in rules {
        let (bound, exclusive, is_least) = match &rule.kind {
            RuleKind::Minimum(bound) => (bound, false, true),
            RuleKind::ExclusiveMinimum(bound) => (bound, true, true),
            RuleKind::Maximum(bound) => (bound, false, false),
            RuleKind::ExclusiveMaximum(bound) => (bound, true, false),
            _ => continue,
        };
        if let Shape::Integer(type_least, type_greatest) = shape {
            let type_bound = if is_least {
                Decimal::from(*type_greatest)
            } else {
                Decimal::from(*type_least)
            };
            let is_beyond = if is_least {
                *bound > type_bound
            } else {
                *bound < type_bound
            };
            if is_beyond || (exclusive && *bound == type_bound) {
                let name = name_of(ty).unwrap_or_default();
                let side = if is_least { "above" } else { "below" };
                let or_at = if exclusive { "" } else { "at or " };
                errors.at_span(rule.span, format!("no `{name}` is {or_at}{side} {bound}"));
                continue;
            }
        }
        let side = if is_least { &mut least } else { &mut greatest };
        *side = Some((bound, exclusive));
        if let (Some((low, low_out)), Some((high, high_out))) = (least, greatest) {
            if low > high || (low == high && (low_out || high_out)) {
                let message = format!("the bounds {low} and {high} leave no number");
                errors.at_span(rule.span, message);
            }
        }
    }
}

/// Listed values that another rule refuses.
fn listed(rules: &[Rule], patterns: &[Pattern], errors: &mut Errors) {
    for rule in rules {
        match &rule.kind {
            RuleKind::OneOfTexts(texts) => {
                for text in texts {
                    if let Some(other) =
                        rules.iter().find_map(|it| refuses_text(it, text, patterns))
                    {
                        errors.at_span(
                            rule.span,
                            format!("`{text}` is listed, but `{other}` refuses it"),
                        );
                    }
                }
            }
            RuleKind::OneOfNumbers(numbers) => {
                for number in numbers {
                    if let Some(other) = rules.iter().find_map(|it| refuses_number(it, number)) {
                        errors.at_span(
                            rule.span,
                            format!("{number} is listed, but `{other}` refuses it"),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// The option's name, where the rule refuses the string.
fn refuses_text(rule: &Rule, text: &str, patterns: &[Pattern]) -> Option<&'static str> {
    match &rule.kind {
        RuleKind::MinLength(limit) => (!length::within_min(text, *limit)).then_some("min_length"),
        RuleKind::MaxLength(limit) => (!length::within_max(text, *limit)).then_some("max_length"),
        RuleKind::Pattern(index) => {
            // What takes an engine is judged at run time.
            readers::refuses(&patterns.get(*index)?.text, text)?.then_some("pattern")
        }
        _ => None,
    }
}

/// The option's name, where the rule refuses the number.
fn refuses_number(rule: &Rule, number: &Decimal) -> Option<&'static str> {
    match &rule.kind {
        RuleKind::Minimum(bound) => (number < bound).then_some("minimum"),
        RuleKind::ExclusiveMinimum(bound) => (number <= bound).then_some("exclusive_minimum"),
        RuleKind::Maximum(bound) => (number > bound).then_some("maximum"),
        RuleKind::ExclusiveMaximum(bound) => (number >= bound).then_some("exclusive_maximum"),
        RuleKind::MultipleOf(factor) => (!number.is_multiple_of(factor)).then_some("multiple_of"),
        _ => None,
    }
}
