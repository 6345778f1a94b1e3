use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(exclusive_maximum = 0)]
    field: Option<u8>,
}

fn main() {}
