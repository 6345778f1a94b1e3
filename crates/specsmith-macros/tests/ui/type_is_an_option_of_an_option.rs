use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    region: Option<Option<String>>,
}

fn main() {}
