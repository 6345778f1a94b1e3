use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(range())]
    visits: u32,
}

fn main() {}
