//! What `#[derive(JsonRecord)]` reads, refuses and writes.
#![cfg(all(feature = "derive", feature = "json"))]
#![allow(
    non_upper_case_globals,
    dead_code,
    reason = "names that the derive's own must not meet"
)]

use std::collections::BTreeMap;

use specsmith_rules::{Field, JsonRecord, Report, Validate, from_json};

#[derive(Clone, Debug, PartialEq, JsonRecord, Validate)]
struct Agent {
    #[serde(rename = "externalAgentId")]
    #[validate(max_length = 8)]
    id: String,
    note: Option<String>,
    r#type: Field<u8>,
    #[record(required)]
    parent: Option<Box<Agent>>,
}

#[derive(Clone, Debug, Default, PartialEq, JsonRecord, Validate)]
#[serde(deny_unknown_fields)]
struct Closed {
    any: Option<serde_json::Value>,
}

#[derive(Clone, Debug, Default, PartialEq, JsonRecord, Validate)]
struct Scores {
    #[serde(rename = "Name")]
    name: Option<String>,
    #[serde(flatten)]
    #[validate(values(maximum = 9))]
    others: BTreeMap<String, u8>,
}

#[derive(Clone, Debug, Default, PartialEq, JsonRecord, Validate)]
struct Nothing {}

/// The value written again, or what is wrong with it.
fn again<T: Validate + serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> String {
    match from_json::<T>(json.as_bytes()) {
        Ok(value) => serde_json::to_string(&value.into_inner()).expect("it can be written"),
        Err(Report::Json(error)) => error.to_string(),
        Err(Report::Violations(violations)) => violations.to_string(),
    }
}

#[test]
fn absent_null_and_a_value_stay_what_they_are() {
    for json in [
        r#"{"externalAgentId":"a","parent":null}"#,
        r#"{"externalAgentId":"a","note":"","type":null,"parent":null}"#,
        r#"{"externalAgentId":"a","note":"n","type":7,"parent":{"externalAgentId":"b","parent":null}}"#,
    ] {
        assert_eq!(again::<Agent>(json), json);
        let plain: Agent = serde_json::from_str(json).expect("serde alone reads it");
        assert_eq!(
            serde_json::to_string(&plain).expect("it can be written"),
            json
        );
    }
    assert_eq!(again::<Closed>(r#"{"any":null}"#), r#"{"any":null}"#);
    assert_eq!(again::<Nothing>(r#"{"a":1}"#), "{}");
}

#[test]
fn the_order_is_free_and_the_unknown_is_passed_over() {
    assert_eq!(
        again::<Agent>(
            r#"{"parent":null,"x":{"id":[1]},"type":1,"externalAgentId":"a","note":"n"}"#
        ),
        r#"{"externalAgentId":"a","note":"n","type":1,"parent":null}"#
    );
}

#[test]
fn what_is_wrong_is_said() {
    let said = [
        again::<Agent>("{}"),
        again::<Agent>("[]"),
        again::<Agent>(r#"{"externalAgentId":null,"note":null,"type":"1","parent":{}}"#),
        again::<Agent>(r#"{"externalAgentId":"a","parent":null,"externalAgentId":"b"}"#),
        again::<Closed>(r#"{"an":1,"any":1}"#),
        again::<Scores>(r#"{"Name":"n","a":10,"b":"1"}"#),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    `externalAgentId` is required
    `parent` is required
    the document is an array, not an object
    /externalAgentId: `externalAgentId` is null, not a string
    /note: `note` is null, not a string
    /type: `type` is a string, not an integer
    /parent: `externalAgentId` is required
    /parent: `parent` is required
    the object has this key already (at /externalAgentId, byte 37)
    the document has a property that the schema does not allow
    /a: the value is above the maximum of 9
    /b: `b` is a string, not an integer
    ");
}

#[test]
fn serde_alone_refuses_a_property_given_twice() {
    let twice = |json: &str| serde_json::from_str::<Agent>(json).map_err(|it| it.to_string());
    assert_eq!(
        twice(r#"{"note":"a","note":"b"}"#),
        Err("duplicate field `note` at line 1 column 18".to_owned())
    );
    assert!(twice(r#"{"type":null,"type":1}"#).is_err());
    assert!(serde_json::from_str::<Scores>(r#"{"x":1,"x":2}"#).is_err());
}

#[test]
fn the_rest_is_kept() {
    let json = r#"{"Name":"n","a":1,"b":2}"#;
    assert_eq!(again::<Scores>(json), json);
    let scores = from_json::<Scores>(json.as_bytes()).expect("it is valid");
    assert_eq!(
        scores.others,
        BTreeMap::from([("a".into(), 1), ("b".into(), 2)])
    );
}

/// Types and constants with the names that a derive's output might use itself.
#[test]
fn no_name_around_is_taken_for_one_of_the_output() {
    #[derive(Clone, Debug, PartialEq, JsonRecord)]
    struct M {
        name: u8,
    }
    type D = M;
    type S = M;
    type W = M;
    const name: u8 = 1;
    const index: usize = 0;
    #[derive(Clone, Debug, PartialEq, JsonRecord)]
    struct All {
        m: M,
        d: D,
        s: Option<S>,
        w: Field<W>,
        index: u8,
        members: u8,
        out: u8,
    }
    let json = r#"{"m":{"name":1},"d":{"name":2},"index":3,"members":4,"out":5}"#;
    let all: All = serde_json::from_str(json).expect("it fits");
    assert_eq!((all.m.name, all.d.name, all.out), (1, 2, 5));
    assert_eq!(
        serde_json::to_string(&all).expect("it can be written"),
        json
    );
}
