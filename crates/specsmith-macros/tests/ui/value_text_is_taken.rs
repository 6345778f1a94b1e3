use customer_model::AttributeValue;

#[derive(AttributeValue)]
enum Tier {
    Gold,
    #[attribute(name = "Gold")]
    Golden,
}

fn main() {}
