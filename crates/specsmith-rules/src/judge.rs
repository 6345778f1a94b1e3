//! Judging: the rules of a JSON value that no other Rust type can say.
//!
//! Generated types around a [`Value`] check it with a [`Judge`]: each branch is a type, and a value
//! fits a branch if it can be read as that type, strictly, and is valid. Whether it does is unknown
//! where the type cannot hold a number exactly; what hangs on that is
//! [`Fault::NotRepresentable`].

mod spoken;

use serde::de::DeserializeOwned;
use serde_json::Value;
use specsmith_json::{ErrorKind, Limits, Node, from_node, read as read_text};

use crate::pattern::{Match, Pattern};
use crate::{Fault, Path, Report, Validate, Violations};

pub use spoken::Spoken;

/// Whether a value fits a branch. Of two answers that must both hold, the lesser one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fits {
    /// It does not.
    No,
    /// Perhaps: the type cannot hold a number exactly.
    Unknown,
    /// It does.
    Yes,
}

/// Whether a value fits a branch.
pub type Accepts = fn(&Node) -> Fits;

/// Whether a value can be read as a `T`, strictly, and is valid.
pub fn accepts<T: DeserializeOwned + Validate>(node: &Node) -> Fits {
    match from_node::<T>(node) {
        Ok(value) => match value.validate() {
            Ok(()) => Fits::Yes,
            Err(violations) if violations.are_of_the_type() => Fits::Unknown,
            Err(_) => Fits::No,
        },
        Err(error) if matches!(error.kind(), ErrorKind::NotRepresentable) => Fits::Unknown,
        Err(_) => Fits::No,
    }
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

    /// How many branches fit, and of how many that is unknown.
    fn count(&self, branches: &[Accepts]) -> Option<(usize, usize)> {
        let node = self.node.as_ref()?;
        Some(counted(branches.iter().map(|accepts| accepts(node))))
    }

    /// Of a value that cannot be looked at, `finish` tells.
    fn fits(&self, accepts: Accepts) -> Fits {
        self.node.as_ref().map_or(Fits::Yes, accepts)
    }

    fn record(&mut self, fault: Fault) {
        self.violations.record(self.path, fault);
    }

    /// Records the fault of what does not fit.
    fn require(&mut self, fits: Fits, fault: Fault) {
        require(self.violations, self.path, fits, fault);
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
            Err(report @ Report::Json(_)) if report.is_not_representable() => {
                self.record(Fault::NotRepresentable);
            }
            Err(Report::Json(_)) => self.record(Fault::AnyOf { branches: 1 }),
        }
    }

    /// Exactly one branch fits.
    pub fn one_of(&mut self, branches: &[Accepts]) {
        let Some((matched, unknown)) = self.count(branches) else {
            return;
        };
        let fits = match (matched, unknown) {
            (1, 0) => Fits::Yes,
            (0 | 1, 1..) => Fits::Unknown,
            (_, _) => Fits::No,
        };
        let branches = branches.len();
        self.require(fits, Fault::OneOf { branches, matched });
    }

    /// At least one branch fits.
    pub fn any_of(&mut self, branches: &[Accepts]) {
        let fits = branches.iter().map(|accepts| self.fits(*accepts)).max();
        let branches = branches.len();
        self.require(fits.unwrap_or(Fits::No), Fault::AnyOf { branches });
    }

    /// It does not fit.
    pub fn not(&mut self, accepts: Accepts) {
        if self.node.is_some() {
            let fits = match self.fits(accepts) {
                Fits::No => Fits::Yes,
                Fits::Unknown => Fits::Unknown,
                Fits::Yes => Fits::No,
            };
            self.require(fits, Fault::Not);
        }
    }

    /// The second fits if the first does, else the third.
    pub fn if_then_else(
        &mut self,
        condition: Accepts,
        then: Option<Accepts>,
        otherwise: Option<Accepts>,
    ) {
        let fits = |branch: Option<Accepts>| branch.map_or(Fits::Yes, |it| self.fits(it));
        let fits = match self.fits(condition) {
            Fits::Yes => fits(then),
            Fits::No => fits(otherwise),
            Fits::Unknown => match (fits(then), fits(otherwise)) {
                (then, otherwise) if then == otherwise => then,
                (_, _) => Fits::Unknown,
            },
        };
        self.require(fits, Fault::AnyOf { branches: 1 });
    }

    /// If it is an array, its items fit these place by place, and those behind them `items`.
    pub fn prefix(&mut self, prefix: &[Accepts], items: Accepts) {
        let Some(list) = self.node.as_ref().and_then(Node::as_array) else {
            return;
        };
        for (index, item) in list.iter().enumerate() {
            let fits = prefix.get(index).unwrap_or(&items)(item);
            let fault = Fault::AnyOf { branches: 1 };
            require(self.violations, &self.path.index(index), fits, fault);
        }
    }

    /// If it is an array, at least and at most so many of its items fit.
    pub fn contains(&mut self, accepts: Accepts, min: u64, max: Option<u64>) {
        let Some(list) = self.node.as_ref().and_then(Node::as_array) else {
            return;
        };
        let (count, unknown) = counted(list.iter().map(accepts));
        let (count, most) = (count as u64, (count + unknown) as u64);
        let fault = match min {
            1 => Fault::Contains,
            _ => Fault::MinContains { limit: min, count },
        };
        self.require(between(count >= min, most >= min), fault);
        if let Some(limit) = max {
            let fits = between(most <= limit, count <= limit);
            self.require(fits, Fault::MaxContains { limit, count });
        }
    }

    fn has(&self, property: &str) -> bool {
        self.node
            .as_ref()
            .is_some_and(|node| node.get(property).is_some())
    }

    /// If it is an object with that property, it fits.
    pub fn dependent(&mut self, property: &'static str, accepts: Accepts) {
        if self.has(property) {
            let by = property.into();
            self.require(self.fits(accepts), Fault::DependentSchemas { by });
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
            let mut fits = Fits::Yes;
            for (pattern, accepts) in patterns {
                if matches(pattern, &member.key) {
                    spoken_of = true;
                    fits = fits.min(accepts(&member.node));
                }
            }
            if !spoken_of {
                match rest {
                    Some(accepts) => fits = fits.min(accepts(&member.node)),
                    None => self
                        .violations
                        .record(self.path, Fault::AdditionalProperties { near: None }),
                }
            }
            let fault = Fault::AnyOf { branches: 1 };
            require(self.violations, &self.path.key(&member.key), fits, fault);
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
        let mut marks = vec![Fits::No; object.len()];
        spoken.mark_members(node, object, &mut marks);
        for (member, mark) in object.iter().zip(marks) {
            if mark == Fits::Yes {
                continue;
            }
            let (fits, path, fault) = match rest {
                Some(accepts) => (
                    mark.max(accepts(&member.node)),
                    self.path.key(&member.key),
                    Fault::AnyOf { branches: 1 },
                ),
                None => (
                    mark,
                    *self.path,
                    Fault::UnevaluatedProperties { near: None },
                ),
            };
            require(self.violations, &path, fits, fault);
        }
    }

    /// If it is an array, the items that nothing speaks of fit `rest`, or may not be there.
    pub fn unevaluated_items(&mut self, spoken: &Spoken<'_>, rest: Option<Accepts>) {
        let Some((node, items)) = self.node.as_ref().and_then(|it| Some((it, it.as_array()?)))
        else {
            return;
        };
        let mut marks = vec![Fits::No; items.len()];
        spoken.mark_items(node, items, &mut marks);
        for ((index, item), mark) in items.iter().enumerate().zip(marks) {
            if mark == Fits::Yes {
                continue;
            }
            let (fits, path, fault) = match rest {
                Some(accepts) => (
                    mark.max(accepts(item)),
                    self.path.index(index),
                    Fault::AnyOf { branches: 1 },
                ),
                None => (mark, *self.path, Fault::UnevaluatedItems),
            };
            require(self.violations, &path, fits, fault);
        }
    }

    /// If it is an object, its names fit.
    pub fn names(&mut self, accepts: Accepts) {
        let Some(object) = self.node.as_ref().and_then(Node::as_object) else {
            return;
        };
        let each = object.iter().map(|member| {
            let text = specsmith_json::Value::String(member.key.clone());
            accepts(&Node::new(member.key_span, text))
        });
        let fits = each.min().unwrap_or(Fits::Yes);
        self.require(fits, Fault::PropertyNames);
    }

    /// It is one of these, each given as JSON text.
    pub fn listed(&mut self, texts: &[&str]) {
        let Some(node) = &self.node else { return };
        let same = |text: &&str| {
            let literal = read_text(text.as_bytes(), &Limits::default()).root;
            literal.is_some_and(|literal| literal.same_value(node))
        };
        if !texts.iter().any(same) {
            let allowed = texts.iter().filter(|text| **text != "null").count();
            self.record(Fault::Enum {
                allowed,
                null: allowed < texts.len(),
                near: None,
            });
        }
    }
}

/// Records the fault of what does not fit, or that it is unknown whether it does.
fn require(violations: &mut Violations, path: &Path<'_>, fits: Fits, fault: Fault) {
    match fits {
        Fits::Yes => {}
        Fits::Unknown => violations.record(path, Fault::NotRepresentable),
        Fits::No => violations.record(path, fault),
    }
}

/// What holds for certain, and what may hold, as one answer.
fn between(certain: bool, possible: bool) -> Fits {
    match (certain, possible) {
        (true, _) => Fits::Yes,
        (false, true) => Fits::Unknown,
        (false, false) => Fits::No,
    }
}

/// How many are a yes, and how many are unknown.
fn counted(all: impl Iterator<Item = Fits>) -> (usize, usize) {
    all.fold((0, 0), |(yes, unknown), fits| match fits {
        Fits::Yes => (yes + 1, unknown),
        Fits::Unknown => (yes, unknown + 1),
        Fits::No => (yes, unknown),
    })
}

/// Whether any part of the text matches; a pattern that cannot be compiled matches nothing.
fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| pattern.search(text) == Match::Found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes of what a check records about a text.
    fn codes(json: &str, check: impl FnOnce(&mut Judge<'_>)) -> Vec<&'static str> {
        let value: Value = serde_json::from_str(json).expect("it is JSON");
        let (path, mut violations) = (Path::root(), Violations::new());
        let mut judge = Judge::new(&value, &path, &mut violations);
        check(&mut judge);
        judge.finish();
        violations.iter().map(crate::Violation::code).collect()
    }

    const UNKNOWN: &str = "model/not-representable";

    #[test]
    fn what_hangs_on_a_number_that_a_branch_cannot_hold_is_unknown() {
        // Of 2^53 + 1, `f64` says nothing; `u64` holds it, `bool` has nothing to do with it.
        let large = "9007199254740993";
        let unknown: Accepts = accepts::<f64>;
        let (yes, no): (Accepts, Accepts) = (accepts::<u64>, accepts::<bool>);
        assert_eq!(codes(large, |it| it.not(unknown)), [UNKNOWN]);
        assert_eq!(codes(large, |it| it.any_of(&[no, unknown])), [UNKNOWN]);
        assert!(codes(large, |it| it.any_of(&[unknown, yes])).is_empty());
        assert_eq!(codes(large, |it| it.one_of(&[yes, unknown])), [UNKNOWN]);
        let twice = codes(large, |it| it.one_of(&[yes, unknown, yes]));
        assert_eq!(twice, ["schema/one-of"]);
        let either = codes(large, |it| it.if_then_else(unknown, Some(yes), None));
        assert!(either.is_empty());
        let one = codes(large, |it| it.if_then_else(unknown, Some(no), None));
        assert_eq!(one, [UNKNOWN]);
        assert_eq!(codes(large, |it| it.is::<f64>()), [UNKNOWN]);
        let list = "[9007199254740993, 1]";
        assert!(codes(list, |it| it.contains(unknown, 1, None)).is_empty());
        assert_eq!(codes(list, |it| it.contains(unknown, 2, None)), [UNKNOWN]);
        assert_eq!(
            codes(list, |it| it.contains(unknown, 1, Some(1))),
            [UNKNOWN]
        );
        let many = codes(list, |it| it.contains(unknown, 3, None));
        assert_eq!(many, ["schema/min-contains"]);
    }
}
