use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(prefix = 1)]
struct Loyalty {
    tier: String,
}

fn main() {}
