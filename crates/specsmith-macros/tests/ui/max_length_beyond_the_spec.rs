use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(max_length = 2000)]
    region: String,
}

fn main() {}
