//! The tree: values that know where they stand.

use std::fmt;
use std::hash::BuildHasher;

use crate::{Number, Object, Span, pointer};

/// A value and where it stands.
///
/// There is no `PartialEq`: [`Node::same_value`] says whether two nodes mean the same, wherever
/// they stand.
#[derive(Clone, Debug)]
pub struct Node {
    /// From the first byte of the value to the last.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// A value of JSON.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as written.
    Number(Number),
    /// A string, unescaped.
    String(Box<str>),
    /// The items of an array.
    Array(Vec<Node>),
    /// The members of an object.
    Object(Object),
}

/// The six kinds of JSON value; displays as JSON Schema's word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` and `false`
    Boolean,
    /// Numbers, integers among them.
    Number,
    /// Strings.
    String,
    /// Arrays.
    Array,
    /// Objects.
    Object,
}

impl Node {
    /// The value at a place.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value }
    }

    /// Which kind of value it is.
    pub fn kind(&self) -> Kind {
        self.value.kind()
    }

    /// The property `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The item at `index`, if this is an array that long.
    pub fn item(&self, index: usize) -> Option<&Node> {
        self.as_array()?.get(index)
    }

    /// The value that a JSON pointer (RFC 6901) such as `/items/0/id` leads to from here.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        let mut node = self;
        for token in pointer::tokens(pointer)? {
            node = match &node.value {
                Value::Array(items) => items.get(pointer::index(&token)?)?,
                Value::Object(object) => object.get(&token)?,
                Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {
                    return None;
                }
            };
        }
        Some(node)
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        let Value::Boolean(value) = &self.value else {
            return None;
        };
        Some(*value)
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        let Value::Number(number) = &self.value else {
            return None;
        };
        Some(number)
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        let Value::String(text) = &self.value else {
            return None;
        };
        Some(text)
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        let Value::Array(items) = &self.value else {
            return None;
        };
        Some(items)
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        let Value::Object(object) = &self.value else {
            return None;
        };
        Some(object)
    }

    /// Whether both mean the same JSON value: numbers by their exact value, objects whatever the
    /// order of their keys.
    pub fn same_value(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Boolean(one), Value::Boolean(two)) => one == two,
            (Value::Number(one), Value::Number(two)) => one.decimal() == two.decimal(),
            (Value::String(one), Value::String(two)) => one == two,
            (Value::Array(one), Value::Array(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.same_value(two))
            }
            (Value::Object(one), Value::Object(two)) => {
                one.len() == two.len()
                    && one.iter().all(|member| {
                        let other = two.get(&member.key);
                        other.is_some_and(|node| member.node.same_value(node))
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

    /// Calls `change` with the span of this node, and of every key and node inside it.
    pub fn for_each_span(&mut self, change: &mut impl FnMut(&mut Span)) {
        change(&mut self.span);
        match &mut self.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
            Value::Array(items) => {
                for item in items {
                    item.for_each_span(change);
                }
            }
            Value::Object(object) => {
                for member in object.members_mut() {
                    change(&mut member.key_span);
                    member.node.for_each_span(change);
                }
            }
        }
    }

    /// A hash that is the same for nodes of [the same value](Node::same_value).
    pub fn hash_value<B: BuildHasher>(&self, build: &B) -> u64 {
        let kind = self.kind();
        match &self.value {
            Value::Null => build.hash_one(kind),
            Value::Boolean(value) => build.hash_one((kind, value)),
            Value::Number(number) => build.hash_one((kind, number.decimal())),
            Value::String(text) => build.hash_one((kind, text)),
            Value::Array(items) => {
                let items: Vec<u64> = items.iter().map(|item| item.hash_value(build)).collect();
                build.hash_one((kind, items))
            }
            Value::Object(object) => {
                // A sum, since the order of the members must not matter.
                let sum = object.iter().fold(0u64, |sum, member| {
                    let value = member.node.hash_value(build);
                    sum.wrapping_add(build.hash_one((&member.key, value)))
                });
                build.hash_one((kind, object.len(), sum))
            }
        }
    }
}

impl Value {
    /// Which kind of value it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Boolean(_) => Kind::Boolean,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }
}

impl From<Value> for Node {
    /// A value that stands in no text: its span is empty.
    fn from(value: Value) -> Self {
        Self::new(Span::default(), value)
    }
}

impl Kind {
    /// JSON Schema's word for it: `null`, `boolean`, `number`, `string`, `array`, `object`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The kind of value whose text begins with `byte`, if any does.
    pub const fn of_first_byte(byte: u8) -> Option<Self> {
        match byte {
            b'n' => Some(Self::Null),
            b't' | b'f' => Some(Self::Boolean),
            b'-' | b'0'..=b'9' => Some(Self::Number),
            b'"' => Some(Self::String),
            b'[' => Some(Self::Array),
            b'{' => Some(Self::Object),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
