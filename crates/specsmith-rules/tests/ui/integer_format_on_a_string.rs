use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(format = "int32")]
    field: String,
}

fn main() {}
