use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(format = "e-mail")]
    field: String,
}

fn main() {}
