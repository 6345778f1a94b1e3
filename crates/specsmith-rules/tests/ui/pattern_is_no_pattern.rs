use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(pattern = "[a-z")]
    field: String,
}

fn main() {}
