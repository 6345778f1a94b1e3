use customer_model::CustomAttributes;

use std::collections::BTreeMap;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(rest)]
    other: BTreeMap<String, u32>,
}

fn main() {}
