use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(with = 3)]
    field: String,
}

fn main() {}
