//! Defaults and examples, held against their own schemas.
//!
//! What is plainly refused is a finding, and nothing else is: no pattern is searched, and no more
//! than the branches of a union are asked. Of those of which exactly one must fit, two that surely do
//! refuse a value. Whether the values of a document are right decides nothing, and must not take
//! long to say.

mod fits;

use std::borrow::Cow;

use specsmith_ir::{
    Access, Applied, Literal, Model, NumberRules, Numbers, Presence, RecordRules, Rest, Schema,
    SchemaId, StringRules,
};
use specsmith_json::{Node, Number, Value};
use specsmith_rules::format::Format;
use specsmith_rules::range::IntegerFormat;
use specsmith_rules::{Fault, Kind, Types, length};

use super::Lowering;
use crate::code;
use crate::notes::Note;
use crate::resolve::Scope;

/// How many schemas are asked about one value.
const MOST_STEPS: usize = 2_000;
/// How deep references, branches and values are followed.
const DEEPEST: usize = 64;

/// A value that a document shows for a schema.
pub(super) struct Sample<'s> {
    /// What the value should be.
    pub(super) schema: SchemaId,
    /// What it is shown as.
    pub(super) kind: SampleKind,
    /// In which document it stands.
    pub(super) scope: Scope,
    pub(super) node: &'s Node,
}

/// What a value is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SampleKind {
    /// What is taken where nothing is sent.
    Default,
    /// An example of a schema, of a body, of a parameter or of a header.
    Example,
}

impl Lowering<'_> {
    /// Notes which of the values that are shown are refused.
    pub(super) fn judge_samples(&mut self) {
        let mut notes = Vec::new();
        for sample in &self.samples {
            let mut judge = Judge {
                model: &self.model,
                steps: MOST_STEPS,
            };
            let Some((place, fault)) = judge.refusal(sample.schema, sample.node, 0) else {
                continue;
            };
            let (code, name) = match sample.kind {
                SampleKind::Default => (code::INVALID_DEFAULT, "default"),
                SampleKind::Example => (code::INVALID_EXAMPLE, "example"),
            };
            let subject = match place == sample.node.span {
                true => format!("the {name}"),
                false => format!("a value in the {name}"),
            };
            let span = self.place(sample.scope, place);
            let note = Note::warn(code, span, fault.clause(&subject));
            notes.push(note.help_if(fault.help()));
        }
        self.notes.append(&mut notes);
    }
}

/// The part of a value that is refused, and why.
type Refusal = (specsmith_json::Span, Fault);

struct Judge<'m> {
    model: &'m Model,
    steps: usize,
}

impl Judge<'_> {
    /// What a schema plainly has against a value.
    fn refusal(&mut self, id: SchemaId, node: &Node, depth: usize) -> Option<Refusal> {
        self.steps = self.steps.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        let schema = self.model.schema(id);
        if let Some(fault) = own_fault(schema, node) {
            return Some((node.span, fault));
        }
        self.inside(schema, node, depth)
            .or_else(|| self.applied(schema, node, depth))
    }

    fn inside(&mut self, schema: &Schema, node: &Node, depth: usize) -> Option<Refusal> {
        match &node.value {
            Value::Array(items) => {
                let rules = schema.types.list.as_deref()?;
                items.iter().enumerate().find_map(|(at, item)| {
                    let id = rules.prefix.get(at).copied().or(rules.items)?;
                    self.refusal(id, item, depth + 1)
                })
            }
            Value::Object(object) => {
                let rules = schema.types.record.as_deref()?;
                object.iter().find_map(|member| {
                    let property = rules
                        .properties
                        .iter()
                        .find(|it| it.name.as_str() == &*member.key);
                    let id = match (property, &rules.rest) {
                        (Some(property), _) => property.schema,
                        (None, Rest::Collected(rest)) if rules.patterns.is_empty() => *rest,
                        (None, Rest::Collected(_) | Rest::Denied | Rest::Ignored) => return None,
                    };
                    self.refusal(id, &member.node, depth + 1)
                })
            }
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
        }
    }

    fn applied(&mut self, schema: &Schema, node: &Node, depth: usize) -> Option<Refusal> {
        schema.applied.iter().find_map(|applied| match applied {
            Applied::Ref(target) => self.refusal(*target, node, depth + 1),
            Applied::All(all) => all.iter().find_map(|it| self.refusal(*it, node, depth + 1)),
            Applied::Any(branches) => {
                let fault = Fault::AnyOf {
                    branches: branches.len(),
                };
                self.no_branch(branches, node, depth, fault)
            }
            Applied::One(branches) => {
                let fault = |matched| Fault::OneOf {
                    branches: branches.len(),
                    matched,
                };
                self.no_branch(branches, node, depth, fault(0)).or_else(|| {
                    let fitting = self.fitting(branches, node, depth);
                    (fitting > 1).then(|| (node.span, fault(fitting)))
                })
            }
            Applied::Not(_)
            | Applied::If { .. }
            | Applied::DynamicRef { .. }
            | Applied::UnevaluatedItems(_)
            | Applied::UnevaluatedProperties(_) => None,
        })
    }

    fn no_branch(
        &mut self,
        branches: &[SchemaId],
        node: &Node,
        depth: usize,
        fault: Fault,
    ) -> Option<Refusal> {
        let mut branches = branches.iter();
        let none = branches.all(|it| self.refusal(*it, node, depth + 1).is_some());
        none.then_some((node.span, fault))
    }
}

/// What a schema's own rules have against a value, apart from what is in it.
fn own_fault(schema: &Schema, node: &Node) -> Option<Fault> {
    let types = &schema.types;
    let own = match &node.value {
        Value::Null => (!types.null).then_some(Kind::Null),
        Value::Boolean(_) => (!types.boolean).then_some(Kind::Boolean),
        Value::Number(_) => types.number.is_none().then_some(Kind::Number),
        Value::String(_) => types.string.is_none().then_some(Kind::String),
        Value::Array(_) => types.list.is_none().then_some(Kind::Array),
        Value::Object(_) => types.record.is_none().then_some(Kind::Object),
    };
    if let Some(found) = own {
        let expected = expected(schema);
        return Some(Fault::Type { expected, found });
    }
    if let Some(listed) = &schema.listed
        && !listed.iter().any(|it| is_same(it, node))
    {
        let allowed = listed.iter().filter(|it| **it != Literal::Null).count();
        return Some(Fault::Enum {
            allowed,
            null: types.null && allowed < listed.len(),
            near: None,
        });
    }
    if let Some(constant) = &schema.constant
        && !is_same(constant, node)
    {
        return Some(Fault::Const);
    }
    match &node.value {
        Value::Null | Value::Boolean(_) => None,
        Value::Number(number) => number_fault(types.number.as_deref()?, number, schema),
        Value::String(text) => string_fault(types.string.as_deref()?, text),
        Value::Array(items) => {
            let rules = types.list.as_deref()?;
            let count = items.len() as u64;
            let few = rules.min_items.filter(|it| count < *it);
            let many = rules.max_items.filter(|it| count > *it);
            few.map(|limit| Fault::MinItems { limit, count })
                .or(many.map(|limit| Fault::MaxItems { limit, count }))
        }
        Value::Object(object) => missing(types.record.as_deref()?, object),
    }
}

fn expected(schema: &Schema) -> Types {
    let types = &schema.types;
    let integers = |it: &NumberRules| it.numbers == Numbers::Integers;
    let numbers = match types.number.as_deref().is_some_and(integers) {
        true => Types::INTEGER,
        false => Types::NUMBER,
    };
    let all = [
        (types.null, Types::NULL),
        (types.boolean, Types::BOOLEAN),
        (types.number.is_some(), numbers),
        (types.string.is_some(), Types::STRING),
        (types.list.is_some(), Types::ARRAY),
        (types.record.is_some(), Types::OBJECT),
    ];
    let accepted = all.into_iter().filter(|(accepted, _)| *accepted);
    accepted.fold(Types::NONE, |types, (_, it)| types.or(it))
}

fn number_fault(rules: &NumberRules, number: &Number, schema: &Schema) -> Option<Fault> {
    if rules.numbers == Numbers::Integers && !number.is_integer() {
        return Some(Fault::Type {
            expected: expected(schema),
            found: Kind::Number,
        });
    }
    let value = number.decimal();
    let least = rules.minimum.clone().filter(|it| value < it.view());
    let most = rules.maximum.clone().filter(|it| value > it.view());
    let above = rules.exclusive_minimum.clone();
    let above = above.filter(|it| value <= it.view());
    let below = rules.exclusive_maximum.clone();
    let below = below.filter(|it| value >= it.view());
    let step = rules.multiple_of.clone();
    let step = step.filter(|it| !value.is_multiple_of(it.view()));
    let format = rules.format.as_deref().and_then(IntegerFormat::named);
    let format = format.filter(|it| !it.check(&value));
    least
        .map(|limit| Fault::Minimum { limit })
        .or(most.map(|limit| Fault::Maximum { limit }))
        .or(above.map(|limit| Fault::ExclusiveMinimum { limit }))
        .or(below.map(|limit| Fault::ExclusiveMaximum { limit }))
        .or(step.map(|factor| Fault::MultipleOf { factor }))
        .or(format.map(|it| Fault::Format {
            format: Cow::Borrowed(it.name()),
        }))
}

fn string_fault(rules: &StringRules, text: &str) -> Option<Fault> {
    let short = rules.min_length.filter(|it| !length::within_min(text, *it));
    let long = rules.max_length.filter(|it| !length::within_max(text, *it));
    let format = rules.format.as_deref().and_then(Format::named);
    let format = format.filter(|it| !it.check(text));
    let length = length::count(text);
    short
        .map(|limit| Fault::MinLength { limit, length })
        .or(long.map(|limit| Fault::MaxLength { limit, length }))
        .or(format.map(|it| Fault::Format {
            format: Cow::Borrowed(it.name()),
        }))
}

/// A property that must be there whichever way the object travels, and is not.
fn missing(rules: &RecordRules, object: &specsmith_json::Object) -> Option<Fault> {
    let named = rules
        .properties
        .iter()
        .filter(|it| it.presence == Presence::Required && it.access == Access::Both)
        .map(|it| &it.name);
    let mut names = named.chain(&rules.also_required);
    let name = names.find(|it| object.get(it.as_str()).is_none())?;
    Some(Fault::Required {
        property: Cow::Owned(name.as_str().to_owned()),
    })
}

/// Whether a value is the literal: numbers by value, objects whatever the order of their keys.
fn is_same(literal: &Literal, node: &Node) -> bool {
    super::literal::literal(node) == *literal
}
