//! Objects: plain members in a row, others one by one.

use super::plain::{Next, Plain};
use super::{End, Scan, Stop};
use crate::kernels::text::decode;
use crate::keys::By;
use crate::marked::Marked;
use crate::plan::{ANY, Key, MOST_KEYS, RecordRule};
use crate::simd::{Task, Vector};
use crate::strangers::Step;

/// A turn in an object, run apart because objects stand inside objects.
struct Turn<'s, 'a, V, T> {
    scan: &'s mut Scan<'a, V, T>,
    rule: &'a RecordRule,
    at: usize,
}

impl<'a, V: Vector, T: Marked<'a>> Task for Turn<'_, 'a, V, T> {
    type Output = End;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> End {
        let Self { scan, rule, at } = self;
        if rule.keys.len() > 64 {
            return scan.object_of::<{ MOST_KEYS / 64 }>(rule, rule.table.by(), at);
        }
        // Once for each way to hash names, so that no member asks for it.
        match rule.table.by() {
            By::Start => scan.object_of::<1>(rule, By::Start, at),
            By::End => scan.object_of::<1>(rule, By::End, at),
            By::Both => scan.object_of::<1>(rule, By::Both, at),
        }
    }
}

/// The value of a member that is not plain, run apart because it may be anything.
struct Member<'s, 'a, V, T> {
    scan: &'s mut Scan<'a, V, T>,
    rule: &'a RecordRule,
    key: &'a Key,
    open: usize,
    at: usize,
}

impl<'a, V: Vector, T: Marked<'a>> Task for Member<'_, 'a, V, T> {
    type Output = End;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> End {
        let Self {
            scan,
            rule,
            key,
            open,
            at,
        } = self;
        scan.member(rule, key, open, at)
    }
}

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
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
    fn object_of<const WORDS: usize>(&mut self, rule: &'a RecordRule, by: By, at: usize) -> End {
        self.deeper()?;
        let (start, first_mark) = (at, self.at);
        let base = self.hashes.len();
        let mut seen = [0u64; WORDS];
        let mut known = 0;
        let mut at = self.space(at + 1);
        // The next mark is kept here, and in `self` only while something else is asked.
        let mut mark = self.at;
        if self.byte(at) == b'}' {
            at += 1;
        } else {
            loop {
                let mut plain = Plain {
                    at,
                    mark,
                    seen,
                    known,
                };
                let next = self.plain(rule, by, &mut plain);
                Plain {
                    at,
                    mark,
                    seen,
                    known,
                } = plain;
                let member = match next {
                    Next::Value(index, key, value) => {
                        mark += 2;
                        Some((index, key, value))
                    }
                    Next::Unsure => return Err(Stop::Unsure),
                    Next::Behind => None,
                    Next::Name => {
                        if self.byte(at) != b'"' {
                            return Err(Stop::Invalid);
                        }
                        self.at = mark;
                        match self.look_up(rule, at)? {
                            Some(found) => {
                                mark = self.at;
                                Some(found)
                            }
                            None => {
                                at = self.unknown(rule, start, at)?;
                                mark = self.at;
                                None
                            }
                        }
                    }
                };
                if let Some((index, key, mut value)) = member {
                    let word = if WORDS == 1 { 0 } else { index / 64 };
                    let slot = seen.get_mut(word).ok_or(Stop::Unsure)?;
                    known += 1;
                    *slot |= key.bit;
                    if self.byte(value) <= b' ' {
                        self.at = mark;
                        value = self.space(value);
                        mark = self.at;
                    }
                    at = match self.quick(&key.quick, value, &mut mark) {
                        Some(end) => {
                            if key.quick.noted {
                                self.note(key.noted, value, end)?;
                            }
                            end
                        }
                        None => {
                            self.at = mark;
                            let vector = self.vector;
                            let end = vector.call(Member {
                                scan: self,
                                rule,
                                key,
                                open: at,
                                at: value,
                            })?;
                            mark = self.at;
                            end
                        }
                    };
                }
                if self.text.window(at) == b",\"" {
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
        // Kept apart from what was written to, which then stays in a register.
        let seen = seen;
        if known != seen.iter().map(|it| it.count_ones()).sum::<u32>() {
            // The tree says that a name occurs twice.
            return Err(Stop::Unsure);
        }
        let strange = self.hashes.len() - base;
        if strange != 0 {
            self.all_different(base)?;
            self.notes.strangers.note_seen(rule.node, start, &seen);
        }
        let mut missing = 0;
        for (required, seen) in rule.required.iter().zip(&seen) {
            missing |= required & !seen;
        }
        if missing != 0 {
            return Err(Stop::Invalid);
        }
        if rule.attribute != 0 {
            let there = seen.first().map_or(0, |it| it & rule.attribute);
            self.notes.suspect(there != rule.attribute);
            if let Some((start, end)) = self.notes.name.behind(start) {
                self.note_name(start, end);
            }
        }
        self.depth -= 1;
        if let Some(more) = &rule.more {
            let count = u64::from(known) + strange as u64;
            self.more(more, &seen, count, (first_mark, start, at))?;
        }
        Ok(at)
    }

    /// Judges the value of a known property, whose name begins at `open`, by its node.
    #[inline(always)]
    fn member(&mut self, rule: &'a RecordRule, key: &'a Key, open: usize, at: usize) -> End {
        let strangers = self.notes.strangers.count();
        let list = key.quick.list.filter(|_| self.byte(at) == b'[');
        let end = if let Some(list) = list.and_then(|it| self.program.lists.get(it as usize)) {
            self.list_of(list, at)?
        } else if key.extra.0 != key.extra.1 {
            self.known_with_patterns(rule, key, at)?
        } else if key.node == ANY {
            self.skip(at)?
        } else {
            self.value(key.node, at)?
        };
        if self.notes.strangers.count() != strangers {
            self.notes
                .strangers
                .note_step(strangers, Step::key(open, true));
        }
        if self.depth == self.record_depth && self.byte(at) == b'[' {
            self.note_list(key.noted);
        } else if !key.noted.is_nothing() {
            self.note(key.noted, at, end)?;
        }
        Ok(end)
    }

    /// Finds the key at `at` however it is written. Returns its index and where its value begins;
    /// nothing, and no step taken, if the rule does not know it.
    #[inline(never)]
    fn look_up(
        &mut self,
        rule: &'a RecordRule,
        at: usize,
    ) -> Result<Option<(usize, &'a Key, usize)>, Stop> {
        let mark = self.at;
        let close = self.string_end()?;
        let raw = self.text.between(at + 1, close);
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
        let value = self.colon(close + 1)?;
        Ok(Some((index, key, value)))
    }
}

#[inline(always)]
fn find(rule: &RecordRule, name: &[u8]) -> Option<usize> {
    rule.table.find(name, |at| {
        let key = rule.keys.get(at);
        key.is_some_and(|key| key.name.as_bytes() == name)
    })
}
