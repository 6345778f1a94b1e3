use customer_model::CustomAttributes;

use std::collections::BTreeMap;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(rest, max_length = 3)]
    other: BTreeMap<String, String>,
}

fn main() {}
