use customer_model::AttributeValue;

#[derive(AttributeValue)]
enum Tier {
    Gold,
    Other(String),
}

fn main() {}
