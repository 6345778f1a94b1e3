use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Address {
    city: String,
    #[attribute(name = "user_id")]
    user: Option<String>,
}

#[derive(CustomAttributes)]
struct Loyalty {
    a: String,
    b: String,
    c: String,
    d: String,
    e: String,
    f: String,
    g: String,
    h: String,
    i: String,
    #[attribute(flatten)]
    address: Address,
}

fn main() {}
