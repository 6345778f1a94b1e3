use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = ["EUR", "us"], pattern = "^[A-Z]{3}$")]
    region: String,
}

fn main() {}
