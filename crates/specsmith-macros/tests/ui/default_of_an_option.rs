use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(default)]
    region: Option<String>,
}

fn main() {}
