use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(items)]
    field: Vec<String>,
}

fn main() {}
