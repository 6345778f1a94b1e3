use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(one_of = [true])]
    field: bool,
}

fn main() {}
