use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = [1, 2])]
    tier: String,
}

fn main() {}
