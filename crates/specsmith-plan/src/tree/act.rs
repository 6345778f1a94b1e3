//! What to do about a value, where that takes a look at the schema: an act after which the value
//! is accepted, never one that only leads to the next mistake.

use specsmith_ir::Literal;
use specsmith_json::{Node as Json, Object, Value};
use specsmith_rules::noun_of_format;
use specsmith_rules::pattern::Pattern;

use super::Walk;
use super::record::find;
use crate::plan::{Kinds, ListRule, Node, NodeId, RecordRule};

/// So many references are followed to what they lead to.
const FOLLOWED: usize = 8;
/// So many names of properties are told.
const NAMED: usize = 2;

impl<'p> Walk<'p, '_> {
    /// What to do about a value of another type; `usual` is what that takes as a rule.
    pub(super) fn act(
        &self,
        id: NodeId,
        node: &Node,
        value: &Json,
        usual: Option<String>,
    ) -> Option<String> {
        let text = match &value.value {
            Value::Number(number) => Some(number.as_str().into()),
            Value::Boolean(it) => Some(it.to_string().into()),
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        };
        if let Some(text) = text.filter(|_| node.kinds.has(Kinds::STRING)) {
            let would_do = self.would_accept(id, value, Value::String(text));
            return usual.filter(|_| would_do).or_else(|| self.wanted(node));
        }
        let takes_number = node.kinds.has(Kinds::NUMBER) || node.kinds.has(Kinds::BOOLEAN);
        let becomes_number = value.as_str().is_some() && takes_number;
        match self.program.list_of(node) {
            Some(list) if node.kinds.has(Kinds::LIST) && !becomes_number => {
                if let Some(said) = self.entries(list, value) {
                    return Some(said);
                }
                let wrapped = Value::Array(vec![value.clone()]);
                usual.filter(|_| self.would_accept(id, value, wrapped))
            }
            Some(_) | None => usual,
        }
    }

    /// Whether another value in its place would be accepted.
    fn would_accept(&self, id: NodeId, value: &Json, other: Value) -> bool {
        let other = Json::new(value.span, other);
        let mut walk = Walk::new(self.program, None);
        walk.scope.clone_from(&self.scope);
        walk.verdict(id, &other)
    }

    /// The string that is wanted, where a format or a list says so.
    fn wanted(&self, node: &Node) -> Option<String> {
        if let Some(literals) = self.program.literals_of(node) {
            return choices(
                literals
                    .constant
                    .iter()
                    .chain(literals.listed.iter().flatten()),
            );
        }
        let rule = self.program.string_of(node)?;
        match (&rule.format, &rule.pattern) {
            (Some(format), _) => noun_of_format(&format.name).map(|noun| format!("write {noun}")),
            (None, Some(_)) => Some("write a string that matches the pattern".to_owned()),
            (None, None) => None,
        }
    }

    /// What the items of a list are, where an object is given that is none of them.
    fn entries(&self, list: &ListRule, value: &Json) -> Option<String> {
        let object = value.as_object().filter(|it| !it.is_empty())?;
        let record = self.record_at(list.items)?;
        let names: Vec<_> = record
            .keys
            .iter()
            .filter(|it| it.property.is_some())
            .collect();
        if names.is_empty() || knows_any(record, object) {
            return None;
        }
        let named = names.iter().take(NAMED).map(|it| format!("`{}`", it.name));
        let named = named.collect::<Vec<_>>().join(" and ");
        Some(format!("write a list of objects with {named}"))
    }

    /// The rules for objects of a schema, or of the one that it refers to.
    pub(super) fn record_at(&self, id: NodeId) -> Option<&'p RecordRule> {
        let program = self.program;
        let mut id = id;
        for _ in 0..FOLLOWED {
            let node = program.node(id);
            if let Some(record) = program.record_of(node) {
                return Some(record);
            }
            id = program.target_of(node)?;
        }
        None
    }

    /// The one value that a property may have by a schema, which tells the schema from others.
    pub(super) fn tag_at(&self, id: NodeId, name: &str) -> Option<&'p Literal> {
        let key = find(self.record_at(id)?, name)?;
        let literals = self.program.literals_of(self.program.node(key.node))?;
        match (&literals.constant, literals.listed.as_deref()) {
            (Some(constant), _) => Some(constant),
            (None, Some([only])) => Some(only),
            (None, _) => None,
        }
    }
}

fn knows_any(record: &RecordRule, object: &Object) -> bool {
    object.keys().any(|key| find(record, key).is_some())
}

/// What to choose from, where that can be said in a line.
pub(super) fn choices<'l>(listed: impl IntoIterator<Item = &'l Literal>) -> Option<String> {
    const MOST: usize = 20;
    let word = |literal: &Literal| match literal {
        // It stands last, without the quotes that would make a text of it.
        Literal::Null => Some(String::new()),
        Literal::Boolean(it) => Some(format!("`{it}`")),
        Literal::Number(it) => Some(format!("`{it}`")),
        Literal::String(it) => Some(format!("`{it}`")),
        Literal::List(_) | Literal::Record(_) => None,
    };
    let all: Option<Vec<_>> = listed.into_iter().map(word).collect();
    let mut words = all?;
    let listed = words.len();
    words.retain(|it| !it.is_empty());
    let or_null = if words.len() < listed { " or null" } else { "" };
    match words.as_slice() {
        [] if listed > 0 => Some("write null".to_owned()),
        [] => None,
        [only] => Some(format!("write {only}{or_null}")),
        all if all.len() > MOST => None,
        all => Some(format!("write one of {}{or_null}", all.join(", "))),
    }
}

/// The first character that a pattern of one class does not take: which one it is and of which
/// kind, but not the character.
pub(super) fn stranger(pattern: &Pattern, text: &str) -> Option<String> {
    let run = pattern.as_class_run()?;
    let (at, char) = (1..).zip(text.chars()).find(|(_, it)| !run.holds(*it))?;
    Some(format!("character {at}, {}", kind_of_char(char)))
}

fn kind_of_char(char: char) -> &'static str {
    match char {
        ' ' => "a space",
        it if it.is_whitespace() => "white space",
        it if it.is_control() => "a control character",
        it if it.is_ascii_digit() => "a digit",
        it if it.is_ascii_uppercase() => "a capital letter",
        it if it.is_ascii_lowercase() => "a small letter",
        it if it.is_ascii() => "a punctuation mark",
        it if it.is_alphabetic() => "a letter beyond ASCII",
        _ => "a character beyond ASCII",
    }
}
