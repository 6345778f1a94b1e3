use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(default = 10, range(min = 0, max = 9))]
    visits: u32,
}

fn main() {}
