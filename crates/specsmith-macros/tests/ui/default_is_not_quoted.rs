use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(default = 1)]
    region: String,
}

fn main() {}
