//! From the options on a field to the rules of its value.

use proc_macro2::Span;
use specsmith_decimal::Decimal;
use specsmith_predicates::length;
use syn::Lit;

use super::limits::Text;
use super::model::{Kind, Rules};
use crate::errors::Errors;
use crate::options::{self, Setting};
use crate::readers;

/// The options that are rules.
pub(super) const KNOWN: &[&str] = &[
    "max_length",
    "min_length",
    "pattern",
    "one_of",
    "range",
    "format",
];

/// Takes an option that is one of [`KNOWN`] into the rules.
pub(super) fn take(
    setting: &Setting,
    kind: Kind,
    limits: &Text,
    rules: &mut Rules,
    errors: &mut Errors,
) {
    let span = setting.name.span();
    match setting.name().as_str() {
        "min_length" => {
            let limit = setting.count(errors);
            let beyond = limit.zip(limits.max_length).filter(|(min, max)| min > max);
            if let Some((min, max)) = beyond {
                let message =
                    format!("no value is {min} characters long, the spec allows at most {max}");
                errors.at_span(setting.value_span(), message);
            }
            rules.min_length = limit.map(|limit| (limit, span));
        }
        "max_length" => {
            let limit = setting.count(errors);
            let beyond = limit.zip(limits.max_length).filter(|(own, max)| own > max);
            if let Some((own, max)) = beyond {
                let message = format!("`max_length` is {own}, the spec allows at most {max}");
                errors.at_span(setting.value_span(), message);
            }
            rules.max_length = limit.map(|limit| (limit, span));
        }
        "pattern" => rules.pattern = readers::pattern(setting, errors),
        "format" => match readers::format(setting, errors) {
            Some(readers::AnyFormat::OfTexts(format)) => rules.format = Some(format),
            Some(readers::AnyFormat::OfNumbers(format)) => {
                let name = format.name();
                let message = format!("`{name}` is a format of numbers; give the field that type");
                errors.at_span(setting.value_span(), message);
            }
            None => {}
        },
        "one_of" => rules.one_of = one_of(setting, errors),
        _ => range(setting, kind, rules, errors),
    }
}

fn one_of(setting: &Setting, errors: &mut Errors) -> Vec<(String, Span)> {
    let options::Value::List(span, literals) = &setting.value else {
        let message = "`one_of` takes a list, such as `[\"gold\", \"silver\"]`";
        errors.at_span(setting.value_span(), message);
        return Vec::new();
    };
    if literals.is_empty() {
        errors.at_span(*span, "the list is empty, so no value is allowed");
    }
    let mut listed: Vec<(String, Span)> = Vec::new();
    for literal in literals {
        match &literal.lit {
            Lit::Str(text) if !literal.negative => {
                let value = text.value();
                if listed.iter().any(|(earlier, _)| *earlier == value) {
                    errors.at(literal, "this value is listed twice");
                } else {
                    listed.push((value, text.span()));
                }
            }
            _ => errors.at(literal, "values are texts: write this one in quotes"),
        }
    }
    listed
}

fn range(setting: &Setting, kind: Kind, rules: &mut Rules, errors: &mut Errors) {
    let options::Value::Settings(bounds) = &setting.value else {
        let message = "`range` takes bounds in parentheses, such as `range(min = 0, max = 9)`";
        return errors.at_span(setting.value_span(), message);
    };
    let noun = match kind {
        Kind::Integer(..) | Kind::Number => None,
        Kind::Text => Some("a string"),
        Kind::Boolean => Some("a boolean"),
        Kind::Other => Some("of a type that is not known as one"),
    };
    if let Some(noun) = noun {
        let message = format!("`range` applies to numbers, and this is {noun}");
        return errors.at(&setting.name, message);
    }
    if bounds.is_empty() {
        let message = "`range` takes `min`, `max` or both";
        errors.at(&setting.name, message);
    }
    let mut seen: Vec<String> = Vec::new();
    for bound in bounds {
        let name = bound.name();
        if seen.contains(&name) {
            errors.at(&bound.name, format!("`{name}` is given twice"));
            continue;
        }
        match name.as_str() {
            "min" => rules.minimum = readers::number(bound, errors),
            "max" => rules.maximum = readers::number(bound, errors),
            _ => options::unknown(bound, &["min", "max"], errors),
        }
        if let (Kind::Integer(least, greatest), "min" | "max") = (kind, name.as_str()) {
            let (least, greatest) = (Decimal::from(least), Decimal::from(greatest));
            let given = match name.as_str() {
                "min" => rules.minimum.as_ref(),
                _ => rules.maximum.as_ref(),
            };
            if let Some(given) = given.filter(|it| **it < least || **it > greatest) {
                let message = format!(
                    "the field holds numbers from {least} to {greatest}, {given} is none of them"
                );
                errors.at_span(bound.value_span(), message);
            }
        }
        seen.push(name);
    }
    if let (Some(min), Some(max)) = (&rules.minimum, &rules.maximum) {
        if min > max {
            let message = format!("`min` is {min}, above `max`, which is {max}");
            errors.at(&setting.name, message);
        }
    }
}

impl Rules {
    /// Reports what contradicts itself, or what the spec allows.
    pub(super) fn contradictions(&self, kind: Kind, limits: &Text, errors: &mut Errors) {
        if let (Some((min, span)), Some((max, _))) = (self.min_length, self.max_length) {
            if min > max {
                let message = format!("`min_length` is {min}, above `max_length`, which is {max}");
                errors.at_span(span, message);
            }
        }
        for (text, span) in &self.one_of {
            if let Some(clause) = self.refuses(text, kind, limits) {
                let message = format!("`{text}` is listed, but {clause}");
                errors.at_span(*span, message);
            }
        }
    }

    /// Why a text is refused, the list aside: a clause.
    pub(super) fn refuses(&self, text: &str, kind: Kind, limits: &Text) -> Option<String> {
        if let Some(noun) = kind.refuses(text) {
            return Some(format!("is no {noun}"));
        }
        let below = |limit: &u64| !length::within_min(text, *limit);
        let beyond = |limit: &u64| !length::within_max(text, *limit);
        let count = length::count(text);
        if let Some(limit) = limits.max_length.filter(beyond) {
            let clause = format!("is {count} characters long, the spec allows at most {limit}");
            return Some(clause);
        }
        if let Some(limit) = limits.min_length.filter(below) {
            let clause = format!("is {count} characters long, the spec asks for at least {limit}");
            return Some(clause);
        }
        // What takes an engine is judged at run time.
        let misses = |pattern: &str| readers::refuses(pattern, text) == Some(true);
        if let Some(pattern) = limits.patterns.iter().find(|it| misses(it)) {
            return Some(format!("does not match the spec's pattern `{pattern}`"));
        }
        let own = |limit: Option<(u64, Span)>| limit.map(|(limit, _)| limit);
        let number = Decimal::parse(text);
        let is_out = |number: &Decimal| {
            let below = self.minimum.as_ref().is_some_and(|limit| number < limit);
            below || self.maximum.as_ref().is_some_and(|limit| number > limit)
        };
        let rules = [
            (
                "min_length",
                own(self.min_length).as_ref().is_some_and(below),
            ),
            (
                "max_length",
                own(self.max_length).as_ref().is_some_and(beyond),
            ),
            (
                "pattern",
                self.pattern.as_ref().is_some_and(|it| misses(&it.text)),
            ),
            ("format", self.format.is_some_and(|it| !it.check(text))),
            ("range", number.as_ref().is_some_and(is_out)),
        ];
        let (name, _) = rules.into_iter().find(|(_, refuses)| *refuses)?;
        Some(format!("`{name}` refuses it"))
    }
}

impl Kind {
    /// What the type holds instead, where a text is nothing it is read from.
    pub(super) fn refuses(self, text: &str) -> Option<String> {
        match self {
            Self::Text | Self::Other => None,
            Self::Boolean => (!matches!(text, "true" | "false")).then(|| "boolean".to_owned()),
            Self::Number => {
                let number = text.parse::<f64>().ok().filter(|it| it.is_finite());
                number.is_none().then(|| "number".to_owned())
            }
            Self::Integer(least, greatest) => {
                let fits = match text.strip_prefix('-') {
                    Some(_) => least < 0 && text.parse::<i128>().is_ok_and(|it| it >= least),
                    None => text.parse::<u128>().is_ok_and(|it| it <= greatest),
                };
                (!fits).then(|| format!("whole number from {least} to {greatest}"))
            }
        }
    }
}
