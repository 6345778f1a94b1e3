//! How the `jsonschema` crate sees our tree: every number by its exact text.

use std::borrow::Cow;
use std::hash::RandomState;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity};
use serde_json::Value as Schema;
use specsmith_json::{Member, Node, Number, Object, Span, Value};

/// The representation that validators of this crate are built for: `&specsmith_json::Node`.
pub(crate) struct Tree;

/// The span of a node that stands for a property's name.
const NAME: Span = Span::new(u32::MAX, u32::MAX);

/// The key under which a stand-in object says where it stands. A payload that has it keeps it, since
/// the crate must find what it follows pointers to; the place is lost then.
const PLACE: &str = "\u{0}place";

impl Json for Tree {
    type Node<'a> = &'a Node;
    type PreparedKey = Box<str>;
    type StringBuffer = Option<Node>;

    // A tree that was read cannot hold itself.
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(
        buffer: &mut Option<Node>,
        string: &str,
        f: impl FnOnce(&Node) -> T,
    ) -> T {
        f(buffer.insert(Node::new(NAME, Value::String(string.into()))))
    }
}

impl<'a> JsonNode<'a, Tree> for &'a Node {
    type Object = &'a Object;
    type Array = &'a [Node];
    type Number = Exact<'a>;

    fn as_object(&self) -> Option<&'a Object> {
        Node::as_object(self)
    }

    fn as_array(&self) -> Option<&'a [Node]> {
        Node::as_array(self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        Node::as_str(self).map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Exact<'a>> {
        Node::as_number(self).map(Exact)
    }

    fn is_number(&self) -> bool {
        Node::as_number(self).is_some()
    }

    fn as_boolean(&self) -> Option<bool> {
        Node::as_bool(self)
    }

    fn is_null(&self) -> bool {
        Node::is_null(self)
    }

    fn json_type(&self) -> JsonType {
        match &self.value {
            Value::Null => JsonType::Null,
            Value::Boolean(_) => JsonType::Boolean,
            Value::Number(_) => JsonType::Number,
            Value::String(_) => JsonType::String,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Schema) -> bool {
        equals(self, expected)
    }

    /// A stand-in that tells where the value stands and never what it is: the crate only puts it
    /// into errors, which we read for places. It has the value's shape, since the crate follows
    /// pointers into it. The name of a property, which stands nowhere, is itself.
    fn to_value(&self) -> Cow<'a, Schema> {
        Cow::Owned(stand_in(self))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Node>(self) as usize))
    }
}

impl<'a> jsonschema::json::Object<'a, Tree> for &'a Object {
    type Node = &'a Node;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        Object::len(self)
    }

    fn get(&self, key: &Box<str>) -> Option<&'a Node> {
        Object::get(self, key)
    }

    fn members(&self) -> Members<'a> {
        Members(self.iter())
    }
}

/// The members of an object, as the crate walks them.
pub(crate) struct Members<'a>(std::slice::Iter<'a, Member>);

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a Node);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|member| (&*member.key, &member.node))
    }
}

impl<'a> Array<'a, Tree> for &'a [Node] {
    type Node = &'a Node;
    type ElementsIter = std::slice::Iter<'a, Node>;

    fn len(&self) -> usize {
        <[Node]>::len(self)
    }

    fn elements(&self) -> std::slice::Iter<'a, Node> {
        self.iter()
    }

    fn is_unique(&self) -> bool {
        first_repeat(self).is_none()
    }
}

/// A number as the crate asks about it.
pub(crate) struct Exact<'a>(&'a Number);

impl JsonNumber for Exact<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.to_u64()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.to_f64()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0.as_str())
    }

    /// The crate asks for it where it would decide by value, which it is not left to do here.
    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(serde_json::Number::from(0))
    }

    fn is_integer(&self) -> bool {
        self.0.is_integer()
    }
}

/// The indexes of the first two equal items: of all equal pairs, the one whose later item comes
/// first.
pub(crate) fn first_repeat(items: &[Node]) -> Option<(usize, usize)> {
    let state = RandomState::new();
    let mut seen: std::collections::HashMap<u64, Vec<usize>> = std::collections::HashMap::new();
    for (index, item) in items.iter().enumerate() {
        let alike = seen.entry(item.hash_value(&state)).or_default();
        let first = alike.iter().find(|earlier| {
            items
                .get(**earlier)
                .is_some_and(|earlier| earlier.same_value(item))
        });
        if let Some(first) = first {
            return Some((*first, index));
        }
        alike.push(index);
    }
    None
}

/// Where the value that an error's stand-in stands for begins, in bytes.
pub(crate) fn place_of(stand_in: &Schema) -> Option<u64> {
    match stand_in {
        Schema::Number(start) => start.as_u64(),
        Schema::Array(items) => items.last()?.as_u64(),
        Schema::Object(members) => members.get(PLACE)?.as_u64(),
        Schema::Null | Schema::Bool(_) | Schema::String(_) => None,
    }
}

fn stand_in(node: &Node) -> Schema {
    let place = Schema::from(node.span.start);
    match &node.value {
        Value::String(name) if node.span == NAME => Schema::from(&**name),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => place,
        Value::Array(items) => items
            .iter()
            .map(stand_in)
            .chain(std::iter::once(place))
            .collect(),
        Value::Object(object) => std::iter::once((PLACE.to_owned(), place))
            .chain(
                object
                    .iter()
                    .map(|member| (member.key.to_string(), stand_in(&member.node))),
            )
            .collect(),
    }
}

/// Whether a value is the one that a rewritten schema lists. Lists with numbers in them are not
/// left to this, so a number here is one that `serde_json` holds exactly.
fn equals(node: &Node, expected: &Schema) -> bool {
    match (&node.value, expected) {
        (Value::Null, Schema::Null) => true,
        (Value::Boolean(value), Schema::Bool(expected)) => value == expected,
        (Value::Number(value), Schema::Number(expected)) => {
            let expected = specsmith_decimal::Decimal::parse(&expected.to_string());
            expected.is_some_and(|expected| value.decimal() == expected.view())
        }
        (Value::String(value), Schema::String(expected)) => **value == **expected,
        (Value::Array(items), Schema::Array(expected)) => {
            items.len() == expected.len()
                && items
                    .iter()
                    .zip(expected)
                    .all(|(item, expected)| equals(item, expected))
        }
        (Value::Object(object), Schema::Object(expected)) => {
            object.len() == expected.len()
                && object.iter().all(|member| {
                    expected
                        .get(&*member.key)
                        .is_some_and(|expected| equals(&member.node, expected))
                })
        }
        (
            Value::Null
            | Value::Boolean(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_),
            _,
        ) => false,
    }
}
