use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(keys(max_length = 3))]
    field: Vec<String>,
}

fn main() {}
