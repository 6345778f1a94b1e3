//! The serde `Deserializer`: what it takes, what it refuses, and at which bytes.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use specsmith_json::de::{Wanted, from_slice_with};
use specsmith_json::{
    ErrorKind, FaultKind, Kind, Limits, Node, Number, from_node, from_slice, from_str, read,
};

/// Reads `text` as a `T`, by the bytes and by the tree, and asserts that both say the same.
#[track_caller]
fn check<T: DeserializeOwned + PartialEq + Debug>(text: &str, expected: T) {
    assert_eq!(from_str::<T>(text).expect("fits"), expected);
    let root = read(text.as_bytes(), &Limits::default())
        .root
        .expect("well-formed");
    assert_eq!(from_node::<T>(&root).expect("fits"), expected);
}

/// Asserts the error of `text` as a `T`: the part of the text it points at, its pointer, its
/// words. The tree must say the same, if the text is JSON.
#[track_caller]
fn refuse<T: DeserializeOwned + Debug>(
    text: &str,
    part: &str,
    pointer: &str,
    words: &str,
) -> ErrorKind {
    let error = from_str::<T>(text).expect_err("does not fit");
    let found = (
        error.span().of_text(text),
        error.pointer(),
        error.kind().to_string(),
    );
    assert_eq!(found, (Some(part), pointer, words.to_owned()));
    let reading = read(text.as_bytes(), &Limits::default());
    if let (Some(root), []) = (reading.root, reading.duplicates.as_slice()) {
        let again = from_node::<T>(&root).expect_err("does not fit");
        assert_eq!(again.kind(), error.kind());
        assert_eq!(
            (again.span(), again.pointer()),
            (error.span(), error.pointer())
        );
    }
    error.into_parts().0
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Customer {
    id: String,
    #[serde(default)]
    age: Option<i64>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Tag {
    Plain,
    Named(String),
    Pair(i32, i32),
    Full { name: String },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    #[serde(rename = "a", alias = "b")]
    _a: i32,
}

#[test]
fn ordinary_values() {
    check("null", ());
    check("null", None::<i64>);
    check(" 12 ", Some(12));
    check("[true, false]", (true, false));
    check(r#""a\u00e9\ud83d\ude00""#, "aé😀".to_owned());
    check(r#""x""#, 'x');
    check(
        r#"{"1": "a", "-2": "b"}"#,
        BTreeMap::from([(1, "a".to_owned()), (-2, "b".to_owned())]),
    );
    check(
        r#"{"id": "7", "other": [{"x": null}], "tags": ["Plain", {"Named": "n"}, {"Pair": [1, 2]}, {"Full": {"name": "f"}}]}"#,
        Customer {
            id: "7".to_owned(),
            age: None,
            tags: vec![
                Tag::Plain,
                Tag::Named("n".to_owned()),
                Tag::Pair(1, 2),
                Tag::Full {
                    name: "f".to_owned(),
                },
            ],
        },
    );
}

#[test]
fn strings_are_borrowed_where_they_can_be() {
    let fields: HashMap<&str, &str> = from_str(r#"{"a": "x", "b": "yé"}"#).expect("borrowed");
    assert_eq!(fields.get("b"), Some(&"yé"));
    from_str::<&str>(r#""\n""#).expect_err("an escape cannot be borrowed");
}

#[test]
fn integers_by_value_not_by_spelling() {
    check("1.0", 1i64);
    check("1e2", 100u8);
    check("-12.50e1", -125i32);
    check("-0", 0u64);
    check("0e99999999999", 0i8);
    check("9223372036854775807", i64::MAX);
    check("-9223372036854775808", i64::MIN);
    check("18446744073709551615.0", u64::MAX);
    check("-170141183460469231731687303715884105728", i128::MIN);
    check("340282366920938463463374607431768211455", u128::MAX);
    let words = "the Rust type cannot hold this number exactly";
    refuse::<Vec<i64>>(
        "[1, 9223372036854775808]",
        "9223372036854775808",
        "/1",
        words,
    );
    refuse::<i64>("1e400", "1e400", "", words);
    refuse::<u8>("256", "256", "", words);
    refuse::<u64>("-1", "-1", "", words);
    let kind = refuse::<Vec<i64>>(
        "[1, 1.5]",
        "1.5",
        "/1",
        "the value is of type number, not integer",
    );
    let expected = ErrorKind::Type {
        expected: "i64".to_owned(),
        wanted: Some(Wanted::Integer),
        found: Kind::Number,
    };
    assert_eq!(kind, expected);
}

#[test]
fn floats_only_if_they_round_trip() {
    check("0.1", 0.1f64);
    check("1", 1.0f64);
    check("1e300", 1e300f64);
    check("-0.0", 0.0f64);
    check("0.1", 0.1f32);
    check("1.7976931348623157e308", f64::MAX);
    check("5e-324", 5e-324f64);
    let words = "the Rust type cannot hold this number exactly";
    refuse::<f64>("9007199254740993", "9007199254740993", "", words);
    refuse::<f64>("1e400", "1e400", "", words);
    refuse::<f64>("1e-400", "1e-400", "", words);
    refuse::<f64>(
        "0.1000000000000000055511151231257827",
        "0.1000000000000000055511151231257827",
        "",
        words,
    );
    refuse::<f32>("0.123456789", "0.123456789", "", words);
    refuse::<f32>("1e39", "1e39", "", words);
}

#[test]
fn types_are_not_stretched() {
    let refuse_customer = refuse::<Customer>;
    refuse_customer(
        r#"["7"]"#,
        r#"["7"]"#,
        "",
        "the value is of type array, not object",
    );
    refuse_customer(
        r#"{"id": 7}"#,
        "7",
        "/id",
        "the value is of type number, not string",
    );
    refuse_customer(
        r#"{"id": null}"#,
        "null",
        "/id",
        "the value is of type null, not string",
    );
    refuse_customer(
        r#"{"id": {"a": [1]}}"#,
        r#"{"a": [1]}"#,
        "/id",
        "the value is of type object, not string",
    );
    refuse_customer(
        r#"{"id": "", "age": "5"}"#,
        r#""5""#,
        "/age",
        "the value is of type string, not integer",
    );
    refuse_customer(
        r#"{"id": "", "tags": {}}"#,
        "{}",
        "/tags",
        "the value is of type object, not array",
    );
    refuse::<bool>("0", "0", "", "the value is of type number, not boolean");
    refuse::<()>(
        "false",
        "false",
        "",
        "the value is of type boolean, not null",
    );
    refuse::<f64>(
        r#""1""#,
        r#""1""#,
        "",
        "the value is of type string, not number",
    );
    refuse::<Tag>("1", "1", "", "the value is of type number, not string");
    refuse::<Tag>(
        r#"{"Plain": null}"#,
        r#"{"Plain": null}"#,
        "",
        "the value is of type object, not string",
    );
    refuse::<Tag>(
        r#""Named""#,
        r#""Named""#,
        "",
        "the value is of type string, not object",
    );
    refuse::<Tag>(
        r#"{"Pair": {}}"#,
        "{}",
        "/Pair",
        "the value is of type object, not array",
    );
    refuse::<Tag>(
        r#"{"Full": []}"#,
        "[]",
        "/Full",
        "the value is of type array, not object",
    );
}

#[test]
fn missing_and_unknown() {
    let kind = refuse::<Vec<Customer>>(r#"[{"id": ""}, {"age": 1}]"#, "{", "/1", "`id` is missing");
    assert_eq!(kind, ErrorKind::MissingField("id"));
    let kind = refuse::<Strict>(
        r#"{"a": 1, "c": 2}"#,
        r#""c""#,
        "/c",
        "there is no such property",
    );
    assert_eq!(
        kind,
        ErrorKind::UnknownField {
            expected: &["a", "b"]
        }
    );
    let kind = refuse::<Strict>(r#"{"a": 1, "b": 2}"#, "{", "", "`a` is given twice");
    assert_eq!(kind, ErrorKind::DuplicateField("a"));
    let kind = refuse::<Vec<Tag>>(
        r#"["Plain", "plain"]"#,
        r#""plain""#,
        "/1",
        "the value is not one of the 4 allowed",
    );
    assert_eq!(
        kind,
        ErrorKind::UnknownVariant {
            expected: &["Plain", "Named", "Pair", "Full"]
        }
    );
    refuse::<Tag>(
        r#"{"plain": 1}"#,
        r#""plain""#,
        "/plain",
        "the value is not one of the 4 allowed",
    );
}

#[test]
fn lengths() {
    refuse::<(i32, i32)>(
        "[1]",
        "[1]",
        "",
        "the length does not fit a tuple of size 2",
    );
    refuse::<Vec<(i32, i32)>>(
        "[[1, 2, 3]]",
        "[1, 2, 3]",
        "/0",
        "the length does not fit fewer items",
    );
    refuse::<Tag>(
        "{}",
        "{}",
        "",
        "the length does not fit an object of one property",
    );
    refuse::<Tag>(
        r#"{"Named": "", "Pair": [1, 2]}"#,
        r#"{"Named": "", "Pair": [1, 2]}"#,
        "",
        "the length does not fit an object of one property",
    );
    refuse::<char>(r#""ab""#, r#""ab""#, "", "this value is not a character");
}

#[test]
fn duplicate_keys_at_every_depth() {
    let words = "the object has this key already";
    refuse::<Customer>(r#"{"id": "", "id": ""}"#, r#""id""#, "/id", words);
    refuse::<Customer>(
        r#"{"id": "", "x": 1, "\u0078": 2}"#,
        r#""\u0078""#,
        "/x",
        words,
    );
    refuse::<Customer>(
        r#"{"id": "", "x": [{"y/": 1, "y/": 1}]}"#,
        r#""y/""#,
        "/x/0/y~1",
        words,
    );
    refuse::<IgnoredAny>(
        r#"[{"a": {"b": 1, "c": 2, "b": 3}}]"#,
        r#""b""#,
        "/0/a/b",
        words,
    );
    refuse::<HashMap<String, i32>>(r#"{"a": 1, "a": 1}"#, r#""a""#, "/a", words);
    refuse::<serde_json::Value>(r#"{"a": 1, "a": 1}"#, r#""a""#, "/a", words);
    refuse::<Node>(r#"[{"a": 1, "a": 1}]"#, r#""a""#, "/0/a", words);
    let error = from_str::<IgnoredAny>(r#"{"k": 1, "k": 2}"#).expect_err("twice");
    assert_eq!(error.span().start, 9);
    let ErrorKind::DuplicateKey { first } = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(first.start, 1);
    // A key may occur in an object and in another inside it.
    from_str::<IgnoredAny>(r#"{"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 1}]}"#)
        .expect("no duplicate");
}

#[test]
fn broken_text_comes_first() {
    let error = from_str::<Customer>(r#"{"id": 7, "x": [1,]}"#).expect_err("broken");
    assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::TrailingComma));
    assert_eq!((error.span().start, error.pointer()), (18, "/x"));
    let error = from_str::<Customer>(r#"{"id": ""} x"#).expect_err("broken");
    assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::TrailingText));
    let error = from_slice::<String>(b"\"a\xff\"").expect_err("broken");
    assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::InvalidUtf8));
    let error = from_slice::<IgnoredAny>(b"{\0\"\0a\0").expect_err("broken");
    assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::NotUtf8));
    let error = from_slice::<IgnoredAny>(b"\xef\xbb\xbf{}").expect_err("broken");
    assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::ByteOrderMark));
    for text in [
        "", "[", "[1", r#"{"a""#, r#"{"a":"#, "nul", "-", "\"", "]", "{,}", "[1 2]",
    ] {
        let error = from_str::<IgnoredAny>(text).expect_err("broken");
        let fault = read(text.as_bytes(), &Limits::default())
            .faults
            .pop()
            .expect("broken");
        assert_eq!(
            (error.kind(), error.span()),
            (&ErrorKind::Json(fault.kind), fault.span)
        );
    }
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    from_str::<IgnoredAny>(&nested(128)).expect("within the limit");
    from_str::<serde_json::Value>(&nested(128)).expect("within the limit");
    for text in [nested(129), nested(1_000_000)] {
        let error = from_str::<IgnoredAny>(&text).expect_err("too deep");
        assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::TooDeep));
        assert_eq!(error.span().start, 128);
        let error = from_str::<serde_json::Value>(&text).expect_err("too deep");
        assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::TooDeep));
        let error = from_str::<Node>(&text).expect_err("too deep");
        assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::TooDeep));
    }
}

#[test]
fn the_deepest_setting_is_safe() {
    let limits = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    let text = format!("{}{}", "[{\"a\":".repeat(5000), "}]".repeat(5000));
    let seed = PhantomData::<serde_json::Value>;
    let error = from_slice_with(text.as_bytes(), &limits, seed).expect_err("too deep");
    assert_eq!(error.kind(), &ErrorKind::Json(FaultKind::TooDeep));
    assert_eq!(error.pointer(), "/0/a".repeat(Limits::DEEPEST / 2));
    let deepest = Limits::DEEPEST / 2;
    let text = format!("{}1{}", "[{\"a\":".repeat(deepest), "}]".repeat(deepest));
    from_slice_with(text.as_bytes(), &limits, PhantomData::<Node>).expect("within the limit");
    let reading = read(text.as_bytes(), &limits);
    let root = reading.root.expect("within the limit");
    assert!(root.clone().same_value(&root));
    assert_eq!(root.to_string(), text);
}

#[test]
fn buffered_content_keeps_the_rules() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Integer(i64),
        Float(f64),
        Text(String),
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Open {
        id: i64,
        #[serde(flatten)]
        rest: BTreeMap<String, Either>,
    }
    check("2.0", Either::Integer(2));
    check("2.5", Either::Float(2.5));
    check(
        r#"{"id": 1e0, "a": 1, "b": "x"}"#,
        Open {
            id: 1,
            rest: BTreeMap::from([
                ("a".to_owned(), Either::Integer(1)),
                ("b".to_owned(), Either::Text("x".to_owned())),
            ]),
        },
    );
    let error = from_str::<Open>(r#"{"id": 1, "a": {"b": 1, "b": 1}}"#).expect_err("twice");
    assert_eq!(error.pointer(), "/a/b");
    let words = "the Rust type cannot hold this number exactly";
    refuse::<Either>(
        "0.12345678901234567890123",
        "0.12345678901234567890123",
        "",
        words,
    );
}

#[test]
fn nodes_keep_spans_and_digits() {
    #[derive(Debug, Deserialize)]
    struct Holder {
        number: Number,
        extra: Node,
    }
    let text = r#" {"number": 1.10e400, "extra": {"a": [1.0, "x"]}}"#;
    let holder: Holder = from_str(text).expect("fits");
    assert_eq!(holder.number.as_str(), "1.10e400");
    let item = holder.extra.pointer("/a/0").expect("there");
    assert_eq!(item.span.of_text(text), Some("1.0"));
    assert_eq!(item.as_number().map(Number::as_str), Some("1.0"));
    assert_eq!(
        holder.extra.span.of_text(text),
        Some(r#"{"a": [1.0, "x"]}"#)
    );

    let root = read(text.as_bytes(), &Limits::default())
        .root
        .expect("well-formed");
    let again: Holder = from_node(&root).expect("fits");
    assert_eq!(again.number.as_str(), "1.10e400");
    assert!(again.extra.same_value(&holder.extra));

    let foreign: Holder =
        serde_json::from_str(r#"{"number": 1.5, "extra": {"a": [1, "x"]}}"#).expect("fits");
    assert_eq!(foreign.number.as_str(), "1.5");
    assert!(foreign.extra.same_value(&holder.extra));
    let written = serde_json::to_string(&foreign.extra).expect("serialises");
    assert_eq!(written, r#"{"a":[1,"x"]}"#);

    refuse::<Number>(
        r#""1""#,
        r#""1""#,
        "",
        "the value is of type string, not number",
    );
    serde_json::from_str::<Number>(r#""1""#).expect_err("a string is no number");
    serde_json::to_string(&Number::new("1e400")).expect_err("no form for it");
}

#[test]
fn bytes() {
    #[derive(Debug, PartialEq)]
    struct Bytes(Vec<u8>);
    impl<'de> Deserialize<'de> for Bytes {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl serde::de::Visitor<'_> for Visitor {
                type Value = Bytes;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("bytes")
                }
                fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                    Ok(Bytes(bytes.to_vec()))
                }
            }
            deserializer.deserialize_bytes(Visitor)
        }
    }
    check(r#""a\n""#, Bytes(b"a\n".to_vec()));
    refuse::<Bytes>(
        "true",
        "true",
        "",
        "the value is of type boolean, not string",
    );
}

/// serde's untagged enums read into a buffer, and know no place when they give up.
#[test]
fn what_an_untagged_enum_refuses_has_its_place() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "it is only read into")]
    enum Union {
        Text(String),
        Flag(bool),
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "it is only read into")]
    struct Holder {
        first: Union,
        more: Vec<Union>,
    }
    for (text, pointer, value) in [
        (r#"{"first":  [], "more": []}"#, "/first", "[]"),
        (r#"{"first": "", "more": [true,  1 ]}"#, "/more/1", "1"),
    ] {
        let error = specsmith_json::from_str::<Holder>(text).expect_err("no variant fits");
        assert_eq!(
            (error.pointer(), error.span().of_text(text)),
            (pointer, Some(value))
        );
        let tree = specsmith_json::read(text.as_bytes(), &Limits::default())
            .root
            .expect("it is JSON");
        let error = specsmith_json::from_node::<Holder>(&tree).expect_err("no variant fits");
        assert_eq!(
            (error.pointer(), error.span().of_text(text)),
            (pointer, Some(value))
        );
    }
}
