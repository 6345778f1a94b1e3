use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    regions: Vec<String>,
}

fn main() {}
