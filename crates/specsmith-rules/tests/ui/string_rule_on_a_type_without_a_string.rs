use specsmith_rules::Validate;

struct Inner;

#[derive(Validate)]
struct Item {
    #[validate(max_length = 3)]
    field: Inner,
}

fn main() {}
