use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(one_of = ["gold", "silver"], max_length = 4, pattern = "^[a-f]+$")]
    field: String,
}

fn main() {}
