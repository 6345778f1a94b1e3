use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(minimum = "three")]
    field: u8,
}

fn main() {}
