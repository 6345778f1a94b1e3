use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attribute(prefix = "loyalty.")]
struct Loyalty {
    tier: String,
}

fn main() {}
