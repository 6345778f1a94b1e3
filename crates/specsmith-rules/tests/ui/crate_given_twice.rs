use specsmith_rules::Validate;

#[derive(Validate)]
#[validate(crate = specsmith_rules, crate = specsmith_rules)]
struct Item;

fn main() {}
