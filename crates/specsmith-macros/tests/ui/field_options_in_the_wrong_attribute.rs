use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attributes(name = "loyalty_tier")]
    tier: String,
}

fn main() {}
