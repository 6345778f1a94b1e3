//! Objects: names are expected in the order in which they came last time.

use super::{End, Scan, Stop};
use crate::kernels::text::decode;
use crate::plan::{ANY, Key, MoreRules, NodeId, RecordRule, RestRule, Seen};
use crate::simd::Vector;
use specsmith_rules::pattern::Match;

impl<'a, V: Vector> Scan<'a, V> {
    /// Judges the object whose brace is at `at`.
    #[inline(never)]
    pub(super) fn object(&mut self, rule: &'a RecordRule, at: usize) -> End {
        self.deeper()?;
        let (start, first_mark) = (at, self.at);
        let base = self.scratch.hashes.len();
        let order = rule.order as usize;
        let mut seen = Seen::default();
        let mut last = rule.keys.len();
        let mut count = 0u64;
        let mut at = self.space(at + 1);
        if self.byte(at) == b'}' {
            at += 1;
        } else {
            loop {
                if self.byte(at) != b'"' {
                    return Err(Stop::Invalid);
                }
                count += 1;
                let guess = self.scratch.order.get(order + last).copied();
                let guess = usize::from(guess.unwrap_or(0));
                let expected = rule.keys.get(guess).filter(|key| self.is_written(key, at));
                let found = match expected {
                    Some(key) => {
                        self.at += 2;
                        Some((guess, key, at + key.written as usize))
                    }
                    None => self.look_up(rule, at, last)?,
                };
                match found {
                    Some((index, key, value)) => {
                        let (word, bit) = (index / 64, 1u64 << (index % 64));
                        let slot = seen.get_mut(word).ok_or(Stop::Unsure)?;
                        if *slot & bit != 0 {
                            // The name occurs twice.
                            return Err(Stop::Unsure);
                        }
                        *slot |= bit;
                        last = index;
                        if key.extra.0 == key.extra.1 {
                            at = if key.node == ANY {
                                self.skip(value)?
                            } else {
                                self.value(key.node, value)?
                            };
                        } else {
                            at = self.known_with_patterns(rule, key, value)?;
                        }
                    }
                    None => at = self.unknown(rule, at)?,
                }
                if self.byte(at) <= b' ' {
                    at = self.space(at);
                }
                match self.byte(at) {
                    b',' => at = self.space(at + 1),
                    b'}' => break,
                    _ => return Err(Stop::Invalid),
                }
            }
            at += 1;
        }
        if self.scratch.hashes.len() != base {
            self.all_different(base)?;
        }
        let mut missing = 0;
        for (required, seen) in rule.required.iter().zip(&seen) {
            missing |= required & !seen;
        }
        if missing != 0 {
            return Err(Stop::Invalid);
        }
        self.depth -= 1;
        if let Some(more) = &rule.more {
            self.more(more, &seen, count, (first_mark, start, at))?;
        }
        Ok(at)
    }

    /// Whether `"name":` stands at `at`.
    #[inline(always)]
    fn is_written(&self, key: &Key, at: usize) -> bool {
        let Some(window) = self.text.get(at..).and_then(|it| it.first_chunk::<32>()) else {
            return false;
        };
        let mut differences = 0;
        for ((chunk, head), mask) in window
            .as_chunks::<8>()
            .0
            .iter()
            .zip(&key.head)
            .zip(&key.mask)
        {
            differences |= (u64::from_le_bytes(*chunk) ^ head) & mask;
        }
        differences == 0 && key.written != 0 && (!key.long || self.is_written_to_its_end(key, at))
    }

    fn is_written_to_its_end(&self, key: &Key, at: usize) -> bool {
        let close = at + 1 + key.name.len();
        self.text.get(at + 1..close) == Some(key.name.as_bytes())
            && self.text.get(close..close + 2) == Some(b"\":")
    }

    /// Finds the key at `at` by its hash, and remembers that it came after `last`. Returns its
    /// index and where its value begins; nothing, and no step taken, if the rule does not know it.
    #[inline(never)]
    fn look_up(
        &mut self,
        rule: &'a RecordRule,
        at: usize,
        last: usize,
    ) -> Result<Option<(usize, &'a Key, usize)>, Stop> {
        let mark = self.at;
        let close = self.string_end()?;
        let raw = self.text.get(at + 1..close).unwrap_or_default();
        let index = if raw.contains(&b'\\') {
            let name = decode(raw, &mut self.scratch.text).ok_or(Stop::Unsure)?;
            find(rule, name.as_bytes())
        } else {
            find(rule, raw)
        };
        let Some((index, key)) = index.and_then(|at| Some((at, rule.keys.get(at)?))) else {
            self.at = mark;
            return Ok(None);
        };
        if let Some(slot) = self.scratch.order.get_mut(rule.order as usize + last) {
            *slot = u16::try_from(index).unwrap_or(0);
        }
        let value = self.colon(close + 1)?;
        Ok(Some((index, key, value)))
    }

    /// A property that the rule knows and that patterns of names speak of as well.
    #[inline(never)]
    fn known_with_patterns(&mut self, rule: &'a RecordRule, key: &'a Key, at: usize) -> End {
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

    /// A property that the rule does not know by name.
    #[inline(never)]
    fn unknown(&mut self, rule: &'a RecordRule, at: usize) -> End {
        let close = self.string_end()?;
        self.remember_name(at + 1, close)?;
        let colon = self.colon(close + 1)?;
        let value = self.space(colon);
        let patterns = rule.more.as_ref().map_or(&[][..], |it| &it.patterns);
        if !patterns.is_empty() {
            return self.unknown_with_patterns(rule, (at + 1, close), value);
        }
        match rule.rest {
            RestRule::Denied => Err(Stop::Invalid),
            RestRule::Collected(ANY) => self.skip(value),
            RestRule::Collected(node) => self.value_again(node, value),
            RestRule::Ignored => {
                if rule.watched && !self.is_known_elsewhere(rule, at + 1, close)? {
                    return Err(Stop::Unsure);
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
        let raw = self.text.get(start..close).unwrap_or_default();
        let name = decode(raw, &mut self.scratch.text).ok_or(Stop::Unsure)?;
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
            let raw = self.text.get(name.0..name.1).unwrap_or_default();
            let text = decode(raw, &mut self.scratch.text).ok_or(Stop::Unsure)?;
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
    fn more(
        &mut self,
        more: &'a MoreRules,
        seen: &Seen,
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

#[inline(always)]
fn find(rule: &RecordRule, name: &[u8]) -> Option<usize> {
    rule.table.find(name, |at| {
        let key = rule.keys.get(at);
        key.is_some_and(|key| key.name.as_bytes() == name)
    })
}
