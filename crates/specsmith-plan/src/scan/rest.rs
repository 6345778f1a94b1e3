//! What objects are asked beside the values of their known properties.

use super::{End, Scan, Stop};
use crate::attention::Noted;
use crate::kernels::text::decode;
use crate::marked::Marked;
use crate::plan::{ANY, Key, MoreRules, NodeId, RecordRule, RestRule};
use crate::simd::Vector;
use crate::strangers::Step;
use specsmith_rules::pattern::Match;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// A property that the rule knows and that patterns of names speak of as well.
    #[inline(never)]
    pub(super) fn known_with_patterns(
        &mut self,
        rule: &'a RecordRule,
        key: &'a Key,
        at: usize,
    ) -> End {
        let at = self.space(at);
        let mark = self.at;
        let end = if key.node == ANY {
            self.skip(at)?
        } else {
            self.value(key.node, at)?
        };
        let extra = rule.more.as_ref().and_then(|more| {
            let (start, end) = key.extra;
            more.extra.get(start as usize..end as usize)
        });
        for node in extra.unwrap_or_default() {
            if !self.branch(*node, mark, at, end)? {
                return Err(Stop::Invalid);
            }
        }
        Ok(end)
    }

    /// A property that the rule does not know by name, of the object whose brace is at `object`.
    #[inline(never)]
    pub(super) fn unknown(&mut self, rule: &'a RecordRule, object: usize, at: usize) -> End {
        let close = self.string_end()?;
        self.remember_name(at + 1, close)?;
        let colon = self.colon(close + 1)?;
        let value = self.space(colon);
        let end = self.rest(rule, object, (at, close), value)?;
        if rule.noted {
            let raw = self.text.between(at + 1, close);
            let mut room = std::mem::take(self.room);
            let noted = match decode(raw, &mut room) {
                Some(name) => self.note_unknown(name, value, end),
                None => Err(Stop::Unsure),
            };
            *self.room = room;
            noted?;
        }
        Ok(end)
    }

    fn note_unknown(&mut self, name: &str, start: usize, end: usize) -> Result<(), Stop> {
        if !self
            .program
            .attention
            .unnamed
            .iter()
            .any(|it| **it == *name)
        {
            return Ok(());
        }
        let noted = Noted::of_unread(&self.program.options.watch, name);
        self.note(noted, start, end)
    }

    /// The value of a property that the rule does not know by name.
    fn rest(
        &mut self,
        rule: &'a RecordRule,
        object: usize,
        (at, close): (usize, usize),
        value: usize,
    ) -> End {
        let patterns = rule.more.as_ref().map_or(&[][..], |it| &it.patterns);
        if !patterns.is_empty() {
            return self.unknown_with_patterns(rule, (at + 1, close), value);
        }
        match rule.rest {
            RestRule::Denied => Err(Stop::Invalid),
            RestRule::Collected(ANY) => self.skip(value),
            RestRule::Collected(node) => {
                let strangers = self.notes.strangers.count();
                let end = self.value_again(node, value)?;
                if self.notes.strangers.count() != strangers {
                    self.notes
                        .strangers
                        .note_step(strangers, Step::key(at, false));
                }
                Ok(end)
            }
            RestRule::Ignored => {
                if rule.watched && !self.is_known_elsewhere(rule, at + 1, close)? {
                    if !self.telling {
                        return Err(Stop::Unsure);
                    }
                    self.notes.note_stranger(rule.node, object, (at, close));
                }
                self.skip(value)
            }
        }
    }

    fn is_known_elsewhere(
        &mut self,
        rule: &RecordRule,
        start: usize,
        close: usize,
    ) -> Result<bool, Stop> {
        if rule.known_elsewhere.is_empty() {
            return Ok(false);
        }
        let raw = self.text.between(start, close);
        let name = decode(raw, self.room).ok_or(Stop::Unsure)?;
        Ok(crate::tree::is_known_elsewhere(rule, name))
    }

    fn unknown_with_patterns(
        &mut self,
        rule: &'a RecordRule,
        name: (usize, usize),
        value: usize,
    ) -> End {
        let mark = self.at;
        let end = self.skip(value)?;
        let mut spoken = false;
        for (pattern, node) in rule.more.as_ref().map_or(&[][..], |it| &it.patterns) {
            let raw = self.text.between(name.0, name.1);
            let text = decode(raw, self.room).ok_or(Stop::Unsure)?;
            match pattern.search(text) {
                Match::Missing => continue,
                Match::Undecided => return Err(Stop::Unsure),
                Match::Found => {}
            }
            spoken = true;
            if !self.branch(*node, mark, value, end)? {
                return Err(Stop::Invalid);
            }
        }
        if !spoken {
            let fits = match rule.rest {
                RestRule::Denied => false,
                RestRule::Collected(node) => self.branch(node, mark, value, end)?,
                RestRule::Ignored if rule.watched => return Err(Stop::Unsure),
                RestRule::Ignored => true,
            };
            if !fits {
                return Err(Stop::Invalid);
            }
        }
        Ok(end)
    }

    /// The rules that most objects have not.
    #[inline(never)]
    pub(super) fn more(
        &mut self,
        more: &'a MoreRules,
        seen: &[u64],
        count: u64,
        (mark, start, end): (usize, usize, usize),
    ) -> Result<(), Stop> {
        let has = |at: u32| {
            let word = seen.get(at as usize / 64).copied().unwrap_or(0);
            word >> (at % 64) & 1 == 1
        };
        let enough = more.min.is_none_or(|min| count >= min);
        let few = more.max.is_none_or(|max| count <= max);
        let complete = more
            .dependent_required
            .iter()
            .all(|(by, needed)| !has(*by) || needed.iter().all(|it| has(*it)));
        if !enough || !few || !complete {
            return Err(Stop::Invalid);
        }
        for (by, node) in &more.dependent_schemas {
            if has(*by) && !self.branch(*node, mark, start, end)? {
                return Err(Stop::Invalid);
            }
        }
        if let Some(names) = more.names {
            let behind = self.at;
            self.at = mark;
            self.names(names, start)?;
            self.at = behind;
        }
        Ok(())
    }

    /// Goes through an object that is known to be JSON once more, for its names.
    fn names(&mut self, names: NodeId, start: usize) -> Result<(), Stop> {
        let mut at = self.space(start + 1);
        while self.byte(at) == b'"' {
            let mark = self.at;
            let close = self.string_end()?;
            if !self.branch(names, mark, at, close + 1)? {
                return Err(Stop::Invalid);
            }
            at = self.colon(close + 1)?;
            at = self.skip(at)?;
            at = self.space(at);
            if self.byte(at) == b',' {
                at = self.space(at + 1);
            }
        }
        Ok(())
    }
}
