use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(range(min = 0, max = 256))]
    visits: u8,
}

fn main() {}
