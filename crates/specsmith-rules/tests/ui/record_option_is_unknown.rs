use specsmith_rules::JsonRecord;

#[derive(JsonRecord)]
#[serde(rename_all = "camelCase")]
struct Of {
    #[serde(skip)]
    it: u8,
    #[record(requird)]
    or: Option<u8>,
}

fn main() {}
