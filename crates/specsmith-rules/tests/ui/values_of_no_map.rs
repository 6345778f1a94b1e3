use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(values(max_length = 3))]
    field: u8,
}

fn main() {}
