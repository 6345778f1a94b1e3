use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(colour = "red")]
    region: String,
}

fn main() {}
