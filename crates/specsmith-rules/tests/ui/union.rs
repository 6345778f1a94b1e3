use specsmith_rules::Validate;

#[derive(Validate)]
union Item {
    a: u8,
    b: i8,
}

fn main() {}
