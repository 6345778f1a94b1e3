use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(min_length = 3, max_length = 2)]
    region: String,
}

fn main() {}
