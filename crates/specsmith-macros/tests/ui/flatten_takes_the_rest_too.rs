use customer_model::CustomAttributes;

use std::collections::BTreeMap;

#[derive(CustomAttributes)]
struct Others {
    #[attribute(rest)]
    others: BTreeMap<String, String>,
}

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(rest)]
    more: BTreeMap<String, String>,
    #[attribute(flatten)]
    others: Others,
}

fn main() {}
