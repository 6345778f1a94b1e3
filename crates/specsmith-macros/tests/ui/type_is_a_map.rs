use customer_model::CustomAttributes;

use std::collections::BTreeMap;

#[derive(CustomAttributes)]
struct Loyalty {
    other: BTreeMap<String, String>,
}

fn main() {}
