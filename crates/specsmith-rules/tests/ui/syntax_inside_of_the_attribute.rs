use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_length => 3)]
    a: String,
    #[validate(max_length = 3 + 1)]
    b: String,
    #[validate]
    c: String,
}

fn main() {}
