//! Objects: names are expected in the order in which they came last time.

use std::cell::Cell;

use super::{End, Scan, Stop};
use crate::kernels::text::decode;
use crate::marked::Marked;
use crate::plan::{ANY, Key, MOST_KEYS, RecordRule};
use crate::quick::Check;
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
        if self.rule.keys.len() <= 64 {
            self.scan.object_of::<1>(self.rule, self.at)
        } else {
            self.scan
                .object_of::<{ MOST_KEYS / 64 }>(self.rule, self.at)
        }
    }
}

/// What is next in an object.
enum Next<'a> {
    /// A name that is not the expected one.
    Name,
    /// The value of that key, which stands there.
    Value(usize, &'a Key, usize),
    /// What stands behind a value of that key which began there, fits and must be noted.
    Noted(&'a Key, usize),
    /// What stands behind a value.
    Behind,
}

/// Where in an object a scan is.
struct Plain<const WORDS: usize> {
    at: usize,
    mark: usize,
    /// The key that came last.
    last: usize,
    seen: [u64; WORDS],
}

/// Taking note of a value, compiled for the same instructions.
struct Taking<'s, 'a, V, T> {
    scan: &'s mut Scan<'a, V, T>,
    key: &'a Key,
    start: usize,
    end: usize,
}

impl<'a, V: Vector, T: Marked<'a>> Task for Taking<'_, 'a, V, T> {
    type Output = Result<(), Stop>;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> Result<(), Stop> {
        let (start, end) = (self.start, self.end);
        self.scan.note_plain(self.key.noted, start, end)
    }
}

/// So many keys in the learned order are tried before the hash is.
const TRIES: usize = 4;

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
    fn object_of<const WORDS: usize>(&mut self, rule: &'a RecordRule, at: usize) -> End {
        self.deeper()?;
        let (start, first_mark) = (at, self.at);
        let base = self.hashes.len();
        let order = self.order.get(rule.order as usize..).unwrap_or_default();
        let keys = rule.keys.as_slice();
        let mut seen = [0u64; WORDS];
        let mut last = keys.len();
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
                    last,
                    seen,
                };
                let next = self.plain(keys, order, &mut plain);
                Plain {
                    at,
                    mark,
                    last,
                    seen,
                } = plain;
                let member = match next {
                    Next::Value(index, key, value) => {
                        mark += 2;
                        Some((index, key, value))
                    }
                    Next::Noted(key, value) => {
                        self.note_again(key, value, at)?;
                        None
                    }
                    Next::Behind => None,
                    Next::Name => {
                        if self.byte(at) != b'"' {
                            return Err(Stop::Invalid);
                        }
                        self.at = mark;
                        match self.look_up(rule, at, last)? {
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
                            if key.quick.noted {
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
        let list = key.quick.list.filter(|_| self.byte(at) == b'[');
        let end = if let Some(list) = list.and_then(|it| self.program.lists.get(it as usize)) {
            self.list(list, at)?
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
        if !key.noted.is_nothing() {
            self.note(key.noted, at, end)?;
        }
        Ok(end)
    }

    /// Passes members one after another, as long as each name is the expected one and each value
    /// plainly fits.
    #[inline(always)]
    fn plain<const WORDS: usize>(
        &self,
        keys: &'a [Key],
        order: &[Cell<u16>],
        plain: &mut Plain<WORDS>,
    ) -> Next<'a> {
        let (vector, text) = (self.vector, self.text);
        let Plain {
            mut at,
            mut mark,
            mut last,
            mut seen,
        } = *plain;
        let next = loop {
            let window = text.window(at);
            let mut index = follower(order, last);
            let mut tries = TRIES;
            let key = loop {
                match keys.get(index) {
                    Some(key) if vector.agree(window, &key.head, key.written) => break Some(key),
                    Some(_) if tries > 1 => {
                        tries -= 1;
                        index = follower(order, index);
                    }
                    Some(_) | None => break None,
                }
            };
            let Some(key) = key else {
                break Next::Name;
            };
            let bit = 1u64 << (index % 64);
            let word = if WORDS == 1 { 0 } else { index / 64 };
            let Some(slot) = seen.get_mut(word).filter(|it| **it & bit == 0) else {
                // The tree says that a name occurs twice.
                break Next::Name;
            };
            let value = at + usize::from(key.written);
            let quick = &key.quick;
            if text.byte(value) == b'"' {
                let close = text.mark(mark + 3);
                let length = close.wrapping_sub(value + 1);
                let fits = match quick.check {
                    Check::Length => quick.takes(length),
                    Check::Bytes => quick.takes(length) && self.bytes_fit(quick, value + 1, length),
                    Check::Words => {
                        let literals = self.program.literals.get(quick.words as usize);
                        let window = text.window(value + 1);
                        literals.is_some_and(|it| it.strings.has_short(window, length))
                    }
                    Check::Node | Check::Email | Check::DateTime => false,
                };
                if !fits || text.byte(close) != b'"' {
                    break Next::Value(index, key, value);
                }
                mark += 4;
                at = close + 1;
                if quick.noted {
                    *slot |= bit;
                    last = index;
                    break Next::Noted(key, value);
                }
            } else {
                if !quick.null || text.window(value) != b"null" {
                    break Next::Value(index, key, value);
                }
                mark += 2;
                at = value + 4;
            }
            *slot |= bit;
            last = index;
            if text.window(at) != b",\"" {
                break Next::Behind;
            }
            at += 1;
        };
        *plain = Plain {
            at,
            mark,
            last,
            seen,
        };
        next
    }

    /// Finds the key at `at` however it is written, and remembers that it came after `last`.
    /// Returns its index and where its value begins; nothing, and no step taken, if the rule does
    /// not know it.
    #[inline(never)]
    fn look_up(
        &mut self,
        rule: &'a RecordRule,
        at: usize,
        last: usize,
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
