use customer_model::AttributeValue;

#[derive(AttributeValue)]
#[attributes(rename_al = "lowercase")]
enum Tier {
    Gold,
}

fn main() {}
