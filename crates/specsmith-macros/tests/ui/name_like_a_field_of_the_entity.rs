use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(entity = "customer")]
struct Loyalty {
    user_id: String,
    #[attribute(name = "E-MAIL ADDRESS")]
    mail: String,
}

fn main() {}
