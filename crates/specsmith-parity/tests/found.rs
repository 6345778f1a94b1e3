//! What once was judged in two ways: each case is the least that showed it.

use specsmith_parity::{Agreed, Place, Subject, check};

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

#[test]
fn formats_mean_the_same_in_both_dialects() {
    for version in ["3.0.3", "3.1.0"] {
        let pointer = r#"{"format":"json-pointer"}"#;
        all(version, pointer, r#""%""#, Agreed::Invalid);
        all(version, pointer, r#""/a""#, Agreed::Valid);
        all(version, r#"{"format":"uuid"}"#, r#""1""#, Agreed::Invalid);
        let label = r#"{"format":"hostname"}"#;
        all(version, label, r#""xn--X""#, Agreed::Invalid);
    }
}

#[test]
fn formats_of_numbers_are_ranges() {
    for version in ["3.0.3", "3.1.0"] {
        let range = r#"{"format":"int32"}"#;
        all(version, range, "1.5", Agreed::Valid);
        all(version, range, "2147483647.5", Agreed::Invalid);
        all(version, range, "-2147483649", Agreed::Invalid);
        all(version, range, r#""2147483648""#, Agreed::Valid);
        let whole = r#"{"type":"integer","format":"int64"}"#;
        all(version, whole, "1.5", Agreed::Invalid);
        all(version, whole, "9223372036854775807.0", Agreed::Valid);
        all(version, whole, "9223372036854775808", Agreed::Invalid);
    }
}

#[test]
fn integers_beyond_the_bounds_of_64_bits() {
    let items = r#"{"items":{"maximum":9223372036854775807}}"#;
    all("3.0.3", items, "[9223372036854775808]", Agreed::Invalid);
    let least = r#"{"properties":{"a":{"minimum":-9223372036854775808}}}"#;
    let record = r#"{"a":-9223372036854775809}"#;
    all("3.1.0", least, record, Agreed::Invalid);
    let open = r#"{"properties":{"a":{"type":"integer"}}}"#;
    all("3.1.0", open, r#"{"a":9223372036854775808}"#, Agreed::Valid);
}

#[test]
fn a_property_that_is_there_is_not_missing() {
    let schema = r#"{"additionalProperties":false,"properties":{"b":{}},"required":["a"]}"#;
    all("3.0.3", schema, r#"{"a":null}"#, Agreed::Invalid);
}

#[test]
fn what_is_contained_is_counted_alike() {
    let schema = r#"{"contains":{"type":"null"},"minContains":3,"maxContains":1}"#;
    all("3.1.0", schema, "[null,null]", Agreed::Invalid);
    all("3.1.0", schema, "[]", Agreed::Invalid);
    let one = r#"{"contains":{"type":"null"},"minContains":1}"#;
    all("3.1.0", one, "[1]", Agreed::Invalid);
}

/// A property is not blamed for what is wrong with its neighbour.
#[test]
fn the_rest_is_what_no_part_speaks_of() {
    let schema = r#"{"allOf":[{"properties":{"a":{"type":"null"},"b":{}}}],
        "unevaluatedProperties":false}"#;
    let spec = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"Root":{schema}}}}}}}"#
    );
    let subject = Subject::of_text(&spec).expect("a document");
    let place = Place::named(&subject, "Root").expect("a schema");
    let judges = subject.judges(&place, place.direction);
    let judges = judges.unwrap_or_else(|findings| panic!("{findings:?}"));
    let record = br#"{"a":1,"b":2,"c":3}"#;
    let told: Vec<(String, &str)> = judges
        .plan()
        .explain(record)
        .into_iter()
        .map(|it| (it.pointer, it.code.as_str()))
        .collect();
    let wanted = [
        ("/a".to_owned(), "schema/type"),
        ("/c".to_owned(), "schema/unevaluated-properties"),
    ];
    assert_eq!(told, wanted);
    all("3.1.0", schema, r#"{"a":1,"b":2,"c":3}"#, Agreed::Invalid);
}
