//! Arrays.

use super::{End, Scan, Stop};
use crate::kernels::text::hash;
use crate::plan::{ANY, ListRule};
use crate::simd::Vector;

impl<'a, V: Vector> Scan<'a, V> {
    /// Judges the array whose bracket is at `at`.
    #[inline(never)]
    pub(super) fn list(&mut self, rule: &'a ListRule, at: usize) -> End {
        self.deeper()?;
        let base = self.scratch.hashes.len();
        let mut count = 0u64;
        let mut contained = 0u64;
        let mut at = self.space(at + 1);
        if self.byte(at) == b']' {
            at += 1;
        } else {
            loop {
                let node = rule.prefix.get(count as usize).copied();
                let node = node.unwrap_or(rule.items);
                at = self.space(at);
                let (start, mark) = (at, self.at);
                at = if node == ANY {
                    self.skip(at)?
                } else {
                    self.value(node, at)?
                };
                count += 1;
                if rule.unique {
                    self.remember_item(start, at)?;
                }
                if let Some(contains) = &rule.contains {
                    contained += u64::from(self.branch(contains.node, mark, start, at)?);
                }
                at = self.space(at);
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
        if rule.unique {
            self.all_different(base)?;
        }
        self.depth -= 1;
        Ok(at)
    }

    /// Notes an item to be compared with the others, where its text alone says what it is.
    fn remember_item(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        let text = self.text.get(start..end).unwrap_or_default();
        let plain = match text {
            [b'"', inner @ ..] => !inner.contains(&b'\\'),
            b"null" | b"true" | b"false" => true,
            b"-0" => false,
            [b'-', digits @ ..] | digits => digits.iter().all(u8::is_ascii_digit),
        };
        if !plain {
            return Err(Stop::Unsure);
        }
        self.scratch.hashes.push(hash(text));
        Ok(())
    }
}
