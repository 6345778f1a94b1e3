use customer_model::AttributeValue;

#[derive(AttributeValue)]
enum Tier {
    #[attribute(rename = "gold")]
    Gold,
}

fn main() {}
