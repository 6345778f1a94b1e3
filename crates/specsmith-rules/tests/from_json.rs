//! From text to a valid value, or to all that is wrong with it, each at its place.
#![cfg(all(feature = "derive", feature = "json", feature = "pattern"))]

use specsmith_rules::{Field, Report, Validate, from_json};

#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize, Validate)]
struct Agent {
    #[serde(rename = "externalAgentId")]
    #[validate(max_length = 8, pattern = r"[a-zA-Z0-9\-\_]+")]
    external_agent_id: String,
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    #[validate(maximum = 100)]
    ranking: Field<i64>,
    #[serde(
        default,
        with = "specsmith_rules::non_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(max_length = 2)]
    error: Option<String>,
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    platform: Field<Platform>,
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    #[validate(min_items = 1, max_items = 2, items(max_length = 2))]
    languages: Field<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
enum Platform {
    #[serde(rename = "IOS")]
    Ios,
    #[serde(rename = "ANDROID")]
    Android,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize, Validate)]
struct Batch {
    #[validate(min_items = 1, max_items = 3, nested)]
    items: Vec<Agent>,
}

/// Each violation as a line: the text at its span, the pointer, the code, the message.
fn lines<T: Validate + serde::de::DeserializeOwned>(json: &str) -> String {
    match from_json::<T>(json.as_bytes()) {
        Ok(_) => "valid".to_owned(),
        Err(Report::Json(error)) => {
            format!("{} {}", error.kind().code().unwrap_or("none"), error)
        }
        Err(Report::Violations(violations)) => {
            let lines = violations.iter().map(|it| {
                let span = it.span.clone().expect("every violation has its place");
                let help = it
                    .help()
                    .map(|help| format!("; {help}"))
                    .unwrap_or_default();
                format!(
                    "{} | {} | {} | {}{help}",
                    &json[span],
                    it.pointer,
                    it.code(),
                    it.message()
                )
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn what_is_valid_is_read() {
    let agent = from_json::<Agent>(br#"{"externalAgentId": "a-1", "ranking": 1e1, "new": [null]}"#)
        .expect("it is valid");
    assert_eq!(agent.ranking, Field::Value(10));
    assert!(agent.platform.is_absent());
    assert_eq!(agent.into_inner().external_agent_id, "a-1");
}

#[test]
fn broken_json_is_not_judged() {
    insta::assert_snapshot!(lines::<Agent>(r#"{"externalAgentId": 1,}"#), @"json/trailing-comma a comma stands before the closing bracket (byte 22)");
    insta::assert_snapshot!(lines::<Agent>(r#"{"externalAgentId": "a", "x": {"y": 1, "y": 2}}"#), @"json/duplicate-key the object has this key already (at /x/y, byte 39)");
    insta::assert_snapshot!(lines::<Agent>(r#"{"externalAgentId": "a", "ranking": 9223372036854775808}"#), @"model/not-representable the Rust type cannot hold this number exactly (at /ranking, byte 36)");
}

#[test]
fn all_rules_at_once() {
    let json = r#"{"externalAgentId": "%%%%%%%%%", "ranking": 101, "languages": ["en", "eng", "e"], "error": "abc"}"#;
    insta::assert_snapshot!(lines::<Agent>(json), @r#"
    "%%%%%%%%%" | /externalAgentId | schema/max-length | `externalAgentId` is 9 characters long, the limit is 8
    "%%%%%%%%%" | /externalAgentId | schema/pattern | `externalAgentId` does not match the pattern `[a-zA-Z0-9\-\_]+`
    101 | /ranking | schema/maximum | `ranking` is above the maximum of 100
    "abc" | /error | schema/max-length | `error` is 3 characters long, the limit is 2
    ["en", "eng", "e"] | /languages | schema/max-items | `languages` has 3 items, the limit is 2
    "eng" | /languages/1 | schema/max-length | item 1 is 3 characters long, the limit is 2
    "#);
}

#[test]
fn what_serde_refuses_is_said_with_the_rest() {
    let json = r#"{"items": [
        {"externalAgentId": "a", "ranking": "1", "error": null},
        {"ranking": 1.5, "platform": "ios", "languages": [1, "eng"]},
        {"externalAgentId": null, "ranking": 200},
        {"externalAgentId": "abcdefghi", "platform": 3, "languages": {}}
    ]}"#;
    insta::assert_snapshot!(lines::<Batch>(json), @r#"
    [
            {"externalAgentId": "a", "ranking": "1", "error": null},
            {"ranking": 1.5, "platform": "ios", "languages": [1, "eng"]},
            {"externalAgentId": null, "ranking": 200},
            {"externalAgentId": "abcdefghi", "platform": 3, "languages": {}}
        ] | /items | schema/max-items | `items` has 4 items, the limit is 3
    "1" | /items/0/ranking | schema/type | `ranking` is a string, not an integer; write a number, without quotes
    null | /items/0/error | schema/type | `error` is null, not a string
    { | /items/1 | schema/required | `externalAgentId` is required
    1.5 | /items/1/ranking | schema/type | `ranking` is a number with a fraction, not an integer
    "ios" | /items/1/platform | schema/enum | `platform` is not one of the 2 allowed values; did you mean `IOS`?
    1 | /items/1/languages/0 | schema/type | item 0 is a number, not a string; put it in double quotes
    "eng" | /items/1/languages/1 | schema/max-length | item 1 is 3 characters long, the limit is 2
    null | /items/2/externalAgentId | schema/type | `externalAgentId` is null, not a string
    200 | /items/2/ranking | schema/maximum | `ranking` is above the maximum of 100
    "abcdefghi" | /items/3/externalAgentId | schema/max-length | `externalAgentId` is 9 characters long, the limit is 8
    3 | /items/3/platform | schema/type | `platform` is a number, not a string; put it in double quotes
    {} | /items/3/languages | schema/type | `languages` is an object, not an array; put it into a list: `[…]`
    "#);
}

#[test]
fn the_whole_document() {
    insta::assert_snapshot!(lines::<Batch>("[]"), @"[] |  | schema/type | the document is an array, not an object");
    insta::assert_snapshot!(lines::<Batch>("{}"), @"{ |  | schema/required | `items` is required");
    insta::assert_snapshot!(lines::<Batch>(r#"{"items": []}"#), @"[] | /items | schema/min-items | `items` has 0 items, the minimum is 1");
    insta::assert_snapshot!(lines::<Batch>(r#"{"items": null}"#), @"null | /items | schema/type | `items` is null, not an array");
    insta::assert_snapshot!(lines::<Batch>(r#"{"items": [7]}"#), @"7 | /items/0 | schema/type | item 0 is a number, not an object");
}

#[test]
fn items_of_the_wrong_type_keep_their_places() {
    let json = r#"{"items": [7, {"externalAgentId": "a"}, 8, 9]}"#;
    insta::assert_snapshot!(lines::<Batch>(json), @r#"
    [7, {"externalAgentId": "a"}, 8, 9] | /items | schema/max-items | `items` has 4 items, the limit is 3
    7 | /items/0 | schema/type | item 0 is a number, not an object
    8 | /items/2 | schema/type | item 2 is a number, not an object
    9 | /items/3 | schema/type | item 3 is a number, not an object
    "#);
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize, Validate)]
struct Odd {
    union: Union,
    pair: Option<(u8, u8)>,
    #[validate(maximum = 3)]
    count: u8,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(untagged)]
enum Union {
    Text(String),
    Number(u8),
}

#[test]
fn what_is_said_in_words_of_its_own() {
    insta::assert_snapshot!(lines::<Odd>(r#"{"union": [], "count": 4}"#), @"[] | /union | schema/any-of | `union` fits none of the alternatives");
    insta::assert_snapshot!(lines::<Odd>(r#"{"union": 1, "pair": [1], "count": 4}"#), @"[1] | /pair | schema/type | `pair` is an array, which is not allowed here");
    insta::assert_snapshot!(lines::<Odd>(r#"{"union": 1, "count": 256}"#), @"model/not-representable the Rust type cannot hold this number exactly (at /count, byte 22)");
}

#[test]
fn round_trips() {
    for json in [
        r#"{"externalAgentId":"a"}"#,
        r#"{"externalAgentId":"a","ranking":null,"platform":null,"languages":null}"#,
        r#"{"externalAgentId":"a","ranking":3,"error":"","platform":"IOS","languages":["en"]}"#,
    ] {
        let agent = from_json::<Agent>(json.as_bytes()).expect("it is valid");
        assert_eq!(serde_json::to_string(&agent).expect("it is JSON"), json);
    }
}

#[test]
fn thousands_of_mistakes_end() {
    let item = r#"{"externalAgentId": 1}"#;
    let json = format!("{{\"items\": [{}]}}", [item; 2000].join(","));
    let Err(Report::Violations(violations)) = from_json::<Batch>(json.as_bytes()) else {
        panic!("it is full of mistakes");
    };
    assert!(violations.len() > 250);
    assert!(violations.iter().all(|it| it.code() == "schema/type"));
}

/// One of two types.
#[derive(Debug, PartialEq, Validate)]
enum Id {
    Number(i64),
    Text(String),
}

specsmith_rules::union!(Id { Number(i64), Text(String) });

#[test]
fn a_number_that_no_branch_can_hold_is_not_called_invalid() {
    let judged =
        |json: &str| from_json::<Id>(json.as_bytes()).map(specsmith_rules::Valid::into_inner);
    let fits = |json: &str| judged(json).expect("one of them");
    assert_eq!(fits("9223372036854775807"), Id::Number(i64::MAX));
    assert_eq!(fits("\"a\""), Id::Text("a".to_owned()));
    let too_large = judged("9223372036854775808").expect_err("too large for `i64`");
    assert!(too_large.is_not_representable(), "{too_large}");
    let neither = judged("true").expect_err("neither of them");
    assert_eq!(neither.codes(), ["schema/any-of"]);
}

#[derive(Debug, PartialEq, serde::Deserialize, Validate)]
struct Counted {
    count: i64,
}

#[derive(Debug, PartialEq, serde::Deserialize, Validate)]
struct Named {
    #[validate(max_length = 1)]
    name: String,
}

/// Objects of two types.
#[derive(Debug, PartialEq, Validate)]
enum Thing {
    Counted(#[validate(nested)] Counted),
    Named(#[validate(nested)] Named),
}

specsmith_rules::union!(Thing { Counted(Counted), Named(Named) });

#[test]
fn a_union_is_made_of_what_its_variants_hold() {
    #[derive(Debug, PartialEq, Validate)]
    enum Tree {
        Leaf(String),
        Leaves(Vec<String>),
        Inner(#[validate(nested)] Box<Inner>),
    }
    #[derive(Debug, PartialEq, serde::Deserialize, Validate)]
    struct Inner {
        left: Option<Box<Tree>>,
    }
    specsmith_rules::union!(Tree { Leaf(String), Leaves(Vec<String>), Inner(Box<Inner>) });

    let leaf = Tree::from("a".to_owned());
    assert_eq!(leaf, Tree::Leaf("a".to_owned()));
    let inner = || Inner {
        left: Some(Box::new("a".to_owned().into())),
    };
    let boxed = Tree::Inner(Box::new(inner()));
    assert_eq!(Tree::from(inner()), boxed);
    assert_eq!(Tree::from(Box::new(inner())), boxed);
    assert_eq!(
        Tree::from(vec![String::new()]),
        Tree::Leaves(vec![String::new()])
    );
}

#[test]
fn a_number_that_one_branch_cannot_hold_comes_before_another_that_is_invalid() {
    let judged = |json: &str| from_json::<Thing>(json.as_bytes()).map(|_| ());
    assert!(judged(r#"{"count": 9223372036854775807, "name": "ab"}"#).is_ok());
    assert!(judged(r#"{"count": 9223372036854775808, "name": "a"}"#).is_ok());
    let unsure = judged(r#"{"count": 9223372036854775808, "name": "ab"}"#);
    let unsure = unsure.expect_err("too large for `i64`, and too long a name");
    assert!(unsure.is_not_representable(), "{unsure}");
    let invalid = judged(r#"{"name": "ab"}"#).expect_err("too long a name");
    assert_eq!(invalid.codes(), ["schema/max-length"]);
}
