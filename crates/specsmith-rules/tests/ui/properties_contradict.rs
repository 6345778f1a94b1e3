use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(max_properties = 3, min_properties = 4)]
    field: std::collections::BTreeMap<String, u8>,
}

fn main() {}
