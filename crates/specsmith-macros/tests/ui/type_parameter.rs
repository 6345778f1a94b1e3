use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty<T> {
    tier: T,
}

fn main() {}
