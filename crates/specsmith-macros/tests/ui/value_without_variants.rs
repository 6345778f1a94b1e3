use customer_model::AttributeValue;

#[derive(AttributeValue)]
enum Tier {}

fn main() {}
