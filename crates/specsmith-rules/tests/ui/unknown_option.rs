use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_lenght = 3)]
    field: String,
}

fn main() {}
