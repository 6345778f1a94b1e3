use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(min_length = 1025)]
    region: String,
}

fn main() {}
