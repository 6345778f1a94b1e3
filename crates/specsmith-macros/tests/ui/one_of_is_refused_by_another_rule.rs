use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = ["gold", "silver"], max_length = 4)]
    tier: String,
}

fn main() {}
