use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(flatten)]
    address: String,
}

fn main() {}
