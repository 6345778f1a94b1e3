use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(entity = "invoice")]
struct Loyalty {
    tier: String,
}

fn main() {}
