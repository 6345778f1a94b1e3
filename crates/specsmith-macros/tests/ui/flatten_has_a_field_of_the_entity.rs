use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Address {
    city: String,
    #[attribute(name = "user_id")]
    user: Option<String>,
}

#[derive(CustomAttributes)]
#[attributes(entity = "customer")]
struct Loyalty {
    #[attribute(flatten)]
    address: Address,
}

fn main() {}
