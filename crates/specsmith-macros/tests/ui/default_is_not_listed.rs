use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(default = "bronze", one_of = ["gold", "silver"])]
    tier: String,
}

fn main() {}
