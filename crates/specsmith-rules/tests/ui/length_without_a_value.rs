use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_length)]
    field: String,
}

fn main() {}
