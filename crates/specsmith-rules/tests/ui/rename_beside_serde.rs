use specsmith_rules::Validate;

#[derive(serde::Deserialize, Validate)]
struct Item {
    #[serde(rename = "a")]
    #[validate(rename = "b", max_length = 3)]
    field: String,
}

fn main() {}
