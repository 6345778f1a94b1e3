use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_length = 3, max_length = 4)]
    field: String,
}

fn main() {}
