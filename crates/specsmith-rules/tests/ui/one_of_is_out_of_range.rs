use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(one_of = [1, 20], maximum = 10)]
    field: u8,
}

fn main() {}
