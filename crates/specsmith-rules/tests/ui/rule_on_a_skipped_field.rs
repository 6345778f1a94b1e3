use specsmith_rules::Validate;

#[derive(serde::Deserialize, Validate)]
struct Item {
    #[serde(skip)]
    #[validate(max_length = 3)]
    field: String,
}

fn main() {}
