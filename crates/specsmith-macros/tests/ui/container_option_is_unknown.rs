use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(entty = "customer")]
struct Loyalty {
    tier: String,
}

fn main() {}
