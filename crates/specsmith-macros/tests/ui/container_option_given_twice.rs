use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(prefix = "a.", prefix = "b.")]
struct Loyalty {
    tier: String,
}

fn main() {}
