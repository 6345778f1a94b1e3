use customer_model::CustomAttributes;

use std::collections::BTreeMap;

#[derive(CustomAttributes)]
#[attributes(deny_unknown)]
struct Loyalty {
    #[attribute(rest)]
    other: BTreeMap<String, String>,
}

fn main() {}
