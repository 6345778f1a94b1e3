use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty(String);

fn main() {}
