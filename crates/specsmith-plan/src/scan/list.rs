//! Arrays.

use super::{End, Scan, Stop};
use crate::kernels::text::hash;
use crate::marked::Marked;
use crate::plan::{ANY, ListRule};
use crate::simd::{Task, Vector};
use crate::strangers::Step;

/// A turn in an array, run apart because arrays stand inside arrays.
struct Turn<'s, 'a, V, T> {
    scan: &'s mut Scan<'a, V, T>,
    rule: &'a ListRule,
    at: usize,
}

impl<'a, V: Vector, T: Marked<'a>> Task for Turn<'_, 'a, V, T> {
    type Output = End;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> End {
        self.scan.list_of(self.rule, self.at)
    }
}

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Judges the array whose bracket is at `at`.
    #[inline(always)]
    pub(super) fn list(&mut self, rule: &'a ListRule, at: usize) -> End {
        let vector = self.vector;
        vector.call(Turn {
            scan: self,
            rule,
            at,
        })
    }

    /// The same, inside what is run apart already.
    #[inline(always)]
    pub(super) fn list_of(&mut self, rule: &'a ListRule, at: usize) -> End {
        self.deeper()?;
        let base = self.hashes.len();
        let mut count = 0u64;
        let mut contained = 0u64;
        let row = rule
            .row
            .and_then(|it| self.program.records.get(it as usize));
        let mut at = self.space(at + 1);
        if self.byte(at) == b']' {
            at += 1;
        } else {
            while at < self.text.end() {
                if self.byte(at) <= b' ' {
                    at = self.space(at);
                }
                let mut mark = self.at;
                let row = row.and_then(|it| self.row(it, at));
                if let Some(end) = row {
                    at = end;
                } else if let Some(end) = self.quick(&rule.quick, at, &mut mark) {
                    self.at = mark;
                    at = end;
                } else {
                    at = self.one(rule, count, at, &mut contained)?;
                }
                count += 1;
                if self.byte(at) <= b' ' {
                    at = self.space(at);
                }
                match self.byte(at) {
                    b',' => at += 1,
                    b']' => break,
                    _ => return Err(Stop::Invalid),
                }
            }
            at += 1;
        }
        if count < rule.min || count > rule.max {
            return Err(Stop::Invalid);
        }
        if let Some(contains) = &rule.contains
            && (contained < contains.min || contains.max.is_some_and(|max| contained > max))
        {
            return Err(Stop::Invalid);
        }
        if rule.records && self.depth == 2 && self.record_depth == 3 {
            self.notes.end_batch(count);
        }
        if rule.unique {
            self.all_different(base)?;
        }
        self.depth -= 1;
        Ok(at)
    }

    /// Judges one item by its node.
    #[inline(always)]
    fn one(&mut self, rule: &'a ListRule, index: u64, at: usize, contained: &mut u64) -> End {
        let node = rule.prefix.get(index as usize).copied();
        let node = node.unwrap_or(rule.items);
        let mark = self.at;
        let strangers = self.notes.strangers.count();
        let is_record = rule.records && self.depth == 2 && self.record_depth == 3;
        let record = rule.quick.record.filter(|_| self.byte(at) == b'{');
        let end = if let Some(record) = record.and_then(|it| self.program.records.get(it as usize))
        {
            self.object(record, at)?
        } else if node == ANY {
            self.skip(at)?
        } else {
            self.value(node, at)?
        };
        if self.notes.strangers.count() != strangers {
            self.notes
                .strangers
                .note_step(strangers, Step::Index(index));
        }
        if is_record {
            let id = self.id_behind(at);
            self.notes.end_item(index, id);
        }
        if rule.unique {
            self.remember_item(at, end)?;
        }
        if let Some(contains) = &rule.contains {
            *contained += u64::from(self.branch(contains.node, mark, at, end)?);
        }
        Ok(end)
    }

    /// Notes an item to be compared with the others, where its text alone says what it is.
    fn remember_item(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        let text = self.text.between(start, end);
        let plain = match text {
            [b'"', inner @ ..] => !inner.contains(&b'\\'),
            b"null" | b"true" | b"false" => true,
            b"-0" => false,
            [b'-', digits @ ..] | digits => digits.iter().all(u8::is_ascii_digit),
        };
        if !plain {
            return Err(Stop::Unsure);
        }
        self.hashes.push(hash(text));
        Ok(())
    }
}
