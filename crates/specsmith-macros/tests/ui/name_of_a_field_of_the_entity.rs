use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(entity = "customer")]
struct Loyalty {
    #[attribute(name = "phoneNumber")]
    phone: String,
}

fn main() {}
