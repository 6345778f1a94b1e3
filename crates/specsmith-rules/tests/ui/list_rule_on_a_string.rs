use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_items = 3)]
    field: String,
}

fn main() {}
