use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = ["gold", "silver", "gold"])]
    tier: String,
}

fn main() {}
