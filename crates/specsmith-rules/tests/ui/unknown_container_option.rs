use specsmith_rules::Validate;

#[derive(Validate)]
#[validate(craet = specsmith_rules)]
struct Item;

fn main() {}
