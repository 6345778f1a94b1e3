//! What is wrong with a text, once it is known that something is: as much of it as can be said
//! without guessing.
//!
//! serde stops at the first value that does not fit. To find the rest, the text is read as a tree,
//! a stand-in of the right type is put where something does not fit, and the tree is tried again.
//! What the rules then find in a stand-in, or may find because of one, is not reported.

use core::ops::Range;
use std::borrow::Cow;

use serde::de::DeserializeOwned;
use specsmith_json::de::Wanted;
use specsmith_json::{ErrorKind, Limits, Member, Node, Number, Object, Span, Value, pointer};

use super::Report;
use crate::{Fault, Kind, Subject, Types, Validate, Violation, Violations, nearest};

/// How many bytes are read again in all, since each try reads the whole tree.
const BYTES: usize = 64 << 20;

/// How often the tree is tried at most.
const TRIES: usize = 256;

/// The report for a text that is no `T`.
#[cold]
pub(super) fn explain<T: Validate + DeserializeOwned>(
    error: specsmith_json::Error,
    bytes: &[u8],
) -> Report {
    let mut found = match violation(&error, bytes) {
        Some(violation) => vec![violation],
        None => return Report::Json(error),
    };
    if let Some(mut tree) = specsmith_json::read(bytes, &Limits::default()).root {
        found.extend(rest::<T>(error, &mut tree, bytes));
    }
    found.sort_by_key(|violation| violation.span.as_ref().map_or(0, |span| span.start));
    Report::Violations(found.into_iter().collect())
}

/// The same violations, with the places where they stand in the text.
#[cold]
pub(super) fn with_spans(mut violations: Violations, bytes: &[u8]) -> Report {
    // What only the Rust type refuses is not said beside what the schema refuses.
    if !violations.are_of_the_type() {
        violations = violations.of_the_schema().collect();
    }
    let Some(tree) = specsmith_json::read(bytes, &Limits::default()).root else {
        return Report::Violations(violations);
    };
    violations
        .into_iter()
        .map(|violation| placed(violation, &tree))
        .collect::<Violations>()
        .into()
}

/// What is wrong besides the first error.
fn rest<T: Validate + DeserializeOwned>(
    mut error: specsmith_json::Error,
    tree: &mut Node,
    bytes: &[u8],
) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut stand_ins = StandIns::default();
    for _ in 0..(BYTES / bytes.len().max(1)).clamp(4, TRIES) {
        if !stand_ins.put(tree, &error) {
            break;
        }
        match specsmith_json::from_node::<T>(tree) {
            Ok(value) => {
                let violations = value.validate().err().unwrap_or_default();
                let violations = violations
                    .into_iter()
                    .map(|violation| placed(violation, tree));
                found.extend(violations.filter(|violation| !stand_ins.may_cause(violation)));
                break;
            }
            Err(next) => error = next,
        }
        match violation(&error, bytes) {
            Some(violation) if stand_ins.may_cause(&violation) => {}
            Some(violation) => found.push(violation),
            // What only the Rust type refuses is not said beside what the schema refuses.
            None => break,
        }
    }
    found
}

/// Finds a violation's span by its pointer.
fn placed(mut violation: Violation, tree: &Node) -> Violation {
    violation.span = tree
        .pointer(&violation.pointer)
        .map(|node| match &violation.fault {
            // What is missing is missed at the opening brace.
            Fault::Required { .. } | Fault::DependentRequired { .. } => {
                let start = node.span.start as usize;
                start..start + 1
            }
            _ => range(node.span),
        });
    violation
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// The violation that a deserialiser's error stands for, if it is one of the schema.
fn violation(error: &specsmith_json::Error, bytes: &[u8]) -> Option<Violation> {
    let mut at = error.pointer().to_owned();
    let fault = match error.kind() {
        ErrorKind::Type { wanted, found, .. } => Fault::Type {
            expected: wanted.map_or(Types::NONE, types),
            found: (*found).into(),
        },
        ErrorKind::MissingField(name) => Fault::Required {
            property: Cow::Borrowed(name),
        },
        ErrorKind::UnknownField { expected } => {
            // The pointer is the property's; the fault is the object's.
            at.truncate(at.rfind('/').unwrap_or(0));
            Fault::AdditionalProperties {
                near: near(error.span(), expected, bytes),
            }
        }
        ErrorKind::UnknownVariant { expected } => Fault::Enum {
            allowed: expected.len(),
            null: false,
            near: near(error.span(), expected, bytes),
        },
        ErrorKind::Value { .. } => Fault::Enum {
            allowed: 0,
            null: false,
            near: None,
        },
        // A fixed number of items, as of a tuple.
        ErrorKind::Length { .. } => Fault::Type {
            expected: Types::NONE,
            found: Kind::Array,
        },
        #[cfg(any(feature = "chrono", feature = "uuid"))]
        ErrorKind::Custom(message) if crate::typed::refused(message).is_some() => Fault::Format {
            format: Cow::Borrowed(crate::typed::refused(message).unwrap_or_default()),
        },
        // What unions say, serde's own and those written by hand, in words that may quote.
        ErrorKind::Custom(_) => Fault::AnyOf { branches: 0 },
        // The errors of the text itself and of the Rust type alone.
        _ => return None,
    };
    let span = Some(range(error.span()));
    Some(Violation {
        subject: subject(&at),
        pointer: at,
        fault,
        span,
    })
}

fn types(wanted: Wanted) -> Types {
    match wanted {
        Wanted::Null => Types::NULL,
        Wanted::Boolean => Types::BOOLEAN,
        Wanted::Integer => Types::INTEGER,
        Wanted::Number => Types::NUMBER,
        Wanted::String => Types::STRING,
        Wanted::Array => Types::ARRAY,
        Wanted::Object => Types::OBJECT,
    }
}

/// What the string at `span` was probably meant to be.
fn near(span: Span, known: &'static [&'static str], bytes: &[u8]) -> Option<Cow<'static, str>> {
    let text: String = specsmith_json::from_slice(bytes.get(range(span))?).ok()?;
    nearest(&text, known.iter().copied()).map(Cow::Borrowed)
}

/// What a message calls the value at a pointer.
fn subject(at: &str) -> Subject {
    match pointer::tokens(at).unwrap_or_default().pop() {
        None => Subject::Document,
        Some(token) => match pointer::index(&token) {
            Some(index) => Subject::Item(index),
            None => Subject::Property(Cow::Owned(token.into_owned())),
        },
    }
}

/// The pointers of the values that are not those of the text.
#[derive(Default)]
struct StandIns {
    pointers: Vec<String>,
}

impl StandIns {
    /// Changes the tree so that the error does not come again; `false` where that cannot be.
    fn put(&mut self, tree: &mut Node, error: &specsmith_json::Error) -> bool {
        let at = error.pointer();
        let Some(tokens) = pointer::tokens(at) else {
            return false;
        };
        let change = match error.kind() {
            ErrorKind::Type {
                wanted: Some(wanted),
                ..
            } => Change::To(stand_in(*wanted)),
            ErrorKind::UnknownVariant { expected } => match expected.first() {
                Some(first) => Change::To(Value::String((*first).into())),
                None => return false,
            },
            ErrorKind::MissingField(name) => Change::Add(name),
            ErrorKind::UnknownField { .. } => Change::Drop,
            _ => return false,
        };
        let pointer = match change {
            Change::Add(name) => {
                let mut property = at.to_owned();
                pointer::push_key(&mut property, name);
                property
            }
            Change::To(_) | Change::Drop => at.to_owned(),
        };
        self.pointers.push(pointer);
        changed(tree, &tokens, &change)
    }

    /// Whether the violation may have come about because of a stand-in: it is about one, or it
    /// judges a value as a whole that holds one.
    fn may_cause(&self, violation: &Violation) -> bool {
        let mut about = violation.pointer.clone();
        if let Fault::Required { property } = &violation.fault {
            pointer::push_key(&mut about, property);
        }
        let judges_the_whole = match &violation.fault {
            Fault::UniqueItems { .. }
            | Fault::Contains
            | Fault::MinContains { .. }
            | Fault::MaxContains { .. }
            | Fault::MinProperties { .. }
            | Fault::MaxProperties { .. }
            | Fault::PropertyNames
            | Fault::DependentRequired { .. }
            | Fault::DependentSchemas { .. }
            | Fault::AnyOf { .. }
            | Fault::OneOf { .. }
            | Fault::Not
            | Fault::Const
            | Fault::Enum { .. }
            | Fault::UnevaluatedItems
            | Fault::UnevaluatedProperties { .. }
            | Fault::NotRepresentable => true,
            Fault::Type { .. }
            | Fault::Minimum { .. }
            | Fault::ExclusiveMinimum { .. }
            | Fault::Maximum { .. }
            | Fault::ExclusiveMaximum { .. }
            | Fault::MultipleOf { .. }
            | Fault::MinLength { .. }
            | Fault::MaxLength { .. }
            | Fault::Pattern { .. }
            | Fault::Attribute(_)
            | Fault::PatternSteps { .. }
            | Fault::Format { .. }
            | Fault::MinItems { .. }
            | Fault::MaxItems { .. }
            | Fault::Required { .. }
            | Fault::AdditionalProperties { .. }
            | Fault::FalseSchema => false,
        };
        self.pointers.iter().any(|stand_in| {
            is_at_or_below(&about, stand_in)
                || (judges_the_whole && is_at_or_below(stand_in, &violation.pointer))
        })
    }
}

/// Whether the value at `pointer` is the one at `other` or inside of it.
fn is_at_or_below(pointer: &str, other: &str) -> bool {
    pointer
        .strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How a tree is changed at a place.
enum Change {
    /// The value becomes this one.
    To(Value),
    /// The object gains the property, null for the time being.
    Add(&'static str),
    /// The property goes.
    Drop,
}

/// The emptiest value of a type.
fn stand_in(wanted: Wanted) -> Value {
    match wanted {
        Wanted::Null => Value::Null,
        Wanted::Boolean => Value::Boolean(false),
        Wanted::Integer | Wanted::Number => Number::new("0").map_or(Value::Null, Value::Number),
        Wanted::String => Value::String("".into()),
        Wanted::Array => Value::Array(Vec::new()),
        Wanted::Object => Value::Object(Object::default()),
    }
}

/// Changes what the tokens lead to; `false` where there is nothing to change.
fn changed(node: &mut Node, tokens: &[Cow<'_, str>], change: &Change) -> bool {
    let Some((token, deeper)) = tokens.split_first() else {
        return match (change, &mut node.value) {
            (Change::To(value), _) => {
                node.value = value.clone();
                true
            }
            (Change::Add(name), Value::Object(object)) => {
                let mut members = core::mem::take(object).into_members();
                let node = Node::new(node.span, Value::Null);
                members.push(Member {
                    key: (*name).into(),
                    key_span: node.span,
                    node,
                });
                *object = Object::collect(members).0;
                true
            }
            (Change::Add(_) | Change::Drop, _) => false,
        };
    };
    match &mut node.value {
        Value::Array(items) => pointer::index(token)
            .and_then(|index| items.get_mut(index))
            .is_some_and(|item| changed(item, deeper, change)),
        Value::Object(object) => {
            let mut members = core::mem::take(object).into_members();
            let place = members.iter().position(|member| *member.key == **token);
            let done = match (place, change) {
                (Some(place), Change::Drop) if deeper.is_empty() => {
                    members.remove(place);
                    true
                }
                (Some(place), change) => members
                    .get_mut(place)
                    .is_some_and(|member| changed(&mut member.node, deeper, change)),
                (None, _) => false,
            };
            *object = Object::collect(members).0;
            done
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => false,
    }
}
