//! What once was judged in two ways: each case is the least that showed it.

use specsmith_parity::{Agreed, check};

/// All judges say that about the record, by that schema of a document of that version.
#[track_caller]
fn all(version: &str, schema: &str, record: &str, wanted: Agreed) {
    let spec = format!(
        r#"{{"openapi":"{version}","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"Root":{schema}}}}}}}"#
    );
    match check(&spec, "Root", record.as_bytes()) {
        Ok(agreed) => assert_eq!(agreed, wanted, "{schema} {record}"),
        Err(disagreement) => panic!("{schema}\n{disagreement}"),
    }
}

#[test]
fn a_name_required_twice_is_one_name() {
    all(
        "3.1.0",
        r#"{"required":["a","a"]}"#,
        r#"{"a":1}"#,
        Agreed::Valid,
    );
    all(
        "3.0.3",
        r#"{"required":["a","b","a"]}"#,
        r#"{"a":1,"b":1}"#,
        Agreed::Valid,
    );
    all(
        "3.1.0",
        r#"{"required":["a","b","a"]}"#,
        r#"{"a":1}"#,
        Agreed::Invalid,
    );
}
