use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = [])]
    tier: String,
}

fn main() {}
