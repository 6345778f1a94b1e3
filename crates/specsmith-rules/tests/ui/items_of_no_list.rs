use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(items(max_length = 3))]
    field: String,
}

fn main() {}
