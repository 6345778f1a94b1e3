use customer_model::CustomAttributes;

#[derive(CustomAttributes)]
struct Loyalty {
    a: String,
    b: String,
    c: String,
    d: String,
    e: String,
    f: String,
    g: String,
    h: String,
    i: String,
    j: String,
    k: String,
    l: String,
}

fn main() {}
