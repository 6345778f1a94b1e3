//! Objects.

use std::borrow::Cow;

use specsmith_ir::Facet;
use specsmith_json::{Member, Node as Json, Object, Span, Value, pointer};
use specsmith_rules::pattern::Match;
use specsmith_rules::{Fault, nearest};

use super::{Step, Walk, report, scalar};
use crate::plan::{Key, MoreRules, NodeId, RecordRule, RestRule};
use crate::strangers;

impl<'v> Walk<'_, 'v> {
    pub(super) fn record(
        &mut self,
        id: NodeId,
        rule: &RecordRule,
        object: &'v Object,
        value: &'v Json,
    ) -> bool {
        let mut fine = true;
        for key in rule.keys.iter().filter(|key| key.required) {
            if object.get(&key.name).is_none() {
                fine = self.missing(id, rule, key, object, value);
            }
            if !fine && self.quiet > 0 {
                return false;
            }
        }
        for member in object {
            fine &= self.member(id, rule, object, member);
            if !fine && self.quiet > 0 {
                return false;
            }
        }
        match &rule.more {
            Some(more) => self.more(id, rule, more, object, value) && fine,
            None => fine,
        }
    }

    fn missing(
        &mut self,
        id: NodeId,
        rule: &RecordRule,
        key: &Key,
        object: &'v Object,
        value: &'v Json,
    ) -> bool {
        if self.quiet > 0 {
            return false;
        }
        let fault = Fault::Required {
            property: Cow::Owned(key.name.to_string()),
        };
        let brace = Span::new(value.span.start, value.span.start.saturating_add(1));
        let mut mistake = self.mistake(id, Facet::Required, brace, &fault);
        // Perhaps it is there under a name that nothing knows.
        let strangers = object.keys().filter(|name| find(rule, name).is_none());
        if let Some(member) = nearest(&key.name, strangers).and_then(|it| object.member(it)) {
            mistake.help = Some(format!("did you mean it by `{}`?", member.key));
            let words = "this name is close to it".to_owned();
            mistake
                .related
                .push((words, report::range(member.key_span)));
        }
        self.tell(mistake);
        false
    }

    fn member(
        &mut self,
        id: NodeId,
        rule: &RecordRule,
        object: &'v Object,
        member: &'v Member,
    ) -> bool {
        let key = find(rule, &member.key);
        let mut spoken = false;
        let mut fine = true;
        if let Some(key) = key
            && key.property.is_some()
        {
            spoken = true;
            fine &= self.inside(member, true, key.node);
        }
        if let Some(more) = &rule.more {
            for (pattern, node) in &more.patterns {
                if pattern.search(&member.key) != Match::Missing {
                    spoken = true;
                    fine &= self.inside(member, key.is_some(), *node);
                }
            }
        }
        if spoken {
            return fine;
        }
        match rule.rest {
            RestRule::Collected(node) => self.inside(member, key.is_some(), node),
            RestRule::Denied => {
                self.denied(id, rule, object, member);
                false
            }
            RestRule::Ignored => {
                if key.is_none() {
                    self.watch_name(id, rule, object, member);
                }
                fine
            }
        }
    }

    fn inside(&mut self, member: &'v Member, known: bool, node: NodeId) -> bool {
        let name = &member.key;
        self.steps.push(Step::Key { name, known });
        let fine = self.visit(node, &member.node);
        self.steps.pop();
        fine
    }

    fn denied(&mut self, id: NodeId, rule: &RecordRule, object: &Object, member: &Member) {
        if self.quiet > 0 {
            return;
        }
        let near = near(rule, object, &member.key);
        let fault = Fault::AdditionalProperties {
            near: near.map(|it| Cow::Owned(it.to_owned())),
        };
        let mut mistake = self.mistake(id, Facet::Rest, member.key_span, &fault);
        pointer::push_key(&mut mistake.pointer, &member.key);
        mistake.suggestion = near.map(|it| (scalar::quoted(it), report::range(member.key_span)));
        self.tell(mistake);
    }

    /// A property that the specification does not know is no mistake, but may be told.
    fn watch_name(&mut self, id: NodeId, rule: &RecordRule, object: &Object, member: &Member) {
        let told = self.quiet == 0
            && rule.watched
            && self.program.options.watch.unknown_properties
            && !is_known_elsewhere(rule, &member.key);
        if !told {
            return;
        }
        let near = near(rule, object, &member.key);
        let mut pointer = self.pointer();
        pointer::push_key(&mut pointer, &member.key);
        let (subject, bytes) = (self.subject(), report::range(member.key_span));
        let mistake = strangers::mistake(self.program, id, &subject, bytes, pointer, near);
        self.tell(mistake);
    }

    fn more(
        &mut self,
        id: NodeId,
        rule: &RecordRule,
        more: &MoreRules,
        object: &'v Object,
        value: &'v Json,
    ) -> bool {
        let mut fine = true;
        let count = object.len() as u64;
        if let Some(limit) = more.min.filter(|limit| count < *limit) {
            let fault = Fault::MinProperties { limit, count };
            fine = self.fail(id, Facet::MinProperties, value.span, fault);
        }
        if let Some(limit) = more.max.filter(|limit| count > *limit) {
            let fault = Fault::MaxProperties { limit, count };
            fine = self.fail(id, Facet::MaxProperties, value.span, fault);
        }
        if let Some(names) = more.names {
            for member in object {
                fine &= self.name(id, names, member);
            }
        }
        let there = |at: u32| {
            let key = rule.keys.get(at as usize)?;
            object.member(&key.name)
        };
        let brace = Span::new(value.span.start, value.span.start.saturating_add(1));
        for (by, needed) in &more.dependent_required {
            let Some(present) = there(*by) else { continue };
            for key in needed.iter().filter(|at| there(**at).is_none()) {
                let Some(key) = rule.keys.get(*key as usize) else {
                    continue;
                };
                let fault = Fault::DependentRequired {
                    property: Cow::Owned(key.name.to_string()),
                    by: Cow::Owned(present.key.to_string()),
                };
                fine = self.fail(id, Facet::DependentRequired, brace, fault);
            }
        }
        for (by, node) in &more.dependent_schemas {
            let Some(present) = there(*by) else { continue };
            if self.program.node(*node).kinds.0 == 0 {
                let fault = Fault::DependentSchemas {
                    by: Cow::Owned(present.key.to_string()),
                };
                fine = self.fail(id, Facet::DependentSchemas, present.key_span, fault);
            } else {
                fine &= self.visit(*node, value);
            }
        }
        fine
    }

    /// What the schema for names says about one. The name is judged as a string of its own, so
    /// that what is wrong with it can be told.
    fn name(&mut self, id: NodeId, names: NodeId, member: &'v Member) -> bool {
        let value = Value::String(member.key.clone());
        let name = Json::new(member.key_span, value);
        let mut walk = Walk::new(self.program, None);
        walk.scope.clone_from(&self.scope);
        walk.quiet = 1;
        if walk.visit(names, &name) {
            return true;
        }
        if self.quiet > 0 {
            return false;
        }
        let mut mistake = self.mistake(id, Facet::Names, member.key_span, &Fault::PropertyNames);
        pointer::push_key(&mut mistake.pointer, &member.key);
        let mut walk = Walk::new(self.program, None);
        walk.scope.clone_from(&self.scope);
        walk.visit(names, &name);
        if let Some(first) = walk.told.into_list().first() {
            let clause = first.message.trim_start_matches("the document ");
            mistake.help = Some(format!("the name {clause}"));
            mistake.spec = first.spec.or(mistake.spec);
        }
        self.tell(mistake);
        false
    }
}

pub(super) fn find<'r>(rule: &'r RecordRule, name: &str) -> Option<&'r Key> {
    if rule.keys.len() >= usize::from(u16::MAX) {
        return rule.keys.iter().find(|key| &*key.name == name);
    }
    let at = rule.table.find(name.as_bytes(), |at| {
        rule.keys.get(at).is_some_and(|key| &*key.name == name)
    })?;
    rule.keys.get(at)
}

pub(crate) fn is_known_elsewhere(rule: &RecordRule, name: &str) -> bool {
    let names = &rule.known_elsewhere;
    names.binary_search_by(|it| (**it).cmp(name)).is_ok()
}

/// The known name that was probably meant and is not there already.
pub(super) fn near<'r>(rule: &'r RecordRule, object: &Object, name: &str) -> Option<&'r str> {
    let free = rule
        .keys
        .iter()
        .map(|key| &*key.name)
        .filter(|known| object.get(known).is_none());
    nearest(name, free)
}
