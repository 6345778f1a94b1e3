use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(rename = "a", rename = "b", max_length = 3)]
    field: String,
}

fn main() {}
