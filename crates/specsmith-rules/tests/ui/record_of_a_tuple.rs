use specsmith_rules::JsonRecord;

#[derive(JsonRecord)]
struct Pair(u8, u8);

fn main() {}
