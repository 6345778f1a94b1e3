use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(rename_all = "snake")]
struct Loyalty {
    tier: String,
}

fn main() {}
