use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(one_of = ["a", 1])]
    field: String,
}

fn main() {}
