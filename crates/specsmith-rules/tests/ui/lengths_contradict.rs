use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(min_length = 4, max_length = 3)]
    field: String,
}

fn main() {}
