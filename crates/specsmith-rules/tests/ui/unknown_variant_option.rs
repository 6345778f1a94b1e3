use specsmith_rules::Validate;

#[derive(Validate)]
enum Item {
    #[validate(max_length = 3)]
    A(String),
}

fn main() {}
