use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(name = "a", name = "b")]
    region: String,
}

fn main() {}
