use specsmith_rules::Validate;

struct Inner;

#[derive(Validate)]
struct Item {
    #[validate(minimum = 3)]
    field: Inner,
}

fn main() {}
