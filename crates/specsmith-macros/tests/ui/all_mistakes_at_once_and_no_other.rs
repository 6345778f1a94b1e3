use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
#[attributes(entity = "customer", prefx = "a.")]
struct Loyalty {
    #[attribute(name = "")]
    tier: String,
    #[attribute(max_length = 0, min_length = 1)]
    region: Option<String>,
    #[attribute(pattern = "(")]
    status: String,
    #[attribute(range(min = 1, max = 0))]
    visits: u32,
}

fn uses(loyalty: &Loyalty) -> usize {
    loyalty.to_attributes().map_or(0, |it| it.len())
}

fn main() {}
