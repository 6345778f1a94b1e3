use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(pattern = "a")]
    field: Option<Vec<String>>,
}

fn main() {}
