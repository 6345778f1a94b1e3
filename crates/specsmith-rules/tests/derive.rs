//! What the derive's output checks, and where it says that something is wrong.
#![cfg(all(feature = "derive", feature = "pattern"))]

use std::collections::{BTreeMap, HashMap};

use specsmith_rules::{Fault, Field, Path, Validate, Violations};

/// Each violation as one line: pointer, code.
fn lines(value: &impl Validate) -> Vec<String> {
    match value.validate() {
        Ok(()) => Vec::new(),
        Err(violations) => violations
            .iter()
            .map(|it| format!("{} {}", it.pointer, it.code()))
            .collect(),
    }
}

#[derive(Clone, Default, Validate)]
struct Attribute {
    #[validate(max_length = 4)]
    name: Option<String>,
    #[validate(max_length = 6)]
    value: Option<String>,
}

#[derive(Clone, Default, Validate)]
struct Customer {
    /// The one that is needed.
    #[validate(max_length = 8, pattern = r"[a-zA-Z0-9\-\_]+", rename = "externalId")]
    external_id: String,
    #[validate(format = "email", rename = "emailAddress")]
    email_address: Field<String>,
    #[validate(format = "date-time", rename = "startTs")]
    start: Option<Box<str>>,
    #[validate(minimum = 0, exclusive_maximum = 100, multiple_of = 0.5)]
    ranking: Field<f64>,
    #[validate(min_items = 1, max_items = 2, unique_items, items(max_length = 2))]
    languages: Field<Vec<String>>,
    #[validate(max_items = 2, nested)]
    attributes: Option<Vec<Attribute>>,
    #[validate(min_properties = 1, keys(pattern = "^[a-z]+$"), values(minimum = 3))]
    counts: Option<BTreeMap<String, u8>>,
    #[validate(values(nested))]
    by_name: HashMap<String, Attribute>,
    #[validate(one_of = ["gold", "silver"])]
    tier: Option<String>,
    #[validate(one_of = [1, 2.5])]
    factor: Option<f32>,
    #[validate(items(items(minimum = 0)))]
    grid: Vec<Vec<i32>>,
    #[validate(never)]
    gone: Field<bool>,
    unchecked: Option<String>,
}

fn valid() -> Customer {
    Customer {
        external_id: "a-1".to_owned(),
        ..Customer::default()
    }
}

fn long_attribute() -> Attribute {
    Attribute {
        name: Some("attribute".to_owned()),
        value: None,
    }
}

#[test]
fn what_is_absent_is_not_checked() {
    assert!(valid().validated().is_ok());
    let nulls = Customer {
        ranking: Field::Null,
        gone: Field::Null,
        ..valid()
    };
    assert!(nulls.validate().is_ok());
    assert!(nulls.unchecked.is_none());
}

#[test]
fn every_rule_at_its_place() {
    let customer = Customer {
        external_id: "%%%%%%%%%".to_owned(),
        email_address: "jdoe".into(),
        start: Some("2022-02-30T00:00:00Z".into()),
        ranking: Field::Value(-0.25),
        languages: Field::Value(vec!["en".to_owned(), "eng".to_owned(), "en".to_owned()]),
        attributes: Some(vec![
            Attribute::default(),
            long_attribute(),
            Attribute::default(),
        ]),
        counts: Some(BTreeMap::from([("a".to_owned(), 2), ("B".to_owned(), 3)])),
        by_name: HashMap::from([
            ("b/c".to_owned(), long_attribute()),
            ("a".to_owned(), long_attribute()),
        ]),
        tier: Some("Gold".to_owned()),
        factor: Some(2.0),
        grid: vec![vec![], vec![0, -1]],
        gone: Field::Value(true),
        unchecked: Some(String::new()),
    };
    insta::assert_snapshot!(lines(&customer).join("\n"), @r"
    /externalId schema/max-length
    /externalId schema/pattern
    /emailAddress schema/format
    /startTs schema/format
    /ranking schema/minimum
    /ranking schema/multiple-of
    /languages schema/max-items
    /languages schema/unique-items
    /languages/1 schema/max-length
    /attributes schema/max-items
    /attributes/1/name schema/max-length
    /counts schema/property-names
    /counts/a schema/minimum
    /by_name/a/name schema/max-length
    /by_name/b~1c/name schema/max-length
    /tier schema/enum
    /factor schema/enum
    /grid/1/1 schema/minimum
    /gone schema/false
    ");
    let violations = customer.validate().expect_err("it is full of mistakes");
    let tier = violations
        .iter()
        .find(|it| it.pointer == "/tier")
        .expect("listed above");
    assert_eq!(tier.help().as_deref(), Some("did you mean `gold`?"));
}

#[derive(Validate)]
struct Name(#[validate(max_length = 2)] String);

#[derive(Validate)]
struct Pair(
    #[validate(maximum = 1)] u8,
    #[validate(nested)] Option<Name>,
);

#[test]
fn a_newtype_stands_in_its_place_and_a_tuple_counts() {
    assert_eq!(lines(&Name("abc".to_owned())), [" schema/max-length"]);
    let pair = Pair(2, Some(Name("abc".to_owned())));
    assert_eq!(lines(&pair), ["/0 schema/maximum", "/1 schema/max-length"]);
}

#[derive(Validate, serde::Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "kebab-case")]
enum External {
    Nothing,
    SomeName(#[validate(max_length = 1)] String),
    #[serde(rename = "R")]
    Record {
        #[validate(max_length = 1)]
        first_name: String,
        #[serde(rename = "L")]
        #[validate(max_length = 1)]
        last_name: String,
        #[allow(dead_code, reason = "it has no rule")]
        other: u8,
    },
    Two(
        #[validate(maximum = 1)] u8,
        #[allow(dead_code, reason = "it has no rule")] u8,
    ),
}

#[derive(Validate, serde::Deserialize)]
#[serde(tag = "type")]
enum Internal {
    A {
        #[validate(max_length = 1)]
        name: String,
    },
    B(#[validate(nested)] Customerish),
}

#[derive(Validate, serde::Deserialize)]
struct Customerish {
    #[validate(max_length = 1)]
    id: String,
}

#[derive(Validate, serde::Deserialize)]
#[serde(tag = "type", content = "content")]
enum Adjacent {
    A(#[validate(max_length = 1)] String),
}

#[derive(Validate, serde::Deserialize)]
#[serde(untagged)]
enum Untagged {
    A(#[validate(max_length = 1)] String),
    B(#[validate(nested)] Vec<Customerish>),
}

/// Reads JSON that breaks a rule, and compares the pointer with where the value stands in it.
#[track_caller]
fn check_place<T: Validate + serde::de::DeserializeOwned>(json: &str, pointers: &[&str]) {
    let value: T = serde_json::from_str(json).expect("serde reads it");
    let tree: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
    let violations = value
        .validate()
        .err()
        .map(Violations::into_vec)
        .unwrap_or_default();
    let found: Vec<_> = violations.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(found, pointers);
    for pointer in found {
        assert!(
            tree.pointer(pointer).is_some(),
            "{pointer} is not in {json}"
        );
    }
}

#[test]
fn enums_stand_where_serde_puts_them() {
    check_place::<External>(r#""nothing""#, &[]);
    check_place::<External>(r#"{"someName": "ab"}"#, &["/someName"]);
    check_place::<External>(
        r#"{"R": {"first-name": "ab", "L": "ab", "other": 1}}"#,
        &["/R/first-name", "/R/L"],
    );
    check_place::<External>(r#"{"two": [2, 2]}"#, &["/two/0"]);
    check_place::<Internal>(r#"{"type": "A", "name": "ab"}"#, &["/name"]);
    check_place::<Internal>(r#"{"type": "B", "id": "ab"}"#, &["/id"]);
    check_place::<Adjacent>(r#"{"type": "A", "content": "ab"}"#, &["/content"]);
    check_place::<Untagged>(r#""ab""#, &[""]);
    check_place::<Untagged>(r#"[{"id": ""}, {"id": "ab"}]"#, &["/1/id"]);
}

#[derive(Validate, serde::Deserialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
struct Flat {
    #[serde(flatten)]
    #[validate(nested)]
    inner: Customerish,
    #[serde(flatten)]
    #[validate(values(max_length = 1))]
    rest: BTreeMap<String, String>,
    #[validate(max_length = 1)]
    r#type: String,
    #[serde(skip)]
    #[allow(dead_code, reason = "it is skipped")]
    skipped: u8,
}

#[test]
fn what_is_flattened_stands_in_the_struct() {
    check_place::<Flat>(
        r#"{"id": "ab", "x": "ab", "TYPE": "ab"}"#,
        &["/id", "/x", "/TYPE"],
    );
}

#[derive(Validate)]
struct Page<T, N, const LEAST: usize>
where
    N: Clone,
{
    #[validate(nested)]
    items: Vec<T>,
    #[validate(minimum = 1)]
    number: N,
    #[validate(nested)]
    next: Option<Box<Page<T, N, LEAST>>>,
}

#[test]
fn generic_and_recursive_types() {
    let page = |number, next| Page::<_, _, 1> {
        items: vec![Name("abc".to_owned())],
        number,
        next,
    };
    let pages = page(0_u64, Some(Box::new(page(1, None))));
    assert_eq!(
        lines(&pages),
        [
            "/items/0 schema/max-length",
            "/number schema/minimum",
            "/next/items/0 schema/max-length"
        ]
    );
}

#[derive(Validate)]
#[validate(with = both_or_none)]
struct Whole<'a> {
    a: Option<&'a str>,
    b: Option<u8>,
    #[validate(with = even)]
    even: u8,
}

fn both_or_none(whole: &Whole<'_>, path: &Path<'_>, violations: &mut Violations) {
    if whole.a.is_some() && whole.b.is_none() {
        violations.record(
            path,
            Fault::DependentRequired {
                property: "b".into(),
                by: "a".into(),
            },
        );
    }
}

fn even(value: &u8, path: &Path<'_>, violations: &mut Violations) {
    if value % 2 == 1 {
        violations.record(path, Fault::Not);
    }
}

#[test]
fn functions_beside_the_rules() {
    let whole = Whole {
        a: Some(""),
        b: None,
        even: 3,
    };
    assert_eq!(
        lines(&whole),
        ["/even schema/not", " schema/dependent-required"]
    );
}

/// Names that the output could stumble over.
#[allow(
    dead_code,
    non_upper_case_globals,
    non_camel_case_types,
    reason = "names to stumble over, not to be used"
)]
mod odd_surroundings {
    use specsmith_rules::Validate as Rules;

    struct Option;
    struct Some;
    struct Path;
    struct String;
    const value: u8 = 0;
    const path: u8 = 0;
    const violations: u8 = 0;
    mod core {}
    mod std {}

    #[derive(Rules)]
    pub(super) struct Odd {
        #[validate(max_length = 1)]
        pub(super) value: ::std::option::Option<::std::string::String>,
        #[deprecated]
        #[validate(maximum = 1)]
        pub(super) path: u8,
    }

    #[derive(Rules)]
    pub(super) enum Empty {}
}

#[test]
#[allow(deprecated)]
fn the_output_keeps_its_names_to_itself() {
    let odd = odd_surroundings::Odd {
        value: Some("ab".to_owned()),
        path: 2,
    };
    assert_eq!(
        lines(&odd),
        ["/value schema/max-length", "/path schema/maximum"]
    );
}

/// A crate that re-exports the runtime.
mod facade {
    pub(crate) mod __private {
        pub(crate) use specsmith_rules::__private::*;
    }
}

#[derive(Validate)]
#[validate(crate = crate::facade)]
struct Elsewhere {
    #[validate(pattern = "^(a|b)$")]
    field: String,
}

#[derive(Validate)]
#[validate(allow_contradictions)]
struct Impossible {
    #[validate(min_length = 2, max_length = 1)]
    field: Option<String>,
}

#[test]
fn options_of_the_item() {
    assert_eq!(
        lines(&Elsewhere {
            field: "c".to_owned()
        }),
        ["/field schema/pattern"]
    );
    assert!(lines(&Impossible { field: None }).is_empty());
    assert_eq!(
        lines(&Impossible {
            field: Some("abc".to_owned())
        }),
        ["/field schema/max-length"]
    );
}

#[test]
fn nothing_is_allocated_for_what_is_valid() {
    // `Violations` that stay empty hold no memory; this is what the output passes around.
    let mut violations = Violations::new();
    valid().validate_into(&Path::root(), &mut violations);
    assert!(violations.into_vec().capacity() == 0);
}
