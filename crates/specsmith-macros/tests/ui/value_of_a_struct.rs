use customer_model::AttributeValue;

#[derive(AttributeValue)]
struct Tier(String);

fn main() {}
