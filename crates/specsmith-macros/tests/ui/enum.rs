use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
enum Loyalty {
    Gold,
}

fn main() {}
