use customer_model::CustomAttributes;

struct Address;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(flatten)]
    address: Address,
}

fn main() {}
