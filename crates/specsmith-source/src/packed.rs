//! The tree of a document as bytes, for documents that are built into a program: taking it out is a
//! tenth of the work of reading YAML.
//!
//! A node is its kind, its span and what it holds; numbers are in base 128, the low digits first,
//! each but the last with the high bit set. A text is its length and its bytes.

use specsmith_json::{Limits, Member, Node, Number, Object, Span, Value};

/// The bytes of a tree.
pub fn pack(root: &Node) -> Vec<u8> {
    let mut out = Vec::new();
    put_node(&mut out, root);
    out
}

/// The tree of which those are the bytes; nothing if they are of none.
///
/// ```
/// use specsmith_json::{Limits, read};
/// use specsmith_source::{pack, unpack};
///
/// let root = read(br#"{"openapi": "3.0.3"}"#, &Limits::default()).root.expect("it is JSON");
/// let again = unpack(&pack(&root)).expect("they are the bytes of a tree");
/// assert_eq!(again.get("openapi").map(|it| it.span), root.get("openapi").map(|it| it.span));
/// assert!(unpack(b"openapi: 3.0.3").is_none());
/// ```
pub fn unpack(bytes: &[u8]) -> Option<Node> {
    let mut rest = bytes;
    let root = take_node(&mut rest, Limits::default().depth)?;
    rest.is_empty().then_some(root)
}

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const NUMBER: u8 = 3;
const STRING: u8 = 4;
const ARRAY: u8 = 5;
const OBJECT: u8 = 6;

fn put_node(out: &mut Vec<u8>, node: &Node) {
    out.push(match &node.value {
        Value::Null => NULL,
        Value::Boolean(false) => FALSE,
        Value::Boolean(true) => TRUE,
        Value::Number(_) => NUMBER,
        Value::String(_) => STRING,
        Value::Array(_) => ARRAY,
        Value::Object(_) => OBJECT,
    });
    put_span(out, node.span);
    match &node.value {
        Value::Null | Value::Boolean(_) => {}
        Value::Number(number) => put_text(out, number.as_str()),
        Value::String(text) => put_text(out, text),
        Value::Array(items) => {
            put_count(out, items.len());
            for item in items {
                put_node(out, item);
            }
        }
        Value::Object(object) => {
            put_count(out, object.len());
            for member in object {
                put_span(out, member.key_span);
                put_text(out, &member.key);
                put_node(out, &member.node);
            }
        }
    }
}

fn put_span(out: &mut Vec<u8>, span: Span) {
    put_count(out, span.start as usize);
    put_count(out, (span.end - span.start) as usize);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn put_count(out: &mut Vec<u8>, mut count: usize) {
    while count >= 0x80 {
        out.push(0x80 | (count & 0x7f) as u8);
        count >>= 7;
    }
    out.push(count as u8);
}

/// A node that may have nodes inside one another so deep.
fn take_node(rest: &mut &[u8], depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let kind = take_byte(rest)?;
    let span = take_span(rest)?;
    let value = match kind {
        NULL => Value::Null,
        FALSE => Value::Boolean(false),
        TRUE => Value::Boolean(true),
        NUMBER => Value::Number(Number::new(take_text(rest)?)?),
        STRING => Value::String(take_text(rest)?.into()),
        ARRAY => {
            let items = 0..take_count(rest)?;
            let items = items.map(|_| take_node(rest, depth));
            Value::Array(items.collect::<Option<_>>()?)
        }
        OBJECT => {
            let members = 0..take_count(rest)?;
            let members = members.map(|_| {
                Some(Member {
                    key_span: take_span(rest)?,
                    key: take_text(rest)?.into(),
                    node: take_node(rest, depth)?,
                })
            });
            let (object, _) = Object::collect(members.collect::<Option<_>>()?);
            Value::Object(object)
        }
        _ => return None,
    };
    Some(Node::new(span, value))
}

fn take_span(rest: &mut &[u8]) -> Option<Span> {
    let start = u32::try_from(take_count(rest)?).ok()?;
    let length = u32::try_from(take_count(rest)?).ok()?;
    Some(Span::new(start, start.checked_add(length)?))
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = take_count(rest)?;
    let (text, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    std::str::from_utf8(text).ok()
}

fn take_count(rest: &mut &[u8]) -> Option<usize> {
    let mut count = 0;
    for place in 0..usize::BITS / 7 {
        let digit = take_byte(rest)?;
        count |= usize::from(digit & 0x7f) << (7 * place);
        if digit < 0x80 {
            return Some(count);
        }
    }
    None
}

fn take_byte(rest: &mut &[u8]) -> Option<u8> {
    let (byte, behind) = rest.split_first()?;
    *rest = behind;
    Some(*byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use specsmith_json::read;

    fn check(text: &str) {
        let root = read(text.as_bytes(), &Limits::default()).root;
        let root = root.expect("it is JSON");
        let bytes = pack(&root);
        let again = unpack(&bytes).expect("they are the bytes of a tree");
        // A tree says of itself everything that it holds.
        assert_eq!(format!("{again:?}"), format!("{root:?}"));
        for end in 0..bytes.len() {
            assert!(unpack(&bytes[..end]).is_none(), "{end} of {}", bytes.len());
        }
    }

    #[test]
    fn trees_come_back_as_they_were() {
        check("null");
        check(r#" {"a": [true, false, null, 1e400, -0.10, "é\n"], "b": {"": {}}, "c": []} "#);
        let long = "long ".repeat(100_000);
        check(&format!(r#"["{}", 1]"#, &long[..300]));
        let many = (0..40).map(|it| format!(r#""key {it}": {it}"#));
        check(&format!("{{{}}}", many.collect::<Vec<_>>().join(", ")));
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        let mut bytes = [ARRAY, 0, 0, 1].repeat(1_000_000);
        bytes.extend([NULL, 0, 0]);
        assert!(unpack(&bytes).is_none());
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(0u8..9, 0..60)) {
            if let Some(root) = unpack(&bytes) {
                prop_assert!(unpack(&pack(&root)).is_some());
            }
        }
    }
}
