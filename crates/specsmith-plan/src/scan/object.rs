//! Objects: names are expected in the order in which they came last time.

use std::cell::Cell;

use super::{End, Scan, Stop};
use crate::kernels::text::decode;
use crate::plan::{ANY, Key, MOST_KEYS, RecordRule};
use crate::simd::{Task, Vector};
use crate::strangers::Step;

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

/// Taking note of a value, compiled for the same instructions.
struct Taking<'s, 'a, V> {
    scan: &'s mut Scan<'a, V>,
    key: &'a Key,
    start: usize,
    end: usize,
}

impl<V: Vector> Task for Taking<'_, '_, V> {
    type Output = Result<(), Stop>;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> Result<(), Stop> {
        let (start, end) = (self.start, self.end);
        self.scan.note_plain(self.key.noted, start, end)
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
        let mut at = self.space(at + 1);
        // The next mark is kept here, and in `self` only while something else is asked.
        let mut mark = self.at;
        if self.byte(at) == b'}' {
            at += 1;
        } else {
            loop {
                let window = text.get(at..).and_then(|it| it.first_chunk::<32>());
                let window = window.ok_or(Stop::Invalid)?;
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
                                at = self.unknown(rule, start, at)?;
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
                let word = if WORDS == 1 { 0 } else { index / 64 };
                let slot = seen.get_mut(word).ok_or(Stop::Unsure)?;
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
                    Some(end) => {
                        if key.noted.is_always() {
                            self.note_again(key, value, end)?;
                        }
                        end
                    }
                    None => {
                        self.at = mark;
                        let end = self.member(rule, key, at, value)?;
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
        // Kept apart from what was written to, which then stays in a register.
        let seen = seen;
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
            self.notes.suspected |= there != rule.attribute;
        }
        self.depth -= 1;
        if let Some(more) = &rule.more {
            let known: u32 = seen.iter().map(|it| it.count_ones()).sum();
            let count = u64::from(known) + strange as u64;
            self.more(more, &seen, count, (first_mark, start, at))?;
        }
        Ok(at)
    }

    /// Takes note of a value that a shortcut said fits.
    #[inline(always)]
    fn note_again(&mut self, key: &'a Key, start: usize, end: usize) -> Result<(), Stop> {
        let vector = self.vector;
        vector.call(Taking {
            scan: self,
            key,
            start,
            end,
        })
    }

    /// Judges the value of a known property, whose name begins at `open`, by its node.
    #[inline(never)]
    fn member(&mut self, rule: &'a RecordRule, key: &'a Key, open: usize, at: usize) -> End {
        let strangers = self.notes.strangers.count();
        let end = if key.extra.0 != key.extra.1 {
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
        if !key.noted.is_nothing() {
            self.note(key.noted, at, end)?;
        }
        Ok(end)
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
