use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(entity = "custmer")]
struct Loyalty {
    tier: String,
}

fn main() {}
