//! Plain members of an object: names without escapes, each with a short text or a null, and nothing
//! between them.
//!
//! Which property comes next is mostly chance, so a branch on it would be foreseen wrongly as often
//! as not. So names are found by their hash, in whatever order they come, and as much as can be is
//! asked of all their values alike.

use super::Scan;
use crate::keys::By;
use crate::marked::Marked;
use crate::plan::{Key, RecordRule};
use crate::quick::Check;
use crate::simd::Vector;

/// What stands in an object behind its plain members.
pub(super) enum Next<'a> {
    /// A name that the hash does not find.
    Name,
    /// The value of that key, which stands there.
    Value(usize, &'a Key, usize),
    /// What is behind a value.
    Behind,
    /// What only the tree can judge.
    Unsure,
}

/// Where in an object a scan is.
pub(super) struct Plain<const WORDS: usize> {
    pub(super) at: usize,
    pub(super) mark: usize,
    pub(super) seen: [u64; WORDS],
    /// How many known names there were: more than are seen, once one has come twice.
    pub(super) known: u32,
}

/// What stands behind most texts, as the low bytes of a word: `","`.
const COMMA: u32 = u32::from_le_bytes(*b"\",\"\0");

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Passes plain members whose values fit for certain.
    #[inline(always)]
    pub(super) fn plain<const WORDS: usize>(
        &mut self,
        rule: &'a RecordRule,
        by: By,
        plain: &mut Plain<WORDS>,
    ) -> Next<'a> {
        let (vector, text) = (self.vector, self.text);
        let Plain {
            mut at,
            mut mark,
            mut seen,
            mut known,
        } = *plain;
        let next = loop {
            let [_, name_end, _, value_end] = text.four_marks(mark);
            let (name_end, value_end) = (name_end as usize, value_end as usize);
            let index = likely(vector, text, rule, (by, WORDS == 1), (at, name_end));
            let Some(key) = rule.keys.get(index) else {
                break Next::Name;
            };
            if !vector.agree(text.window(at), &key.head, key.written) {
                break Next::Name;
            }
            let word = if WORDS == 1 { 0 } else { index / 64 };
            let Some(slot) = seen.get_mut(word) else {
                break Next::Name;
            };
            let quick = &key.quick;
            let value = name_end + 2;
            let [_, _, first, behind @ ..] = text.window::<64>(name_end);
            if *first == b'"' {
                let length = value_end.wrapping_sub(value + 1);
                let window = behind.first_chunk().unwrap_or(&[0; 32]);
                if !self.surely_fits(quick, window, length) {
                    let literals = self.program.literals.get(quick.words as usize);
                    let listed = quick.check == Check::Words
                        && literals.is_some_and(|it| it.strings.has_short(vector, window, length));
                    if !listed {
                        break Next::Value(index, key, value);
                    }
                }
                mark += 4;
                at = value_end + 1;
                known += 1;
                *slot |= key.bit;
                if quick.noted {
                    self.keep(key.noted, value, at);
                }
                let behind = u32::from_le_bytes(*text.window(value_end));
                if behind & 0x00ff_ffff != COMMA {
                    // A text that no quote ends is none.
                    break match behind as u8 {
                        b'"' => Next::Behind,
                        _ => Next::Unsure,
                    };
                }
            } else {
                if !quick.null || text.window(value) != b"null" {
                    break Next::Value(index, key, value);
                }
                mark += 2;
                at = value + 4;
                known += 1;
                *slot |= key.bit;
                if text.window(at) != b",\"" {
                    break Next::Behind;
                }
            }
            at += 1;
        };
        *plain = Plain {
            at,
            mark,
            seen,
            known,
        };
        next
    }
}

/// The index of the key whose name most likely stands between two quotes.
#[inline(always)]
fn likely<'a, V: Vector, T: Marked<'a>>(
    vector: V,
    text: T,
    rule: &RecordRule,
    how: (By, bool),
    (open, close): (usize, usize),
) -> usize {
    let start = open + 1;
    let length = close.wrapping_sub(start);
    let [_, behind @ ..] = text.window::<32>(open);
    let first = || u64::from_le_bytes(*behind.first_chunk().unwrap_or(&[0; 8]));
    let before = close.wrapping_sub(8);
    let last = || u64::from_le_bytes(*text.window(before));
    // Of a short name both words are the whole.
    let both = || {
        let last = u64::from_le_bytes(*text.window(before.max(start)));
        let kept = |word| vector.low_bytes(word, length);
        (kept(first()), kept(last))
    };
    rule.table.likely(how, length, first, last, both)
}
