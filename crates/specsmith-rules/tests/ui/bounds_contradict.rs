use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(minimum = 4, maximum = 3.5)]
    field: f64,
}

fn main() {}
