use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(min_items = 4, max_items = 3)]
    field: Vec<String>,
}

fn main() {}
