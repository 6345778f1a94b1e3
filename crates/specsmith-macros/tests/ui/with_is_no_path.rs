use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(with = 1)]
    region: String,
}

fn main() {}
