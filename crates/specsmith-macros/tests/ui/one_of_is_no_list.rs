use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = "gold")]
    tier: String,
}

fn main() {}
