use specsmith_rules::JsonRecord;

#[derive(JsonRecord)]
struct Of<T> {
    it: T,
}

fn main() {}
