use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(pattern = "^[a-z]+$")]
    runs: String,
    #[validate(pattern = "^(a|b)$")]
    alternatives: String,
}

fn main() {}
