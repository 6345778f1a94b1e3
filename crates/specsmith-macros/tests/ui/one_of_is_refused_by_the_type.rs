use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    #[attribute(one_of = ["1", "many"])]
    visits: u8,
}

fn main() {}
