//! Decimals against arithmetic that is known to be right, and at sizes that nothing else reaches.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use proptest::prelude::*;
use specsmith_decimal::{Decimal, DecimalRef};

fn parse(text: &str) -> DecimalRef<'_> {
    DecimalRef::parse(text).expect("a number")
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// One number in several spellings: `digits · 10^exponent`.
fn spellings(digits: i64, exponent: i32) -> Vec<String> {
    let mut spellings = vec![
        format!("{digits}e{exponent}"),
        format!("{digits}.000E{exponent:+}"),
    ];
    if digits != 0 {
        spellings.push(format!("{digits}00e{}", exponent - 2));
    }
    let sign = if digits < 0 { "-" } else { "" };
    let size = digits.unsigned_abs();
    spellings.push(format!("{sign}0.{size:025}e{}", exponent + 25));
    spellings.push(format!(
        "{sign}{}.{:03}e{}",
        size / 1000,
        size % 1000,
        exponent + 3
    ));
    if exponent >= 0 {
        let zeros = if digits == 0 { 0 } else { exponent as usize };
        spellings.push(format!("{digits}{}", "0".repeat(zeros)));
    }
    spellings
}

/// `digits · 10^exponent` as an integer, for exponents from −9 to 9, times 10^9.
fn scaled(digits: i64, exponent: i32) -> i128 {
    i128::from(digits) * 10i128.pow((exponent + 9) as u32)
}

fn digits() -> impl Strategy<Value = i64> {
    prop_oneof![-20i64..20, -100_000i64..100_000, any::<i64>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spelling_does_not_matter(digits in digits(), exponent in -400i32..400) {
        let spellings = spellings(digits, exponent);
        let first = parse(&spellings[0]);
        for text in &spellings {
            let number = parse(text);
            prop_assert_eq!(number, first);
            prop_assert_eq!(number.cmp(&first), Ordering::Equal);
            prop_assert_eq!(hash(number), hash(first));
            prop_assert_eq!(number.to_decimal().to_string(), first.to_decimal().to_string());
            prop_assert_eq!(number.is_integer(), first.is_integer());
            prop_assert_eq!(number.to_i128(), first.to_i128());
            prop_assert_eq!(hash(number.to_decimal()), hash(first));
        }
    }

    #[test]
    fn order_is_that_of_integers(
        one in digits(), one_exponent in -9i32..9,
        two in digits(), two_exponent in -9i32..9,
    ) {
        let order = scaled(one, one_exponent).cmp(&scaled(two, two_exponent));
        for left in spellings(one, one_exponent) {
            for right in spellings(two, two_exponent) {
                prop_assert_eq!(parse(&left).cmp(&parse(&right)), order);
                prop_assert_eq!(parse(&left) == parse(&right), order == Ordering::Equal);
            }
        }
    }

    #[test]
    fn multiples_are_those_of_integers(
        number in digits(), exponent in -9i32..9,
        step in prop_oneof![1i64..30, 1i64..i64::MAX], step_exponent in -9i32..9,
    ) {
        let expected = scaled(number, exponent) % scaled(step, step_exponent) == 0;
        for left in spellings(number, exponent) {
            let step = format!("{step}e{step_exponent}");
            prop_assert_eq!(parse(&left).is_multiple_of(parse(&step)), expected);
        }
    }

    #[test]
    fn products_are_multiples(a in "[1-9][0-9]{0,30}", b in "[1-9][0-9]{0,30}", off in 1u8..200) {
        // a · b by schoolbook, digit by digit; steps above 18 digits take the long way.
        let product = product(&a, &b);
        prop_assert!(parse(&product).is_multiple_of(parse(&a)));
        prop_assert!(parse(&product).is_multiple_of(parse(&b)));
        let tenths = format!("{product}.{off:03}");
        prop_assert!(!parse(&tenths).is_multiple_of(parse(&a)));
    }

    #[test]
    fn integers_survive(value in any::<i128>()) {
        let text = value.to_string();
        let number = parse(&text);
        prop_assert!(number.is_integer());
        prop_assert_eq!(number.to_i128(), Some(value));
        prop_assert_eq!(number.to_i64(), i64::try_from(value).ok());
        prop_assert_eq!(number.to_u64(), u64::try_from(value).ok());
        prop_assert_eq!(number.to_u128(), u128::try_from(value).ok());
        prop_assert_eq!(Decimal::from(value).to_i128(), Some(value));
    }

    #[test]
    fn floats_survive(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
        let number = Decimal::from_f64(value).expect("finite");
        prop_assert_eq!(number.to_f64(), Some(value));
        prop_assert_eq!(number.as_str().parse::<f64>(), Ok(value));
    }

    #[test]
    fn canonical_text_is_a_fixed_point(text in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?") {
        let number = Decimal::parse(&text).expect("a number");
        prop_assert_eq!(number.view(), parse(&text));
        let again = Decimal::parse(number.as_str()).expect("canonical");
        prop_assert_eq!(again.as_str(), number.as_str());
    }

    #[test]
    fn only_json_numbers_parse(text in "[-+0-9.eE]{0,8}") {
        let json = serde_like(&text);
        prop_assert_eq!(DecimalRef::parse(&text).is_some(), json, "{}", text);
    }
}

/// RFC 8259's grammar, said another way.
fn serde_like(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['-', '+']).unwrap_or(text)))
}

/// The product of two integers of any length.
fn product(one: &str, two: &str) -> String {
    let digits = |text: &str| -> Vec<u32> {
        text.bytes()
            .rev()
            .map(|byte| u32::from(byte - b'0'))
            .collect()
    };
    let (one, two) = (digits(one), digits(two));
    let mut sums = vec![0u32; one.len() + two.len() + 1];
    for (i, a) in one.iter().enumerate() {
        for (j, b) in two.iter().enumerate() {
            sums[i + j] += a * b;
        }
    }
    for i in 0..sums.len() - 1 {
        sums[i + 1] += sums[i] / 10;
        sums[i] %= 10;
    }
    let text: String = sums.iter().rev().map(|digit| digit.to_string()).collect();
    text.trim_start_matches('0').to_owned()
}

#[test]
fn canonical_text() {
    let canonical = |text: &str| Decimal::parse(text).expect("a number").to_string();
    assert_eq!(canonical("-0.0e7"), "0");
    assert_eq!(canonical("100"), "100");
    assert_eq!(canonical("1e2"), "100");
    assert_eq!(canonical("1.50"), "1.5");
    assert_eq!(canonical("-12.5e-3"), "-0.0125");
    assert_eq!(canonical("-9223372036854776000"), "-9223372036854776000");
    assert_eq!(
        canonical("1180591620717411303424"),
        "1180591620717411303424"
    );
    assert_eq!(canonical("1e20"), "100000000000000000000");
    assert_eq!(canonical("1e21"), "1e21");
    assert_eq!(canonical("15E+399"), "1.5e400");
    assert_eq!(canonical("1e-20"), "0.00000000000000000001");
    assert_eq!(canonical("0.25e-30"), "2.5e-31");
    assert_eq!(canonical("1e1000000000"), "1e1000000000");
}

#[test]
fn huge_exponents() {
    let (large, larger) = (parse("1e1000000000"), parse("1.0000001e1000000000"));
    assert!(large < larger);
    assert!(large > parse("9e999999999"));
    assert_eq!(large, parse("10e999999999"));
    assert!(parse("-1e1000000000") < parse("-1"));
    assert!(parse("1e-1000000000") > parse("0"));
    assert!(parse("1e-1000000000") < parse("1e-400"));
    assert!(large.is_integer() && !parse("1e-1000000000").is_integer());
    assert_eq!((large.to_i128(), large.to_f64()), (None, None));
    assert!(large.is_multiple_of(parse("0.1")));
    assert!(large.is_multiple_of(parse("1024")));
    assert!(!large.is_multiple_of(parse("3")));
    assert!(!parse("0.3").is_multiple_of(large));
    // Beyond every exponent that is told apart.
    assert_eq!(
        parse("1e99999999999999999999").cmp(&large),
        Ordering::Greater
    );
    assert_eq!(parse("0e99999999999999999999"), parse("0"));
}

#[test]
fn a_million_digits() {
    let nines = "9".repeat(1_000_000);
    let number = parse(&nines);
    assert!(number.is_multiple_of(parse("9")));
    assert!(!number.is_multiple_of(parse("2")));
    assert!(number < parse("1e1000000"));
    assert!(number > parse("9.99e999999"));
    assert_eq!(number.to_decimal().as_str(), nines);
    let fraction = format!("0.{nines}");
    assert!(parse(&fraction) < parse("1"));
    assert!(!parse(&fraction).is_multiple_of(parse("0.01")));
    // n nines divide m nines exactly where n divides m: 20 does, 23 does not.
    assert!(!number.is_multiple_of(parse("99999999999999999999999")));
    assert!(number.is_multiple_of(parse("99999999999999999999")));
}

#[test]
fn multiples_as_people_write_them() {
    let multiple = |number: &str, step: &str| parse(number).is_multiple_of(parse(step));
    assert!(multiple("4.02", "0.01"));
    assert!(multiple("0.3", "0.1"));
    assert!(multiple("19.99", "0.01"));
    assert!(!multiple("0.35", "0.1"));
    assert!(multiple("1e308", "0.123456789e-5") == multiple("1e308", "123456789e-14"));
    assert!(multiple("-6", "3") && multiple("6", "-3"));
    assert!(multiple("0", "0") && !multiple("1", "0"));
    assert!(multiple("0.0", "7"));
    assert!(multiple("7.5", "2.5") && !multiple("7", "2.5"));
}

#[test]
fn floats_that_do_not_survive() {
    let to_f64 = |text: &str| parse(text).to_f64();
    assert_eq!(to_f64("0.1"), Some(0.1));
    assert_eq!(to_f64("1.7976931348623157e308"), Some(f64::MAX));
    assert_eq!(to_f64("5e-324"), Some(5e-324));
    assert_eq!(to_f64("4e-324"), None);
    assert_eq!(to_f64("123456789012345e-330"), None);
    assert_eq!(to_f64("9007199254740993"), None);
    assert_eq!(to_f64("0.1000000000000000055511151231257827"), None);
    assert_eq!(to_f64("1e400"), None);
    assert_eq!(to_f64("1e-400"), None);
    assert_eq!(Decimal::from_f64(f64::NAN), None);
    assert_eq!(Decimal::from_f64(f64::NEG_INFINITY), None);
    assert_eq!(
        Decimal::from_f64(-0.0).map(|number| number.to_string()),
        Some("0".to_owned())
    );
    assert_eq!(
        Decimal::from_f64(1e300).map(|number| number.to_string()),
        Some("1e300".to_owned())
    );
}
