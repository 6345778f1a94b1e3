use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(max_lenght = 3)]
    region: String,
}

fn main() {}
