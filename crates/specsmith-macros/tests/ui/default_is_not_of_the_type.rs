use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(default = -1)]
    visits: u32,
}

fn main() {}
