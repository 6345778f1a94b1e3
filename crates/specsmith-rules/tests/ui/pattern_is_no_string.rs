use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(pattern = 3)]
    field: String,
}

fn main() {}
