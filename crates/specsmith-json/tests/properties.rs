//! What holds for every text and every tree.

use proptest::prelude::*;
use specsmith_json::{
    FaultKind, Limits, Member, Node, Number, Object, Span, Value, pointer, pointer_at, read, write,
};

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,5})?",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        any::<String>(),
        "[\\x00-\\x1f\"\\\\/é😀a]{0,6}"
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        number().prop_map(|text| Value::Number(Number::new(&text).expect("a number"))),
        text().prop_map(|text| Value::String(text.into())),
    ];
    leaf.prop_map(Node::from)
        .prop_recursive(5, 60, 20, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6)
                    .prop_map(|items| Value::Array(items).into()),
                prop::collection::vec((text(), inner), 0..20).prop_map(|members| {
                    let members = members.into_iter().map(|(key, node)| Member {
                        key: key.into(),
                        key_span: Span::default(),
                        node,
                    });
                    Value::Object(Object::collect(members.collect()).0).into()
                }),
            ]
        })
}

/// JSON with one to three bytes changed, put in, or cut off.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        any::<u8>(),
        prop::sample::select(&b"{}[]:,\"\\ \n0123456789eE+-.tfnu'/\xff\xc3"[..]),
    ];
    let change = (any::<prop::sample::Index>(), byte, 0..4);
    (node(), prop::collection::vec(change, 1..4)).prop_map(|(node, changes)| {
        let mut bytes = write::compact(&node).into_bytes();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len().max(1));
            match (how, bytes.get_mut(at)) {
                (0, Some(changed)) => *changed = byte,
                (1, Some(_)) => bytes.truncate(at),
                (2, Some(_)) => {
                    bytes.remove(at);
                }
                _ => bytes.insert(at.min(bytes.len()), byte),
            }
        }
        bytes
    })
}

/// JSON in which keys occur again, spelt the same or not.
fn repetitive() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["1", "null", "\"x\"", "{}", "[]"]).prop_map(str::to_owned);
    let key = || {
        prop::sample::select(vec![
            "\"a\"",
            "\"\\u0061\"",
            "\"b/\"",
            "\"b\\/\"",
            "\"~\"",
            "\"\"",
        ])
    };
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let member = (key(), inner.clone()).prop_map(|(key, value)| format!("{key}: {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(member, 0..6)
                .prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

/// Every value and key of a tree with its pointer.
fn places(node: &Node, path: &str, found: &mut Vec<(String, Span)>) {
    found.push((path.to_owned(), node.span));
    match &node.value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let mut path = path.to_owned();
                pointer::push_index(&mut path, index);
                places(item, &path, found);
            }
        }
        Value::Object(object) => {
            for member in object {
                let mut path = path.to_owned();
                pointer::push_key(&mut path, &member.key);
                found.push((path.clone(), member.key_span));
                places(&member.node, &path, found);
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(node in node()) {
        for text in [write::compact(&node), write::pretty(&node)] {
            let reading = read(text.as_bytes(), &Limits::default());
            prop_assert!(reading.faults.is_empty() && reading.duplicates.is_empty());
            let again = reading.root.expect("no fault");
            prop_assert!(again.same_value(&node));
            let build = std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::new();
            prop_assert_eq!(again.hash_value(&build), node.hash_value(&build));
        }
    }

    #[test]
    fn a_span_holds_the_value(node in node()) {
        let text = write::pretty(&node);
        let root = read(text.as_bytes(), &Limits::default()).root.expect("well-formed");
        let mut found = Vec::new();
        places(&root, "", &mut found);
        for (path, span) in found {
            let part = span.of_text(&text).expect("inside the text");
            let value = read(part.as_bytes(), &Limits::default()).root.expect("a whole value");
            let there = root.pointer(&path).expect("every path leads somewhere");
            // A key's span holds the key.
            let key = path.rsplit('/').next().and_then(pointer::unescape);
            prop_assert!(there.same_value(&value) || value.as_str() == key.as_deref());
            prop_assert_eq!(pointer_at(&text, span.start as usize), path);
        }
    }

    #[test]
    fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        judge(&bytes)?;
    }

    #[test]
    fn duplicate_keys_are_judged(text in repetitive()) {
        judge(text.as_bytes())?;
    }

    #[test]
    fn duplicates_have_their_pointer(text in repetitive()) {
        for found in read(text.as_bytes(), &Limits::default()).duplicates {
            prop_assert_eq!(pointer_at(&text, found.key.start as usize), &*found.pointer);
            prop_assert_eq!(pointer_at(&text, found.first.start as usize), &*found.pointer);
            prop_assert!(found.first.end <= found.key.start);
        }
    }

    #[test]
    fn broken_json_is_judged(bytes in broken()) {
        judge(&bytes)?;
    }
}

/// Nothing panics, every fault is inside the text, what stands before it could go on, and
/// `serde_json` gives the same verdict.
fn judge(bytes: &[u8]) -> Result<(), TestCaseError> {
    let reading = read(bytes, &Limits::default());
    prop_assert_eq!(
        reading.root.is_some(),
        reading
            .faults
            .iter()
            .all(|fault| fault.kind == FaultKind::ByteOrderMark)
    );
    for fault in &reading.faults {
        prop_assert!(fault.span.range().len() <= bytes.len());
        prop_assert!(bytes.get(fault.span.range()).is_some());
        let before = bytes.get(..fault.span.start as usize).expect("inside");
        let cut_off = read(before, &Limits::default());
        let unfinished = cut_off.faults.iter().all(|fault| {
            matches!(
                fault.kind,
                FaultKind::Empty
                    | FaultKind::Truncated
                    | FaultKind::UnclosedString
                    | FaultKind::ByteOrderMark
            )
        });
        prop_assert!(unfinished, "{:?} in {:?}", cut_off.faults, before);
    }
    match serde_json::from_slice::<serde_json::Value>(bytes) {
        Ok(_) => prop_assert!(reading.faults.is_empty()),
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(_) => prop_assert!(!reading.faults.is_empty()),
    }
    #[cfg(feature = "serde")]
    deserializes_alike(bytes, &reading)?;
    Ok(())
}

/// The deserializer finds what the reader finds.
#[cfg(feature = "serde")]
fn deserializes_alike(
    bytes: &[u8],
    reading: &specsmith_json::Reading,
) -> Result<(), TestCaseError> {
    use specsmith_json::ErrorKind;
    let result = specsmith_json::from_slice::<serde::de::IgnoredAny>(bytes);
    match (
        result,
        reading.faults.first(),
        reading.duplicates.as_slice(),
    ) {
        (Ok(_), None, []) => {}
        (Err(error), Some(fault), _) => {
            prop_assert_eq!(error.kind(), &ErrorKind::Json(fault.kind));
            prop_assert_eq!(error.span(), fault.span);
        }
        (Err(error), None, duplicates) => {
            let found = duplicates.iter().find(|found| found.key == error.span());
            let found = found.map(|found| {
                (
                    ErrorKind::DuplicateKey { first: found.first },
                    &*found.pointer,
                )
            });
            prop_assert_eq!(found, Some((error.kind().clone(), error.pointer())));
        }
        (Ok(_), fault, duplicates) => {
            prop_assert!(
                false,
                "accepted in spite of {:?} and {:?}",
                fault,
                duplicates
            );
        }
    }
    Ok(())
}

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ordinary_data_is_what_serde_json_reads(node in node()) {
        let text = write::pretty(&node);
        let ours = specsmith_json::from_str::<serde_json::Value>(&text);
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        match ours {
            Ok(ours) => prop_assert!(alike(&ours, &theirs.expect("serde_json reads all that we read"))),
            Err(error) => prop_assert_eq!(error.kind(), &specsmith_json::ErrorKind::NotRepresentable),
        }
        let kept: Node = specsmith_json::from_str(&text).expect("a node holds every number");
        prop_assert_eq!(write::pretty(&kept), text);
    }
}

/// Equal, save that `1.0` is an integer to us and a float to `serde_json`, which by default may
/// also miss a float's last bit.
#[cfg(feature = "serde")]
fn alike(ours: &serde_json::Value, theirs: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) if ours != theirs => {
            let (ours, theirs) = (ours.as_f64(), theirs.as_f64());
            let (Some(ours), Some(theirs)) = (ours, theirs) else {
                return false;
            };
            (ours - theirs).abs() <= ours.abs() * f64::EPSILON
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| alike(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(key, ours)| theirs.get(key).is_some_and(|theirs| alike(ours, theirs)))
        }
        _ => ours == theirs,
    }
}
