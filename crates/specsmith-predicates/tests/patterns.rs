//! Patterns are decided as the `jsonschema` crate decides them, where that is as ECMA-262 has it.
#![cfg(feature = "pattern")]

use proptest::prelude::*;
use serde_json::{Value, json};
use specsmith_predicates::pattern::{Match, Pattern};

fn same_verdict(pattern: &str, text: &str) {
    let validator = jsonschema::draft4::new(&json!({ "pattern": pattern }))
        .unwrap_or_else(|error| panic!("{pattern}: {error}"));
    let found = Pattern::new(pattern).expect("a pattern").search(text) == Match::Found;
    assert_eq!(
        found,
        validator.is_valid(&Value::from(text)),
        "{pattern} in {text:?}"
    );
}

/// What both read alike: no `\b` (the reference counts all of Unicode as words) and no reference to
/// a group that may not have matched.
fn pattern(with_lookaround: bool) -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "b",
        "é",
        "1",
        "\\-",
        "_",
        "\\.",
        ".",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        "[a-c]",
        "[^a-c]",
        "[\\w.-]",
        "[^\\sé]",
        "[\\d\\-_]",
        "\\u0061",
        "\\x62",
        "\\p{L}",
        "^",
        "$",
        "[a~~b]",
        "\\/",
        "(?:)",
        "\\t",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let times = prop::sample::select(vec!["*", "+", "?", "{2}", "{1,2}", "{0,1}?", "+?"]);
        let open = if with_lookaround {
            vec!["(?=", "(?!", "^(?:"]
        } else {
            vec!["^(?:", "("]
        };
        let one = prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat());
        let any = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            one,
            any.prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner.clone(), times).prop_map(|(atom, times)| format!("({atom}){times}")),
            (inner, prop::sample::select(open)).prop_map(|(part, open)| format!("{open}{part})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn same_verdicts(pattern in pattern(false), text in "[abcé1_.\\- \n\t\u{a0}]{0,6}") {
        same_verdict(&pattern, &text);
    }

    /// Where a pattern looks around, the reference leaves `\w` and its kin to the engine, which
    /// counts all of Unicode; on ASCII that is the same.
    #[test]
    fn same_verdicts_with_lookaround(pattern in pattern(true), text in "[abc1_.\\- \n\t]{0,6}") {
        same_verdict(&pattern, &text);
    }
}

#[test]
fn patterns_of_real_documents() {
    for (pattern, texts) in [
        (r"[a-zA-Z0-9\-\_]+", ["agent158", "%%a%%", "%%"].as_slice()),
        (r"[0-9\-\.\(\)\+]+", &["(555)555-0100", "call me", "x1"]),
        (r"[a-zA-Z0-9\-\_\.\@]+", &["555.0100-jdoe@example.com", "§"]),
        (
            r"^(?!sink_)[a-zA-Z0-9_-]+$",
            &["sink_a", "sinka", "a sink_"],
        ),
        (
            r"^([a-zA-Z0-9]+[a-zA-Z0-9\-]*(?<!-))(\.[a-zA-Z0-9]+[a-zA-Z0-9\-]*(?<!-))*$",
            &["a-b.c", "a-.b", "a.b-"],
        ),
        (
            r"^P(?:$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?:\d)(\d+H)?(\d+M)?(\d+S)?)?$",
            &["P", "P1D"],
        ),
        (r"^(\S(.*\S)?)?$", &["", "a b", " a", "a ", "a\u{85}"]),
        (
            r"^([0-9]+([.][0-9]+)?(ns|us|µs|ms|s|m|h))+$",
            &["1.5h3m", "10µs", "1d"],
        ),
        (r"^[\w\-_. ]+$", &["a b-c", "é"]),
        (r"([notes|tags])(,\1)*", &["n,n", "x"]),
        (".^", &["a", ""]),
        (
            r"^ssh-(rsa|dss) |^ecdsa ",
            &["ssh-rsa x", "ecdsa y", "ssh-x"],
        ),
    ] {
        for text in texts {
            same_verdict(pattern, text);
        }
    }
}
