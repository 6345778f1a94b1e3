use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
union Loyalty {
    visits: u32,
}

fn main() {}
