use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(default = "EMEA", max_length = 3)]
    region: String,
}

fn main() {}
