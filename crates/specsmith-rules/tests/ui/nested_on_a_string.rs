use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(nested)]
    field: String,
}

fn main() {}
