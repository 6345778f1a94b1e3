//! Judging a value: what its text is held against.

use std::borrow::Cow;

use specsmith_decimal::{Decimal, DecimalRef};

use super::{AttributeFault, AttributeKind, AttributeSpec};
use crate::pattern::Match;
use crate::{Fault, length, nearest};

impl AttributeSpec<'_> {
    /// Every rule that a text breaks; only the first thing to be said, where the text is of another
    /// kind or not in the list. `search` looks for [`AttributeSpec::pattern`].
    pub fn faults(&self, text: &str, search: impl FnOnce(&str) -> Match) -> Vec<AttributeFault> {
        let number = match self.kind.read(text) {
            Ok(number) => number,
            Err(()) => {
                return vec![AttributeFault::Unparsable {
                    expected: Cow::Borrowed(self.kind.noun()),
                }];
            }
        };
        if !self.one_of.is_empty() && !self.one_of.contains(&text) {
            let near = nearest(text, self.one_of.iter().copied());
            return vec![AttributeFault::Value(Fault::Enum {
                allowed: self.one_of.len(),
                null: false,
                near: near.map(|near| Cow::Owned(near.to_owned())),
            })];
        }
        let mut faults = Vec::new();
        self.length(text, &mut faults);
        if let Some(pattern) = self.pattern {
            let pattern = || Cow::Owned(pattern.to_owned());
            match search(text) {
                Match::Found => {}
                Match::Missing => faults.push(Fault::Pattern { pattern: pattern() }),
                Match::Undecided => faults.push(Fault::PatternSteps { pattern: pattern() }),
            }
        }
        if let Some(format) = self.format.filter(|format| !format.check(text)) {
            faults.push(Fault::Format {
                format: Cow::Borrowed(format.name()),
            });
        }
        if let Some(number) = number {
            self.range(number.view(), text, &mut faults);
        }
        faults.into_iter().map(AttributeFault::Value).collect()
    }

    fn length(&self, text: &str, faults: &mut Vec<Fault>) {
        if let Some(limit) = self.min_length.filter(|it| !length::within_min(text, *it)) {
            let length = length::count(text);
            faults.push(Fault::MinLength { limit, length });
        }
        if let Some(limit) = self.max_length.filter(|it| !length::within_max(text, *it)) {
            let length = length::count(text);
            faults.push(Fault::MaxLength { limit, length });
        }
    }

    fn range(&self, number: DecimalRef<'_>, text: &str, faults: &mut Vec<Fault>) {
        // Rust reads no sign where its type has none, not even that of `-0`.
        let is_below = |limit: &DecimalRef<'_>| {
            number < *limit || (text.starts_with('-') && !limit.is_negative())
        };
        if let Some(limit) = self.minimum.filter(is_below) {
            let limit = limit.to_decimal();
            faults.push(Fault::Minimum { limit });
        }
        if let Some(limit) = self.maximum.filter(|limit| number > *limit) {
            let limit = limit.to_decimal();
            faults.push(Fault::Maximum { limit });
        }
    }
}

impl AttributeKind {
    /// The number that a text is, where this is a kind of numbers.
    ///
    /// # Errors
    /// If the text is of another kind.
    fn read(self, text: &str) -> Result<Option<Decimal>, ()> {
        match self {
            Self::Text => Ok(None),
            Self::Boolean => match text {
                "true" | "false" => Ok(None),
                _ => Err(()),
            },
            Self::Integer => integer(text).map(Some).ok_or(()),
            Self::Number => {
                let number = text.parse::<f64>().ok().and_then(Decimal::from_f64);
                number.map(Some).ok_or(())
            }
        }
    }
}

/// The whole number that a text is, by the grammar of Rust's integers.
fn integer(text: &str) -> Option<Decimal> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    Decimal::parse(&format!("{sign}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    fn said(spec: &AttributeSpec<'_>, text: &str) -> String {
        let search = |text: &str| {
            let pattern = Pattern::new(spec.pattern.expect("a pattern")).expect("is one");
            pattern.search(text)
        };
        let faults = spec.faults(text, search);
        let lines = faults.iter().map(|it| format!("{} {it}", it.code()));
        lines.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn kinds() {
        let of = |kind| AttributeSpec {
            kind,
            ..AttributeSpec::EMPTY
        };
        for (kind, good, bad) in [
            (AttributeKind::Text, &["", "x"][..], &[][..]),
            (
                AttributeKind::Integer,
                &["0", "-1", "+007", "123456789012345678901234567890"],
                &["", "-", "1.0", "1e3", " 1", "٣"],
            ),
            (
                AttributeKind::Number,
                &["0", ".5", "1e3", "-2.", "+1"],
                &["", "NaN", "inf", "1e999", "0x1"],
            ),
            (AttributeKind::Boolean, &["true", "false"], &["True", "1"]),
        ] {
            for text in good {
                assert_eq!(said(&of(kind), text), "", "{text}");
            }
            for text in bad {
                let expected = format!("attribute/unparsable is not {}", kind.noun());
                assert_eq!(said(&of(kind), text), expected, "{text}");
            }
        }
    }

    #[test]
    fn rules() {
        let bound = |text| DecimalRef::parse(text).expect("a number");
        let text = AttributeSpec {
            min_length: Some(2),
            max_length: Some(3),
            pattern: Some("^[a-z]+$"),
            ..AttributeSpec::EMPTY
        };
        assert_eq!(said(&text, "abc"), "");
        assert_eq!(
            said(&text, "ABCD"),
            "attribute/value is 4 characters long, the limit is 3; \
             attribute/value does not match the pattern `^[a-z]+$`"
        );
        let number = AttributeSpec {
            kind: AttributeKind::Integer,
            minimum: Some(bound("0")),
            maximum: Some(bound("9")),
            ..AttributeSpec::EMPTY
        };
        assert_eq!(said(&number, "9"), "");
        assert_eq!(
            said(&number, "10"),
            "attribute/value is above the maximum of 9"
        );
        assert_eq!(
            said(&number, "-0"),
            "attribute/value is below the minimum of 0"
        );
        let listed = AttributeSpec {
            one_of: &["gold", "silver"],
            max_length: Some(1),
            ..AttributeSpec::EMPTY
        };
        assert_eq!(
            said(&listed, "Gold"),
            "attribute/value is not one of the 2 allowed values"
        );
    }
}
