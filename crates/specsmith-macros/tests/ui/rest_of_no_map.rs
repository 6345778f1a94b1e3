use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(rest)]
    other: Vec<String>,
}

fn main() {}
