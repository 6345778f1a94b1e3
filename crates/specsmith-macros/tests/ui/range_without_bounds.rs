use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(range = 9)]
    visits: u32,
}

fn main() {}
