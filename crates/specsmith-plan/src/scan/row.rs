//! Rows: the objects of a list that each have the same few plain members, all of them, in the order
//! in which the specification names them and with nothing between them.
//!
//! Such lists are common, as of names with values, and what is done for any object costs more than
//! the members of a row do.

use super::Scan;
use super::noting::ATTRIBUTE;
use crate::attention::Noted;
use crate::marked::Marked;
use crate::plan::RecordRule;
use crate::simd::Vector;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Passes the object that begins at `at`, if it is a row whose values fit for certain; nothing,
    /// and no step taken, where it is to be judged as any other object.
    #[inline(always)]
    pub(super) fn row(&mut self, rule: &'a RecordRule, start: usize) -> Option<usize> {
        let (vector, text) = (self.vector, self.text);
        if self.depth >= self.deepest {
            return None;
        }
        let mut mark = self.at;
        let mut at = start;
        let mut before = b'{';
        let mut name = None;
        for key in &rule.keys {
            if text.byte(at) != before || !vector.agree(text.window(at + 1), &key.head, key.written)
            {
                return None;
            }
            let value = at + 1 + usize::from(key.written);
            let close = text.mark(mark + 3);
            let [first, behind @ ..] = text.window::<64>(value);
            let length = close.wrapping_sub(value + 1);
            let window = behind.first_chunk().unwrap_or(&[0; 32]);
            let fits = self.surely_fits(&key.quick, window, length);
            if *first != b'"' || !fits || text.byte(close) != b'"' {
                return None;
            }
            at = close + 1;
            mark += 4;
            before = b',';
            if key.noted.has(Noted::NAME) {
                name = Some((value, at));
            }
        }
        if text.byte(at) != b'}' {
            return None;
        }
        self.at = mark;
        if let Some((start, end)) = name
            && rule.attribute != 0
            && self.depth + 1 == self.record_depth + ATTRIBUTE
        {
            self.note_name(start, end);
        }
        Some(at + 1)
    }
}
