use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(name = "tier")]
    region: String,
    tier: String,
}

fn main() {}
