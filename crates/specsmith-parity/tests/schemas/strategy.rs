//! Texts of schemas and of instances, from one small vocabulary, so that they meet.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

/// Which keywords there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    V3_0,
    V3_1,
}

impl Dialect {
    /// A document whose components are `Root` and `Other`.
    pub(crate) fn document(self, root: &str, other: &str) -> String {
        self.document_of(&format!(r#""Root":{root},"Other":{other}"#))
    }

    /// A document of those components.
    pub(crate) fn document_of(self, components: &str) -> String {
        let version = match self {
            Self::V3_0 => "3.0.3",
            Self::V3_1 => "3.1.0",
        };
        format!(
            r#"{{"openapi":"{version}","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{{components}}}}}}}"#
        )
    }
}

/// A keyword and its value.
type Entry = (&'static str, String);

const NAMES: [&str; 6] = ["a", "b", "c", "ab", "é", "kind"];
const PATTERNS: [&str; 9] = [
    "^a",
    "b$",
    "^[a-c]+$",
    "[0-9]",
    r"a\-b",
    r"^\\S*$",
    "a|b",
    "^(?!a)",
    r"^\\p{L}$",
];
/// Formats that are asserted of strings and of numbers, and two that are not.
const FORMATS: [&str; 21] = [
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "regex",
    "json-pointer",
    "relative-json-pointer",
    "int32",
    "int64",
    "double",
    "unknown",
];
const STRINGS: [&str; 24] = [
    "",
    "a",
    "b",
    "ab",
    "abc",
    "é",
    "😀",
    r"\\ud83d\\ude00",
    r"\\u0061",
    "a-b",
    "1",
    "kind",
    "2022-02-28",
    "2022-02-30",
    "2022-02-28T10:00:00Z",
    "a@b.c",
    "127.0.0.1",
    "::1",
    "8033618d-bf49-4ed3-8b6e-32c7a4bd7d55",
    "http://a.b/c",
    r"\\n",
    "(",
    "%",
    "/a~1b",
];
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "1",
    "2",
    "3",
    "5",
    "-1",
    "0.5",
    "1.5",
    "2.0",
    "1e0",
    "10e-1",
    "0.1",
    "0.3",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "1e400",
    "9007199254740993",
    "0.30000000000000004",
    "1e-400",
];
const BOUNDS: [&str; 14] = [
    "0",
    "1",
    "2",
    "3",
    "-1",
    "0.5",
    "1.5",
    "2.0",
    "1e1",
    "9223372036854775807",
    "9007199254740993",
    "1e400",
    "0.3",
    "-9223372036854776000",
];
const STEPS: [&str; 7] = ["1", "2", "0.5", "0.1", "1.5", "3", "1e-2"];

/// A JSON value near what schemas speak of.
pub(crate) fn instance() -> impl Strategy<Value = String> {
    literal(3)
}

fn literal(depth: u32) -> BoxedStrategy<String> {
    let plain = prop_oneof![
        2 => Just("null".to_owned()),
        2 => prop_oneof![Just("true"), Just("false")].prop_map(str::to_owned),
        5 => choice(&NUMBERS),
        5 => choice(&STRINGS).prop_map(|it| quoted(&it)),
        1 => Just("[]".to_owned()),
        1 => Just("{}".to_owned()),
    ];
    plain
        .prop_recursive(depth, 16, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(","))),
                vec((choice(&NAMES), inner), 0..5).prop_map(object),
            ]
        })
        .boxed()
}

/// A schema: mostly an object of a few keywords that may go together.
pub(crate) fn schema(dialect: Dialect) -> BoxedStrategy<String> {
    let leaf = vec(prop_oneof![plain(dialect), typed(dialect)], 0..3).prop_map(entries);
    let mut leaf = leaf.boxed();
    if dialect == Dialect::V3_1 {
        leaf = prop_oneof![12 => leaf, 1 => Just("true".to_owned()), 1 => Just("false".to_owned())]
            .boxed();
    }
    let leaf = match dialect {
        Dialect::V3_0 => prop_oneof![16 => leaf, 2 => reference()].boxed(),
        Dialect::V3_1 => prop_oneof![16 => leaf, 2 => reference(), 2 => dynamic()].boxed(),
    };
    leaf.prop_recursive(3, 24, 4, move |inner| {
        let entry = prop_oneof![
            3 => plain(dialect),
            3 => typed(dialect),
            6 => nested(dialect, inner),
        ];
        vec(entry, 1..6).prop_map(entries)
    })
    .boxed()
}

fn reference() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r##"{"$ref":"#/components/schemas/Other"}"##.to_owned()),
        Just(r##"{"properties":{"a":{"$ref":"#/components/schemas/Root"}}}"##.to_owned()),
        Just(r##"{"items":{"$ref":"#/components/schemas/Other"},"nullable":true}"##.to_owned()),
    ]
}

fn dynamic() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r##"{"$id":"http://x/tree","$dynamicAnchor":"node","type":"object","properties":{"a":{"$dynamicRef":"#node"}}}"##.to_owned()),
        Just(r##"{"$id":"http://x/strict","$dynamicAnchor":"node","$ref":"http://x/base","unevaluatedProperties":false,"$defs":{"base":{"$id":"http://x/base","$dynamicAnchor":"node","type":"object","properties":{"a":{"$dynamicRef":"#node"},"b":true}}}}"##.to_owned()),
        Just(r##"{"$defs":{"n":{"$anchor":"n","type":"integer"}},"$ref":"#/components/schemas/Other"}"##.to_owned()),
    ]
}

/// Keywords about the value as a whole.
fn plain(dialect: Dialect) -> BoxedStrategy<Entry> {
    let kinds = ["object", "array", "string", "number", "integer", "boolean"];
    let kind = choice(&kinds).prop_map(|it| ("type", quoted(&it)));
    let listed = vec(literal(1), 1..4).prop_map(|it| ("enum", format!("[{}]", it.join(","))));
    match dialect {
        Dialect::V3_0 => prop_oneof![
            6 => kind,
            2 => listed,
            2 => boolean().prop_map(|it| ("nullable", it)),
            1 => boolean().prop_map(|it| ("deprecated", it)),
            1 => literal(1).prop_map(|it| ("default", it)),
        ]
        .boxed(),
        Dialect::V3_1 => {
            let kinds = [
                "object", "array", "string", "number", "integer", "boolean", "null",
            ];
            let several = proptest::sample::subsequence(kinds.to_vec(), 1..4).prop_map(|it| {
                let names: Vec<String> = it.iter().map(|it| quoted(it)).collect();
                ("type", format!("[{}]", names.join(",")))
            });
            prop_oneof![
                5 => kind,
                3 => several,
                2 => listed,
                2 => literal(1).prop_map(|it| ("const", it)),
            ]
            .boxed()
        }
    }
}

/// Keywords about one type, without schemas in them.
fn typed(dialect: Dialect) -> BoxedStrategy<Entry> {
    let exclusive = |name: &'static str| match dialect {
        Dialect::V3_0 => boolean().prop_map(move |it| (name, it)).boxed(),
        Dialect::V3_1 => choice(&BOUNDS).prop_map(move |it| (name, it)).boxed(),
    };
    let size = |name: &'static str| (0_u8..4).prop_map(move |it| (name, it.to_string()));
    let names = || proptest::sample::subsequence(NAMES.to_vec(), 1..4).prop_map(|it| list(&it));
    let common = prop_oneof![
        choice(&BOUNDS).prop_map(|it| ("minimum", it)),
        choice(&BOUNDS).prop_map(|it| ("maximum", it)),
        exclusive("exclusiveMinimum"),
        exclusive("exclusiveMaximum"),
        choice(&STEPS).prop_map(|it| ("multipleOf", it)),
        size("minLength"),
        size("maxLength"),
        choice(&PATTERNS).prop_map(|it| ("pattern", quoted(&it))),
        choice(&FORMATS).prop_map(|it| ("format", quoted(&it))),
        size("minItems"),
        size("maxItems"),
        boolean().prop_map(|it| ("uniqueItems", it)),
        size("minProperties"),
        size("maxProperties"),
        names().prop_map(|it| ("required", it)),
    ];
    match dialect {
        Dialect::V3_0 => common.boxed(),
        Dialect::V3_1 => prop_oneof![
            12 => common,
            1 => size("minContains"),
            1 => size("maxContains"),
            1 => (choice(&NAMES), names())
                .prop_map(|(name, asked)| ("dependentRequired", object(vec![(name, asked)]))),
        ]
        .boxed(),
    }
}

/// Keywords with schemas in them.
fn nested(dialect: Dialect, inner: BoxedStrategy<String>) -> BoxedStrategy<Entry> {
    let some = |name: &'static str, inner: BoxedStrategy<String>| {
        vec(inner, 1..4).prop_map(move |it| (name, format!("[{}]", it.join(","))))
    };
    let one =
        |name: &'static str, inner: BoxedStrategy<String>| inner.prop_map(move |it| (name, it));
    let map = |name: &'static str, inner: BoxedStrategy<String>| {
        vec((choice(&NAMES), inner), 1..4).prop_map(move |it| (name, object(it)))
    };
    let rest = prop_oneof![boolean().boxed(), inner.clone()];
    let accessed = (inner.clone(), choice(&["readOnly", "writeOnly"])).prop_map(|(it, access)| {
        match it.strip_prefix('{') {
            Some("}") => format!("{{\"{access}\":true}}"),
            Some(keywords) if !keywords.contains("Only\"") => {
                format!("{{\"{access}\":true,{keywords}")
            }
            Some(_) | None => format!("{{\"{access}\":true}}"),
        }
    });
    let common = prop_oneof![
        4 => map("properties", inner.clone()),
        1 => map("properties", accessed.boxed()),
        2 => rest.prop_map(|it| ("additionalProperties", it)),
        2 => one("items", inner.clone()),
        2 => some("allOf", inner.clone()),
        2 => some("anyOf", inner.clone()),
        2 => some("oneOf", inner.clone()),
        1 => one("not", inner.clone()),
    ];
    match dialect {
        Dialect::V3_0 => common.boxed(),
        Dialect::V3_1 => {
            let patterns = vec((choice(&PATTERNS), inner.clone()), 1..3);
            prop_oneof![
                14 => common,
                2 => patterns.prop_map(|it| ("patternProperties", object(it))),
                1 => one("propertyNames", inner.clone()),
                2 => some("prefixItems", inner.clone()),
                2 => one("contains", inner.clone()),
                1 => one("if", inner.clone()),
                1 => one("then", inner.clone()),
                1 => one("else", inner.clone()),
                1 => map("dependentSchemas", inner.clone()),
                1 => one("unevaluatedItems", inner.clone()),
                1 => one("unevaluatedProperties", inner.clone()),
                1 => Just(("$ref", quoted("#/components/schemas/Other"))),
                1 => map("$defs", inner.clone()),
            ]
            .boxed()
        }
    }
}

fn boolean() -> impl Strategy<Value = String> {
    prop_oneof![Just("true".to_owned()), Just("false".to_owned())]
}

/// One of them; the first ones are the plainest.
fn choice<const N: usize>(from: &[&'static str; N]) -> BoxedStrategy<String> {
    let from: Vec<String> = from.iter().map(|it| it.replace(r"\\", "\\")).collect();
    proptest::sample::select(from).boxed()
}

/// A JSON string; what is escaped in `text` stays so.
fn quoted(text: &str) -> String {
    let escaped = text.starts_with("\\u") || text == "\\n";
    match escaped {
        true => format!("\"{text}\""),
        false => format!("\"{}\"", text.replace('\\', r"\\")),
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|it| quoted(it)).collect();
    format!("[{}]", names.join(","))
}

/// An object; of members of one name the last.
fn object(members: Vec<(String, String)>) -> String {
    let members: BTreeMap<String, String> = members.into_iter().collect();
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", quoted(name)))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// A schema of these keywords.
fn entries(entries: Vec<Entry>) -> String {
    let entries = entries.into_iter();
    object(
        entries
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}
