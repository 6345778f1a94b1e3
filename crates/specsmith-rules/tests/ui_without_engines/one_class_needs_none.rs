use specsmith_rules::Validate;

#[derive(Validate)]
struct Item {
    #[validate(pattern = "^[a-z]+$")]
    runs: String,
}

fn main() {
    assert!(Item { runs: "abc".to_owned() }.validate().is_ok());
    assert!(Item { runs: "123".to_owned() }.validate().is_err());
}
