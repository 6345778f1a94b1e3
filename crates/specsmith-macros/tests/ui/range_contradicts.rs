use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(range(min = 9, max = 0))]
    visits: u32,
}

fn main() {}
