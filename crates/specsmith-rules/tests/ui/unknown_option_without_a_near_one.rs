use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(colour = "red")]
    field: String,
}

fn main() {}
