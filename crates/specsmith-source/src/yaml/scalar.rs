//! What a plain scalar means: the core schema of YAML 1.2.

use specsmith_json::{Number, Value};

/// What a plain scalar resolved to.
pub(super) enum Scalar {
    /// A value of JSON.
    Value(Value),
    /// An infinity or not-a-number, which JSON does not have.
    NotFinite,
}

/// Resolves a plain scalar without a tag.
pub(super) fn resolve(text: &str) -> Scalar {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        _ => match number(text) {
            Some(number) => Value::Number(number),
            None if is_not_finite(text) => return Scalar::NotFinite,
            None => Value::String(text.into()),
        },
    };
    Scalar::Value(value)
}

/// The number that a scalar is, in JSON's spelling: YAML also knows `+1`, `.5`, `1.`, `007`,
/// `0x1F` and `0o17`.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    if let Some(number) = Number::new(text) {
        return Some(number);
    }
    let radix = |digits: &str, radix| {
        let digits = digits
            .bytes()
            .all(|it| it.is_ascii_alphanumeric())
            .then_some(digits)?;
        u128::from_str_radix(digits, radix).ok()
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return Number::new(&radix(digits, 16)?.to_string());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return Number::new(&radix(digits, 8)?.to_string());
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("-", rest) => ("-", rest),
        ("+", rest) => ("", rest),
        _ => ("", text),
    };
    let exponent_at = rest.find(['e', 'E']).unwrap_or(rest.len());
    let (mantissa, exponent) = rest.split_at_checked(exponent_at)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let fraction = match fraction {
        "" => String::new(),
        digits => format!(".{digits}"),
    };
    // Whatever else was wrong with it is found here.
    Number::new(&format!("{sign}{whole}{fraction}{exponent}"))
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}
