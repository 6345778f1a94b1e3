use customer_model::CustomAttributes;

use std::collections::BTreeMap;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(rest)]
    a: BTreeMap<String, String>,
    #[attribute(rest)]
    b: BTreeMap<String, String>,
}

fn main() {}
