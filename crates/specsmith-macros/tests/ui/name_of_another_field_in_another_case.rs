use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(rename_all = "camelCase")]
struct Loyalty {
    #[attribute(name = "homeStore")]
    region: String,
    home_store: String,
}

fn main() {}
