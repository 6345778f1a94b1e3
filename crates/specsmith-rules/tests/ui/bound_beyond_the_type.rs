use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(minimum = 256)]
    field: u8,
}

fn main() {}
