use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_properties = 3)]
    field: Vec<String>,
}

fn main() {}
