use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(one_of = [])]
    field: String,
}

fn main() {}
