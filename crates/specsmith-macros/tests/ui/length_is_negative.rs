use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(max_length = -1)]
    region: String,
}

fn main() {}
