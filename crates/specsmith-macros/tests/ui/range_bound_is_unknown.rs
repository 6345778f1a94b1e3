use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(range(min = 0, maximum = 9))]
    visits: u32,
}

fn main() {}
