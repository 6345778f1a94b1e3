use specsmith_rules::Validate;

#[derive(Validate)]
#[validate(wiht = check)]
struct Item {
    #[validate(max_lenght = 3, minimum = 1)]
    a: String,
    #[validate(maximum = "x", items(max_length = 3))]
    b: Vec<String>,
    #[validate(nested)]
    c: Inner,
}

#[derive(Validate)]
struct Inner {
    #[validate(min_length = 2, max_length = 1)]
    d: String,
}

fn uses_the_trait(item: &Item) -> bool {
    item.validate().is_ok()
}

fn main() {}
