use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Address {
    city: String,
    #[attribute(name = "user_id")]
    user: Option<String>,
}

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(flatten, name = "address")]
    address: Address,
}

fn main() {}
