//! Numbers in attributes: exact, however long.

use specsmith_decimal::Decimal;
use syn::Lit;

use crate::options::Literal;

/// The number that a literal spells: `18`, `-0.5`, `1_000`, `0x10`, or, beyond what Rust's own
/// literals can be relied on for, JSON's grammar in a string: `"1e400"`.
pub(crate) fn decimal(literal: &Literal) -> Option<Decimal> {
    let digits = match &literal.lit {
        Lit::Int(number) if number.suffix().is_empty() => number.base10_digits().to_owned(),
        // `1.` is a float to Rust and nothing to JSON.
        Lit::Float(number) if number.suffix().is_empty() => number
            .base10_digits()
            .trim_end_matches('.')
            .replace(".e", "e")
            .replace("e+", "e"),
        Lit::Str(text) if !literal.negative => return Decimal::parse(&text.value()),
        _ => return None,
    };
    let number = Decimal::parse(&digits)?;
    if literal.negative {
        Decimal::parse(&format!("-{number}"))
    } else {
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        for (text, number) in [
            ("18", Some("18")),
            ("-18", Some("-18")),
            ("1_000", Some("1000")),
            ("0x10", Some("16")),
            ("0.10", Some("0.1")),
            ("-0.5", Some("-0.5")),
            ("1.", Some("1")),
            ("1e3", Some("1000")),
            (
                "99999999999999999999999999999999999999999",
                Some("99999999999999999999999999999999999999999"),
            ),
            ("\"1e400\"", Some("1e400")),
            ("\"-1.50\"", Some("-1.5")),
            ("-\"1\"", None),
            ("\"one\"", None),
            ("1u8", None),
            ("true", None),
        ] {
            let literal: Literal = syn::parse_str(text).expect("a literal");
            assert_eq!(
                decimal(&literal).map(|it| it.to_string()).as_deref(),
                number,
                "{text}"
            );
        }
    }
}
