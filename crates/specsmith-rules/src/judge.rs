//! Judging: the rules of a JSON value that no other Rust type can say.
//!
//! Generated types around a [`Value`] check it with a [`Judge`]: each branch is a type, and a value
//! fits a branch if it can be read as that type, strictly, and is valid.

mod spoken;

use serde::de::DeserializeOwned;
use serde_json::Value;
use specsmith_json::{Limits, Node, from_node, read as read_text};

use crate::pattern::{Match, Pattern};
use crate::{Fault, Path, Report, Validate, Violations};

pub use spoken::Spoken;

/// Whether a value fits a branch.
pub type Accepts = fn(&Node) -> bool;

/// Whether a value can be read as a `T`, strictly, and is valid.
pub fn accepts<T: DeserializeOwned + Validate>(node: &Node) -> bool {
    from_node::<T>(node).is_ok_and(|value| value.validate().is_ok())
}

/// The value as a `T`, if it is a valid one.
pub fn read<T: DeserializeOwned + Validate>(value: &Value) -> Option<T> {
    let value: T = from_node(&node(value)?).ok()?;
    value.validate().ok()?;
    Some(value)
}

fn node(value: &Value) -> Option<Node> {
    let text = serde_json::to_vec(value).ok()?;
    read_text(&text, &Limits::default()).root
}

/// One value under judgement. Each check records what is wrong.
pub struct Judge<'a> {
    text: Vec<u8>,
    node: Option<Node>,
    path: &'a Path<'a>,
    violations: &'a mut Violations,
}

impl<'a> Judge<'a> {
    /// Takes up a value that stands at the end of `path`.
    pub fn new(value: &Value, path: &'a Path<'a>, violations: &'a mut Violations) -> Self {
        let text = serde_json::to_vec(value).unwrap_or_default();
        let node = read_text(&text, &Limits::default()).root;
        Self {
            text,
            node,
            path,
            violations,
        }
    }

    /// A value that cannot be looked at, since it is nested too deeply, is not valid.
    pub fn finish(self) {
        if self.node.is_none() {
            self.violations.record(self.path, Fault::FalseSchema);
        }
    }

    fn count(&self, branches: &[Accepts]) -> Option<usize> {
        let node = self.node.as_ref()?;
        Some(branches.iter().filter(|accepts| accepts(node)).count())
    }

    fn fits(&self, accepts: Accepts) -> bool {
        self.node.as_ref().is_some_and(accepts)
    }

    fn record(&mut self, fault: Fault) {
        self.violations.record(self.path, fault);
    }

    /// No value is valid.
    pub fn never(&mut self) {
        self.record(Fault::FalseSchema);
    }

    /// The value is a `T`.
    pub fn is<T: DeserializeOwned + Validate>(&mut self) {
        match crate::from_json::<T>(&self.text) {
            Ok(_) => {}
            Err(Report::Violations(violations)) => {
                let above = self.path.pointer();
                for mut violation in violations {
                    violation.pointer.insert_str(0, &above);
                    violation.span = None;
                    self.violations.push(violation);
                }
            }
            Err(Report::Json(_)) => self.record(Fault::AnyOf { branches: 1 }),
        }
    }

    /// Exactly one branch fits.
    pub fn one_of(&mut self, branches: &[Accepts]) {
        if let Some(matched) = self.count(branches) {
            if matched != 1 {
                self.record(Fault::OneOf {
                    branches: branches.len(),
                    matched,
                });
            }
        }
    }

    /// At least one branch fits.
    pub fn any_of(&mut self, branches: &[Accepts]) {
        if self.node.is_some() && !branches.iter().any(|accepts| self.fits(*accepts)) {
            self.record(Fault::AnyOf {
                branches: branches.len(),
            });
        }
    }

    /// It does not fit.
    pub fn not(&mut self, accepts: Accepts) {
        if self.fits(accepts) {
            self.record(Fault::Not);
        }
    }

    /// The second fits if the first does, else the third.
    pub fn if_then_else(
        &mut self,
        condition: Accepts,
        then: Option<Accepts>,
        otherwise: Option<Accepts>,
    ) {
        let branch = if self.fits(condition) {
            then
        } else {
            otherwise
        };
        if let Some(branch) = branch {
            if self.node.is_some() && !self.fits(branch) {
                self.record(Fault::AnyOf { branches: 1 });
            }
        }
    }

    /// If it is an array, its items fit these place by place, and those behind them `items`.
    pub fn prefix(&mut self, prefix: &[Accepts], items: Accepts) {
        let Some(list) = self.node.as_ref().and_then(Node::as_array) else {
            return;
        };
        for (index, item) in list.iter().enumerate() {
            if !prefix.get(index).unwrap_or(&items)(item) {
                self.violations
                    .record(&self.path.index(index), Fault::AnyOf { branches: 1 });
            }
        }
    }

    /// If it is an array, at least and at most so many of its items fit.
    pub fn contains(&mut self, accepts: Accepts, min: u64, max: Option<u64>) {
        let Some(list) = self.node.as_ref().and_then(Node::as_array) else {
            return;
        };
        let count = list.iter().filter(|item| accepts(item)).count() as u64;
        if count < min {
            self.record(if min == 1 {
                Fault::Contains
            } else {
                Fault::MinContains { limit: min, count }
            });
        }
        if let Some(limit) = max {
            if count > limit {
                self.record(Fault::MaxContains { limit, count });
            }
        }
    }

    fn has(&self, property: &str) -> bool {
        self.node
            .as_ref()
            .is_some_and(|node| node.get(property).is_some())
    }

    /// If it is an object with that property, it fits.
    pub fn dependent(&mut self, property: &'static str, accepts: Accepts) {
        if self.has(property) && !self.fits(accepts) {
            self.record(Fault::DependentSchemas {
                by: property.into(),
            });
        }
    }

    /// If it is an object with that property, it has the others.
    pub fn dependent_required(&mut self, by: &'static str, others: &[&'static str]) {
        if !self.has(by) {
            return;
        }
        for property in others {
            if !self.has(property) {
                self.record(Fault::DependentRequired {
                    property: (*property).into(),
                    by: by.into(),
                });
            }
        }
    }

    /// If it is an object, each property whose name matches a pattern fits what the pattern asks;
    /// those that are neither known nor matched fit `rest`, or may not be there.
    pub fn patterns(
        &mut self,
        known: &[&str],
        patterns: &[(&'static str, Accepts)],
        rest: Option<Accepts>,
    ) {
        let Some(object) = self.node.as_ref().and_then(Node::as_object) else {
            return;
        };
        for member in object.iter() {
            let mut spoken_of = known.contains(&&*member.key);
            let mut fits = true;
            for (pattern, accepts) in patterns {
                if matches(pattern, &member.key) {
                    spoken_of = true;
                    fits &= accepts(&member.node);
                }
            }
            if !spoken_of {
                match rest {
                    Some(accepts) => fits &= accepts(&member.node),
                    None => self
                        .violations
                        .record(self.path, Fault::AdditionalProperties { near: None }),
                }
            }
            if !fits {
                self.violations
                    .record(&self.path.key(&member.key), Fault::AnyOf { branches: 1 });
            }
        }
    }

    /// If it is an object, the properties that nothing speaks of fit `rest`, or may not be there.
    pub fn unevaluated_properties(&mut self, spoken: &Spoken<'_>, rest: Option<Accepts>) {
        let Some((node, object)) = self
            .node
            .as_ref()
            .and_then(|it| Some((it, it.as_object()?)))
        else {
            return;
        };
        let mut marks = vec![false; object.len()];
        spoken.mark_members(node, object, &mut marks);
        for (member, _) in object.iter().zip(marks).filter(|(_, mark)| !mark) {
            match rest {
                Some(accepts) if accepts(&member.node) => {}
                Some(_) => self
                    .violations
                    .record(&self.path.key(&member.key), Fault::AnyOf { branches: 1 }),
                None => self
                    .violations
                    .record(self.path, Fault::UnevaluatedProperties { near: None }),
            }
        }
    }

    /// If it is an array, the items that nothing speaks of fit `rest`, or may not be there.
    pub fn unevaluated_items(&mut self, spoken: &Spoken<'_>, rest: Option<Accepts>) {
        let Some((node, items)) = self.node.as_ref().and_then(|it| Some((it, it.as_array()?)))
        else {
            return;
        };
        let mut marks = vec![false; items.len()];
        spoken.mark_items(node, items, &mut marks);
        let unspoken = items.iter().enumerate().zip(marks);
        for ((index, item), _) in unspoken.filter(|(_, mark)| !mark) {
            match rest {
                Some(accepts) if accepts(item) => {}
                Some(_) => self
                    .violations
                    .record(&self.path.index(index), Fault::AnyOf { branches: 1 }),
                None => self.violations.record(self.path, Fault::UnevaluatedItems),
            }
        }
    }

    /// If it is an object, its names fit.
    pub fn names(&mut self, accepts: Accepts) {
        let Some(object) = self.node.as_ref().and_then(Node::as_object) else {
            return;
        };
        let wrong = object.iter().any(|member| {
            let text = specsmith_json::Value::String(member.key.clone());
            !accepts(&Node::new(member.key_span, text))
        });
        if wrong {
            self.record(Fault::PropertyNames);
        }
    }

    /// It is one of these, each given as JSON text.
    pub fn listed(&mut self, texts: &[&str]) {
        let Some(node) = &self.node else { return };
        let same = |text: &&str| {
            let literal = read_text(text.as_bytes(), &Limits::default()).root;
            literal.is_some_and(|literal| literal.same_value(node))
        };
        if !texts.iter().any(same) {
            self.record(Fault::Enum {
                allowed: texts.iter().filter(|text| **text != "null").count(),
                near: None,
            });
        }
    }
}

/// Whether any part of the text matches; a pattern that cannot be compiled matches nothing.
fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| pattern.search(text) == Match::Found)
}
