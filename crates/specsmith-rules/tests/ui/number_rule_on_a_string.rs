use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(minimum = 3)]
    field: String,
}

fn main() {}
