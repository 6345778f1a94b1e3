use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(items(max_length = 3, minimum = 1, maxlength = 3))]
    field: Vec<String>,
}

fn main() {}
