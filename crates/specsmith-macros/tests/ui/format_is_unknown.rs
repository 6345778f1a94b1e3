use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(format = "datetime")]
    since: String,
}

fn main() {}
