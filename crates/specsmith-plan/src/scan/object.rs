//! Objects: names are expected in the order in which they came last time.

use std::cell::Cell;

use super::{End, Scan, Stop};
use crate::kernels::text::decode;
use crate::plan::{ANY, Key, MOST_KEYS, MoreRules, NodeId, RecordRule, RestRule};
use crate::simd::{Task, Vector};
use specsmith_rules::pattern::Match;

/// A turn in an object, run apart because objects stand inside objects.
struct Turn<'s, 'a, V> {
    scan: &'s mut Scan<'a, V>,
    rule: &'a RecordRule,
    at: usize,
}

impl<V: Vector> Task for Turn<'_, '_, V> {
    type Output = End;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> End {
        if self.rule.keys.len() <= 64 {
            self.scan.object_of::<1>(self.rule, self.at)
        } else {
            self.scan
                .object_of::<{ MOST_KEYS / 64 }>(self.rule, self.at)
        }
    }
}

/// So many keys in the learned order are tried before the hash is.
const TRIES: usize = 4;

impl<'a, V: Vector> Scan<'a, V> {
    /// Judges the object whose brace is at `at`.
    #[inline(always)]
    pub(super) fn object(&mut self, rule: &'a RecordRule, at: usize) -> End {
        let vector = self.vector;
        vector.call(Turn {
            scan: self,
            rule,
            at,
        })
    }

    /// The same for rules of at most `64 * WORDS` keys.
    #[inline(always)]
    fn object_of<const WORDS: usize>(&mut self, rule: &'a RecordRule, at: usize) -> End {
        self.deeper()?;
        let (start, first_mark) = (at, self.at);
        let base = self.hashes.len();
        let text = self.text;
        let keys = rule.keys.as_slice();
        let order = self.order.get(rule.order as usize..).unwrap_or_default();
        let mut seen = [0u64; WORDS];
        let mut last = keys.len();
        let mut count = 0u64;
        let mut at = self.space(at + 1);
        // The next mark is kept here, and in `self` only while something else is asked.
        let mut mark = self.at;
        if self.byte(at) == b'}' {
            at += 1;
        } else {
            loop {
                let window = text.get(at..).and_then(|it| it.first_chunk::<32>());
                let window = window.ok_or(Stop::Invalid)?;
                count += 1;
                let mut guess = follower(order, last);
                let mut tries = TRIES;
                let found = loop {
                    match keys.get(guess) {
                        Some(key) if self.is_written(key, window, at) => break Some((guess, key)),
                        Some(_) if tries > 1 => {
                            tries -= 1;
                            guess = follower(order, guess);
                        }
                        Some(_) | None => break None,
                    }
                };
                let (index, key, mut value) = match found {
                    Some((index, key)) => {
                        mark += 2;
                        (index, key, at + key.written as usize)
                    }
                    None => {
                        if self.byte(at) != b'"' {
                            return Err(Stop::Invalid);
                        }
                        self.at = mark;
                        match self.look_up(rule, at, last)? {
                            Some(found) => {
                                mark = self.at;
                                found
                            }
                            None => {
                                at = self.unknown(rule, at)?;
                                at = self.space(at);
                                mark = self.at;
                                match self.byte(at) {
                                    b',' => at = self.space(at + 1),
                                    b'}' => break,
                                    _ => return Err(Stop::Invalid),
                                }
                                mark = self.at;
                                continue;
                            }
                        }
                    }
                };
                let bit = 1u64 << (index % 64);
                let slot = seen.get_mut(index / 64).ok_or(Stop::Unsure)?;
                if *slot & bit != 0 {
                    // The name occurs twice.
                    return Err(Stop::Unsure);
                }
                *slot |= bit;
                last = index;
                if self.byte(value) <= b' ' {
                    self.at = mark;
                    value = self.space(value);
                    mark = self.at;
                }
                at = match self.quick(&key.quick, value, &mut mark) {
                    Some(end) => end,
                    None => {
                        self.at = mark;
                        let end = self.member(rule, key, value)?;
                        mark = self.at;
                        end
                    }
                };
                let next = text.get(at..).and_then(|it| it.first_chunk::<2>());
                if next == Some(b",\"") {
                    at += 1;
                    continue;
                }
                self.at = mark;
                at = self.space(at);
                match self.byte(at) {
                    b',' => at = self.space(at + 1),
                    b'}' => {
                        mark = self.at;
                        break;
                    }
                    _ => return Err(Stop::Invalid),
                }
                mark = self.at;
            }
            at += 1;
        }
        self.at = mark;
        if self.hashes.len() != base {
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

    /// Judges the value of a known property by its node.
    #[inline(never)]
    fn member(&mut self, rule: &'a RecordRule, key: &'a Key, at: usize) -> End {
        if key.extra.0 != key.extra.1 {
            self.known_with_patterns(rule, key, at)
        } else if key.node == ANY {
            self.skip(at)
        } else {
            self.value(key.node, at)
        }
    }

    /// Whether `"name":` stands at `at`, where `window` begins.
    #[inline(always)]
    fn is_written(&self, key: &Key, window: &[u8; 32], at: usize) -> bool {
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
        differences == 0 && (!key.long || self.is_written_to_its_end(key, at))
    }

    #[cold]
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
        let mut index = find(rule, raw);
        // With escapes it is another name than it looks like.
        let plain = index
            .and_then(|at| rule.keys.get(at))
            .is_some_and(|key| !key.escaped);
        if !plain && raw.contains(&b'\\') {
            let name = decode(raw, self.room).ok_or(Stop::Unsure)?;
            index = find(rule, name.as_bytes());
        }
        let Some((index, key)) = index.and_then(|at| Some((at, rule.keys.get(at)?))) else {
            self.at = mark;
            return Ok(None);
        };
        if let Some(slot) = self.order.get(rule.order as usize + last) {
            slot.set(u16::try_from(index).unwrap_or(0));
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
            let raw = self.text.get(name.0..name.1).unwrap_or_default();
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
    fn more(
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

/// The key that is expected after another.
#[inline(always)]
fn follower(order: &[Cell<u16>], key: usize) -> usize {
    order
        .get(key)
        .map_or(usize::MAX, |it| usize::from(it.get()))
}

#[inline(always)]
fn find(rule: &RecordRule, name: &[u8]) -> Option<usize> {
    rule.table.find(name, |at| {
        let key = rule.keys.get(at);
        key.is_some_and(|key| key.name.as_bytes() == name)
    })
}
