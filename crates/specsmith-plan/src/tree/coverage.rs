//! Which items and properties of a value the parts of a schema have spoken of.

use std::borrow::Cow;

use specsmith_ir::Facet;
use specsmith_json::{Member, Node as Json, Object, Value, pointer};
use specsmith_rules::Fault;
use specsmith_rules::pattern::Match;

use super::{Step, Walk, record};
use crate::plan::{Apply, Node, NodeId, RestRule};

/// Which members or items of one value have been spoken of.
struct Covered(Vec<bool>);

impl Covered {
    fn all(&mut self) {
        self.0.fill(true);
    }

    fn add(&mut self, at: usize) {
        if let Some(slot) = self.0.get_mut(at) {
            *slot = true;
        }
    }
}

impl<'p, 'v> Walk<'p, 'v> {
    pub(super) fn unevaluated_properties(
        &mut self,
        id: NodeId,
        node: &'p Node,
        rest: NodeId,
        value: &'v Json,
    ) -> bool {
        let Some(object) = value.as_object() else {
            return true;
        };
        let mut covered = Covered(vec![false; object.len()]);
        self.cover(node, value, &mut covered, Some(Keyword::Properties));
        let mut fine = true;
        for (member, _) in object.iter().zip(covered.0).filter(|(_, spoken)| !spoken) {
            fine &= self.rest_property(id, rest, (object, member));
            if !fine && self.quiet > 0 {
                return false;
            }
        }
        fine
    }

    fn rest_property(
        &mut self,
        id: NodeId,
        rest: NodeId,
        (object, member): (&'v Object, &'v Member),
    ) -> bool {
        let step = Step::Key {
            name: &member.key,
            known: false,
        };
        if self.program.node(rest).kinds.0 != 0 {
            self.steps.push(step);
            let fine = self.visit(rest, &member.node);
            self.steps.pop();
            return fine;
        }
        if self.quiet == 0 {
            let rule = self.program.record_of(self.program.node(id));
            let near = rule.and_then(|rule| record::near(rule, object, &member.key));
            let fault = Fault::UnevaluatedProperties {
                near: near.map(|it| Cow::Owned(it.to_owned())),
            };
            let span = member.key_span;
            let mut mistake = self.mistake(id, Facet::UnevaluatedProperties, span, &fault);
            pointer::push_key(&mut mistake.pointer, &member.key);
            self.tell(mistake);
        }
        false
    }

    pub(super) fn unevaluated_items(
        &mut self,
        id: NodeId,
        node: &'p Node,
        rest: NodeId,
        value: &'v Json,
    ) -> bool {
        let Some(items) = value.as_array() else {
            return true;
        };
        let mut covered = Covered(vec![false; items.len()]);
        self.cover(node, value, &mut covered, Some(Keyword::Items));
        let mut fine = true;
        for (index, item) in items.iter().enumerate() {
            if covered.0.get(index) == Some(&true) {
                continue;
            }
            fine &= self.rest_item(id, rest, index, item);
            if !fine && self.quiet > 0 {
                return false;
            }
        }
        fine
    }

    fn rest_item(&mut self, id: NodeId, rest: NodeId, index: usize, item: &'v Json) -> bool {
        if self.program.node(rest).kinds.0 != 0 {
            self.steps.push(Step::Index(index));
            let fine = self.visit(rest, item);
            self.steps.pop();
            return fine;
        }
        if self.quiet == 0 {
            let facet = Facet::UnevaluatedItems;
            let mut mistake = self.mistake(id, facet, item.span, &Fault::UnevaluatedItems);
            pointer::push_index(&mut mistake.pointer, index);
            self.tell(mistake);
        }
        false
    }

    /// Marks what a node speaks of that accepts `value`, or should; `own` is the keyword that is asking, which
    /// does not count itself.
    fn cover(
        &mut self,
        node: &'p Node,
        value: &'v Json,
        covered: &mut Covered,
        own: Option<Keyword>,
    ) {
        match &value.value {
            Value::Object(object) => {
                if let Some(rule) = self.program.record_of(node) {
                    for (at, member) in object.iter().enumerate() {
                        let spoken =
                            rule.rest != RestRule::Ignored
                                || record::find(rule, &member.key)
                                    .is_some_and(|key| key.property.is_some())
                                || rule.more.iter().flat_map(|it| &it.patterns).any(
                                    |(pattern, _)| pattern.search(&member.key) != Match::Missing,
                                );
                        if spoken {
                            covered.add(at);
                        }
                    }
                    for (by, branch) in rule.more.iter().flat_map(|it| &it.dependent_schemas) {
                        let key = rule.keys.get(*by as usize);
                        if key.is_some_and(|key| object.get(&key.name).is_some()) {
                            self.cover_with(*branch, value, covered);
                        }
                    }
                }
            }
            Value::Array(items) => {
                if let Some(rule) = self.program.list_of(node) {
                    if rule.items_spoken {
                        covered.all();
                    }
                    for at in 0..rule.prefix.len().min(items.len()) {
                        covered.add(at);
                    }
                    if let Some(contains) = &rule.contains {
                        for (at, item) in items.iter().enumerate() {
                            if self.accepts(contains.node, item) {
                                covered.add(at);
                            }
                        }
                    }
                }
            }
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => return,
        }
        for apply in self.program.applied_of(node) {
            match apply {
                Apply::All(branches) => {
                    for branch in branches {
                        self.cover_with(*branch, value, covered);
                    }
                }
                Apply::Any(branches) | Apply::One(branches) => {
                    for branch in branches {
                        self.cover_by(*branch, value, covered);
                    }
                }
                Apply::Not(_) => {}
                Apply::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    if self.accepts(*condition, value) {
                        self.cover_by(*condition, value, covered);
                        if let Some(then) = then {
                            self.cover_with(*then, value, covered);
                        }
                    } else if let Some(otherwise) = otherwise {
                        self.cover_with(*otherwise, value, covered);
                    }
                }
                Apply::Ref(target) => self.cover_with(*target, value, covered),
                Apply::DynamicRef { anchor, fallback } => {
                    let target = self.resolve(anchor).unwrap_or(*fallback);
                    self.cover_with(target, value, covered);
                }
                Apply::UnevaluatedItems(_) => {
                    if own != Some(Keyword::Items) && value.as_array().is_some() {
                        covered.all();
                    }
                }
                Apply::UnevaluatedProperties(_) => {
                    if own != Some(Keyword::Properties) && value.as_object().is_some() {
                        covered.all();
                    }
                }
            }
        }
    }

    /// The same for a branch that need not accept the value, and speaks only if it does.
    fn cover_by(&mut self, branch: NodeId, value: &'v Json, covered: &mut Covered) {
        if self.accepts(branch, value) {
            self.cover_with(branch, value, covered);
        }
    }

    /// The same for a branch that must accept the value. Where it does not, the value is refused
    /// for that, and what the branch speaks of is not blamed for it as well.
    fn cover_with(&mut self, branch: NodeId, value: &'v Json, covered: &mut Covered) {
        if covered.0.iter().all(|it| *it) {
            return;
        }
        let start = value.span.start;
        let looping = self.busy.iter().rev();
        if looping
            .take_while(|(_, at)| *at == start)
            .filter(|(it, _)| *it == branch)
            .count()
            > 1
        {
            return;
        }
        let node = self.program.node(branch);
        let entered = self.enter(node.resource);
        self.busy.push((branch, start));
        self.cover(node, value, covered, None);
        self.busy.pop();
        self.leave(entered);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    Items,
    Properties,
}
