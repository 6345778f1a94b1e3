//! JSON: the tree and the serde `Deserializer` read the same, and what is written reads the same.

use serde::de::IgnoredAny;
use specsmith_json::{FaultKind, Limits, Node, from_slice, read, write};

/// The bytes are a text of JSON, perhaps.
///
/// # Panics
/// If two readings differ.
pub fn reading(data: &[u8]) {
    let reading = read(data, &Limits::default());
    for fault in &reading.faults {
        let span = fault.span;
        assert!(span.start <= span.end && span.end as usize <= data.len());
    }
    let marked = reading
        .faults
        .iter()
        .any(|it| it.kind == FaultKind::ByteOrderMark);
    let clean = reading.root.is_some() && reading.duplicates.is_empty() && !marked;
    assert_eq!(from_slice::<IgnoredAny>(data).is_ok(), clean);
    match from_slice::<Node>(data) {
        Ok(node) => assert!(clean && reading.root.as_ref().is_some_and(|it| it.same_value(&node))),
        Err(error) => assert!(!clean, "{error}"),
    }
    let theirs = serde_json::from_slice::<serde_json::Value>(data);
    if clean
        && let Ok(theirs) = &theirs
        && let Ok(ours) = from_slice::<serde_json::Value>(data)
    {
        assert!(same(&ours, theirs), "{ours}\n{theirs}");
    }
    let Some(root) = &reading.root else {
        return;
    };
    for text in [write::compact(root), write::pretty(root)] {
        let again = read(text.as_bytes(), &Limits::default()).root;
        assert!(
            again.is_some_and(|it| it.same_value(root)),
            "what is written reads as something else: {text}"
        );
    }
}

/// Whether two values are the same, numbers by what they are: `-0` is an integer here, and a float
/// to serde_json.
fn same(one: &serde_json::Value, two: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (one, two) {
        (Number(one), Number(two)) => one == two || one.as_f64() == two.as_f64(),
        (Array(one), Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Object(one), Object(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .all(|(key, one)| two.get(key).is_some_and(|two| same(one, two)))
        }
        _ => one == two,
    }
}
