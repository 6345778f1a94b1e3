use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(format = "int32")]
    visits: i32,
}

fn main() {}
