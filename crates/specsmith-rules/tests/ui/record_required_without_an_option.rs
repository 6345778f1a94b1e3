use specsmith_rules::JsonRecord;

#[derive(JsonRecord)]
struct Of {
    #[record(required)]
    it: u8,
}

fn main() {}
