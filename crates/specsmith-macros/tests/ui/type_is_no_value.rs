use customer_model::CustomAttributes;

struct Region;

#[derive(CustomAttributes)]
struct Loyalty {
    region: Region,
}

fn main() {}
