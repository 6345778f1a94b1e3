//! Custom attributes at run time, through the derives that are generated for this repository's
//! specifications.

use std::collections::{BTreeMap, HashMap};

use customer_model::attributes::{AttributeKind, Unknown, toml};
use customer_model::{Attribute, AttributeValue, CustomAttributes, CustomerMetadata, Violations};
use proptest::prelude::*;
use specsmith_rules::Field;

#[derive(Clone, Debug, PartialEq, CustomAttributes)]
#[attributes(entity = "customer", rename_all = "snake_case")]
struct Loyalty {
    /// How much is spent.
    #[attribute(name = "loyalty_tier", one_of = ["gold", "silver"])]
    tier: Tier,
    #[attribute(max_length = 3, pattern = "^[A-Z]{3}$")]
    region: Option<String>,
    #[attribute(range(min = 0, max = 9999))]
    visits: u32,
    #[attribute(default = 0.5)]
    score: f64,
    #[attribute(default, skip_if = std::ops::Not::not)]
    newsletter: bool,
    #[attribute(default = "sales", format = "hostname")]
    team: String,
    #[attribute(with = hexadecimal)]
    colour: u32,
    #[attribute(flatten)]
    home: Home,
    #[attribute(rest)]
    other: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, CustomAttributes)]
#[attributes(prefix = "home.", deny_unknown)]
struct Home {
    store: Option<i8>,
}

#[derive(Clone, Copy, Debug, PartialEq, AttributeValue)]
#[attributes(rename_all = "snake_case")]
enum Tier {
    Gold,
    Silver,
    #[attribute(name = "none")]
    Without,
}

mod hexadecimal {
    pub(super) fn to_text(colour: &u32) -> String {
        format!("{colour:06x}")
    }

    pub(super) fn from_text(text: &str) -> Result<u32, std::num::ParseIntError> {
        u32::from_str_radix(text, 16)
    }
}

fn loyalty() -> Loyalty {
    Loyalty {
        tier: Tier::Gold,
        region: None,
        visits: 12,
        score: 0.5,
        newsletter: false,
        team: "sales".to_owned(),
        colour: 0xff8000,
        home: Home { store: Some(-3) },
        other: BTreeMap::new(),
    }
}

fn attributes(pairs: &[(&str, &str)]) -> Vec<Attribute> {
    let pair = |(name, value): &(&str, &str)| Attribute {
        name: Some((*name).to_owned()),
        value: Some((*value).to_owned()),
    };
    pairs.iter().map(pair).collect()
}

/// What is needed, and `more`.
fn with(more: &[(&str, &str)]) -> Vec<Attribute> {
    let needed = [("loyalty_tier", "gold"), ("visits", "12"), ("colour", "0")];
    attributes(&[&needed, more].concat())
}

fn said(result: Result<impl std::fmt::Debug, Violations>) -> Vec<String> {
    let violations = result.expect_err("something is wrong");
    let line = |it: &specsmith_rules::Violation| {
        let help = it.help().map_or(String::new(), |it| format!(" ({it})"));
        format!("{} {}: {}{help}", it.pointer, it.code(), it.message())
    };
    violations.iter().map(line).collect()
}

#[test]
fn a_struct_becomes_a_list() {
    let list = loyalty().to_attributes().expect("is valid");
    let expected = [
        ("loyalty_tier", "gold"),
        ("visits", "12"),
        ("score", "0.5"),
        ("team", "sales"),
        ("colour", "ff8000"),
        ("home.store", "-3"),
    ];
    assert_eq!(list, attributes(&expected));
    // And is what the models have a place for.
    let mut customer = CustomerMetadata::new("issue-1", "customer-1");
    customer.attributes = Field::Value(list.into());
    assert!(specsmith_rules::Validate::validate(&customer).is_ok());
}

#[test]
fn what_is_absent_has_its_default() {
    let read = Loyalty::from_attributes(&with(&[])).expect("is valid");
    let expected = Loyalty {
        colour: 0,
        home: Home { store: None },
        ..loyalty()
    };
    assert_eq!(read, expected);
}

#[test]
fn the_order_does_not_matter_and_the_rest_is_kept() {
    let mut list = with(&[("shoe_size", "42"), ("newsletter", "true")]);
    list.reverse();
    let read = Loyalty::from_attributes(&list).expect("is valid");
    assert!(read.newsletter);
    assert_eq!(read.other.len(), 1);
    assert_eq!(read.other["shoe_size"], "42");
}

#[test]
fn everything_that_is_wrong_is_said_at_its_place() {
    let list = attributes(&[
        ("visits", "10000"),
        ("region", "emea"),
        ("newsletter", "yes"),
        ("visits", "1"),
        ("loyalty_tier", "Gold"),
        ("home.store", "300"),
        ("team", "-"),
        ("score", "NaN"),
    ]);
    insta::assert_snapshot!(said(Loyalty::from_attributes(&list)).join("\n"), @r"
    /attributes/0/value attribute/value: `visits` is above the maximum of 9999
    /attributes/1/value attribute/value: `region` is 4 characters long, the limit is 3
    /attributes/1/value attribute/value: `region` does not match the pattern `^[A-Z]{3}$`
    /attributes/2/value attribute/unparsable: `newsletter` is not `true` or `false`
    /attributes/3/name attribute/duplicate: the attribute has the same name as number 0
    /attributes/4/value attribute/value: `loyalty_tier` is not one of the 2 allowed values (did you mean `gold`?)
    /attributes/5/value attribute/value: `home.store` is above the maximum of 127
    /attributes/6/value attribute/value: `team` is not a host name
    /attributes/7/value attribute/unparsable: `score` is not a number
    /attributes attribute/missing: the attribute `colour` is required
    ");
    assert_eq!(
        Loyalty::validate_attributes(&list)
            .expect_err("is wrong")
            .len(),
        10
    );
    assert!(Loyalty::validate_attributes(&with(&[])).is_ok());
}

#[test]
fn a_pair_may_lack_its_name_or_its_value() {
    let mut list = with(&[("region", ""), ("", "x")]);
    list[3].value = None;
    list[4].name = None;
    assert_eq!(
        said(Loyalty::from_attributes(&list)),
        [
            "/attributes/3 attribute/incomplete: the attribute has no `value`",
            "/attributes/4 attribute/incomplete: the attribute has no `name`",
        ]
    );
}

#[test]
fn the_limits_of_the_specification_hold_too() {
    let long = "x".repeat(1025);
    let name = "n".repeat(257);
    let mut more = vec![("region", long.as_str()), (name.as_str(), "1")];
    more.extend([
        ("a", ""),
        ("b", ""),
        ("c", ""),
        ("d", ""),
        ("e", ""),
        ("f", ""),
    ]);
    assert_eq!(
        said(Loyalty::from_attributes(&with(&more))),
        [
            "/attributes schema/max-items: `attributes` has 11 items, the limit is 10",
            "/attributes/3/value schema/max-length: `region` is 1025 characters long, the limit is 1024",
            "/attributes/4/name schema/max-length: `name` is 257 characters long, the limit is 256",
        ]
    );
    let mut value = loyalty();
    value.team = long;
    value.other = (0..9).map(|it| (format!("o{it}"), String::new())).collect();
    value.other.insert(name, String::new());
    value.other.insert(String::new(), String::new());
    value.other.insert("region".to_owned(), String::new());
    value.other.insert("visits".to_owned(), String::new());
    assert_eq!(
        said(value.to_attributes()),
        [
            "/attributes/3/value schema/max-length: `team` is 1025 characters long, the limit is 1024",
            "/attributes/6/name attribute/incomplete: the attribute has no `name`",
            "/attributes/7/name schema/max-length: `name` is 257 characters long, the limit is 256",
            "/attributes/17/name attribute/duplicate: the attribute has the name of a field",
            "/attributes/18/name attribute/duplicate: the attribute has the same name as number 1",
            "/attributes schema/max-items: `attributes` has 19 items, the limit is 10",
        ]
    );
}

#[test]
fn what_is_written_is_judged_as_what_is_read() {
    let value = Loyalty {
        tier: Tier::Without,
        region: Some("emea".to_owned()),
        visits: 10_000,
        score: f64::NAN,
        ..loyalty()
    };
    assert_eq!(
        said(value.to_attributes()),
        [
            "/attributes/0/value attribute/value: `loyalty_tier` is not one of the 2 allowed values",
            "/attributes/1/value attribute/value: `region` is 4 characters long, the limit is 3",
            "/attributes/1/value attribute/value: `region` does not match the pattern `^[A-Z]{3}$`",
            "/attributes/2/value attribute/value: `visits` is above the maximum of 9999",
            "/attributes/3/value attribute/unparsable: `score` is not a number",
        ]
    );
}

#[test]
fn unknown_attributes_are_ignored_or_refused() {
    #[derive(Debug, PartialEq, CustomAttributes)]
    struct Lax {
        tier: Option<String>,
    }
    #[derive(Debug, PartialEq, CustomAttributes)]
    #[attributes(deny_unknown)]
    struct Strict {
        tier: Option<String>,
    }
    let list = attributes(&[("shoe_size", "42"), ("teir", "gold")]);
    assert_eq!(Lax::from_attributes(&list), Ok(Lax { tier: None }));
    assert_eq!(
        said(Strict::from_attributes(&list)),
        [
            "/attributes/0/name attribute/unknown: no attribute of this name is known",
            "/attributes/1/name attribute/unknown: no attribute of this name is known (did you mean `tier`?)",
        ]
    );
    assert_eq!(
        (Lax::UNKNOWN, Strict::UNKNOWN),
        (Unknown::Ignored, Unknown::Denied)
    );
    assert_eq!(Loyalty::UNKNOWN, Unknown::Kept);
}

#[test]
fn a_default_that_the_type_does_not_read_is_said() {
    #[derive(Debug, CustomAttributes)]
    struct Address {
        #[attribute(default = "localhost")]
        address: std::net::Ipv4Addr,
    }
    assert_eq!(
        said(Address::from_attributes(&[])),
        ["/attributes attribute/unparsable: `address` is not a valid `Ipv4Addr`"]
    );
    assert_eq!(
        said(Address::from_attributes(&attributes(&[("address", "::1")]))),
        ["/attributes/0/value attribute/unparsable: `address` is not a valid `Ipv4Addr`"]
    );
}

#[test]
fn the_specification_of_a_type_is_data() {
    let names: Vec<_> = Loyalty::SPEC.iter().map(|it| it.name).collect();
    assert_eq!(
        names,
        [
            "loyalty_tier",
            "region",
            "visits",
            "score",
            "newsletter",
            "team",
            "colour",
            "home.store"
        ]
    );
    let tier = &Loyalty::SPEC[0];
    assert_eq!((tier.doc, tier.required), ("How much is spent.", true));
    assert_eq!(Loyalty::SPEC[2].kind, AttributeKind::Integer);
    insta::assert_snapshot!(toml::<Loyalty>("customer"));
}

#[test]
fn no_value_is_ever_said() {
    let secret = "555-0100";
    let list = with(&[
        ("region", secret),
        ("newsletter", secret),
        ("score", secret),
    ]);
    for line in said(Loyalty::from_attributes(&list)) {
        assert!(!line.contains(secret), "{line}");
    }
}

fn any_loyalty() -> impl Strategy<Value = Loyalty> {
    let tier = prop_oneof![Just(Tier::Gold), Just(Tier::Silver)];
    let other = prop::collection::btree_map("x[a-z.é ]{0,9}", ".{0,40}", 0..2);
    (
        tier,
        prop::option::of("[A-Z]{3}"),
        0_u32..10_000,
        prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO,
        any::<bool>(),
        "[a-z]{1,9}(\\.[a-z]{1,9})?",
        any::<u32>(),
        prop::option::of(any::<i8>()),
        other,
    )
        .prop_map(
            |(tier, region, visits, score, newsletter, team, colour, store, other)| Loyalty {
                tier,
                region,
                visits,
                score,
                newsletter,
                team,
                colour,
                home: Home { store },
                other,
            },
        )
}

proptest! {
    #[test]
    fn there_and_back_is_the_same(value in any_loyalty()) {
        let list = value.to_attributes().expect("is valid");
        prop_assert_eq!(Loyalty::from_attributes(&list).expect("is valid"), value);
    }

    #[test]
    fn back_and_there_says_the_same(list in prop::collection::vec(("[a-z_.]{0,12}", ".{0,8}"), 0..9)) {
        let pairs: Vec<(&str, &str)> = list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let list = attributes(&pairs);
        // Nothing panics; what is read is written, and read to the same value again.
        if let Ok(value) = Loyalty::from_attributes(&list) {
            let again = value.to_attributes().expect("was valid");
            prop_assert_eq!(Loyalty::from_attributes(&again).expect("is valid"), value);
        }
    }

    #[test]
    fn any_map_takes_the_rest(rest in prop::collection::hash_map("[a-z]{1,9}", ".{0,9}", 0..10)) {
        #[derive(Debug, PartialEq, CustomAttributes)]
        struct Others {
            #[attribute(rest)]
            rest: HashMap<String, String>,
        }
        let value = Others { rest };
        let list = value.to_attributes().expect("is valid");
        let names: Vec<_> = list.iter().filter_map(|it| it.name.clone()).collect();
        prop_assert!(names.is_sorted());
        prop_assert_eq!(Others::from_attributes(&list).expect("is valid"), value);
    }
}
