use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(nested = true)]
    field: Vec<Other>,
}

fn main() {}
