use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(format = "colour")]
    field: String,
}

fn main() {}
