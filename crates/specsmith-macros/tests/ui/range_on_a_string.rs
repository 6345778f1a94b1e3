use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(range(min = 0))]
    region: String,
}

fn main() {}
