use specsmith_rules::Validate;

struct Inner;

#[derive(Validate)]
struct Item {
    #[validate(nested)]
    field: Inner,
}

fn main() {}
