use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(items(rename = "x"))]
    field: Vec<String>,
}

fn main() {}
