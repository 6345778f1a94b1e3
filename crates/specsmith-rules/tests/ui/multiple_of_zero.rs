use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(multiple_of = 0)]
    field: u8,
}

fn main() {}
