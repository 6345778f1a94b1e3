use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(exclusive_minimum = 3, maximum = 3)]
    field: f64,
}

fn main() {}
