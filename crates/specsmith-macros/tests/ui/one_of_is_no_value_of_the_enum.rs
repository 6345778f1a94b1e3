use customer_model::{AttributeValue, CustomAttributes};

#[derive(AttributeValue)]
enum Tier {
    #[attribute(name = "gold")]
    Gold,
    #[attribute(name = "silver")]
    Silver,
}

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = ["gold", "platinum"])]
    tier: Tier,
}

fn main() {}
