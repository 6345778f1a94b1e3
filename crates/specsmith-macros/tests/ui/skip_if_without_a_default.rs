use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(skip_if = String::is_empty)]
    region: String,
}

fn main() {}
