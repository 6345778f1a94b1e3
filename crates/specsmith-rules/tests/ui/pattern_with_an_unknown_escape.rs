use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(pattern = r"^\h+$")]
    field: String,
}

fn main() {}
