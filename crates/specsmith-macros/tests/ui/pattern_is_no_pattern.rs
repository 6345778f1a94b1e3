use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(pattern = "^[A-Z{3}$")]
    region: String,
}

fn main() {}
