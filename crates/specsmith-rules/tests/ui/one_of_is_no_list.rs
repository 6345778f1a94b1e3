use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(one_of = "a")]
    field: String,
}

fn main() {}
