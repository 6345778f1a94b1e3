//! Custom attributes: a list that a struct accepts is one that the specification accepts, and what
//! is written back reads the same.

use std::collections::BTreeMap;

use customer_model::{
    Attribute, AttributeValue, Attributes, CustomAttributes, CustomerMetadata, Field, Validate,
};
use specsmith_rules::attributes::AttributePair;

use crate::taking::Taking;

#[derive(Clone, Debug, CustomAttributes)]
#[attributes(entity = "customer", rename_all = "snake_case")]
struct Loyalty {
    #[attribute(name = "loyalty_tier", one_of = ["gold", "silver"])]
    tier: Option<Tier>,
    #[attribute(max_length = 3, pattern = "^[A-Z]{3}$")]
    region: Option<String>,
    #[attribute(range(min = 0, max = 9999))]
    visits: Option<u32>,
    #[attribute(default = 0.5)]
    score: f64,
    #[attribute(default, skip_if = std::ops::Not::not)]
    newsletter: bool,
    #[attribute(default = "sales", format = "hostname")]
    team: String,
    #[attribute(rest)]
    other: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, AttributeValue)]
#[attributes(rename_all = "snake_case")]
enum Tier {
    Gold,
    Silver,
}

/// How many attributes are written whatever was read.
const WRITTEN: usize = 2;
/// How many the specification allows.
const MOST: usize = 10;

const NAMES: [&str; 8] = [
    "loyalty_tier",
    "region",
    "visits",
    "score",
    "newsletter",
    "team",
    "lob_id",
    "Team ",
];
const VALUES: [&str; 12] = [
    "gold",
    "ABC",
    "7",
    "-0",
    "1e400",
    "NaN",
    "true",
    "",
    " ",
    "example.com",
    "+12",
    "9999",
];

/// The bytes are pairs of a name and a value.
///
/// # Panics
/// If an accepted list breaks a rule of the specification, or reads as something else once written.
pub fn attributes(data: &[u8]) {
    let mut taking = Taking(data);
    let mut list = Vec::new();
    while !taking.is_empty() && list.len() < 14 {
        let name = text(&mut taking, &NAMES);
        let value = text(&mut taking, &VALUES);
        list.push(Attribute::pair(name, value));
    }
    let loyalty = match Loyalty::from_attributes(&list) {
        Ok(loyalty) => loyalty,
        Err(violations) => return assert!(violations.iter().next().is_some()),
    };
    let customer = CustomerMetadata {
        attributes: Field::Value(Attributes(list.clone())),
        ..CustomerMetadata::new("a", "b")
    };
    if let Err(violations) = customer.validate() {
        panic!("{list:?}: {violations:?}");
    }
    match loyalty.to_attributes() {
        Ok(written) => match Loyalty::from_attributes(&written) {
            // By its words, since NaN is not what it is.
            Ok(again) => assert_eq!(format!("{again:?}"), format!("{loyalty:?}")),
            Err(violations) => panic!("{written:?}: {violations:?}"),
        },
        Err(violations) => assert!(list.len() + WRITTEN > MOST, "{list:?}: {violations:?}"),
    }
}

fn text(taking: &mut Taking<'_>, known: &[&str]) -> String {
    match taking.byte() {
        it if it < 160 => known
            .get(usize::from(it) % known.len())
            .map_or_else(String::new, |it| (*it).to_owned()),
        it if it < 170 => "é".repeat(usize::from(taking.byte()) * 5),
        _ => taking.text(),
    }
}
