//! A set of strings that a specification lists.

use crate::keys::{KeyTable, spreading};
use crate::simd::Vector;

/// The strings of an `enum`, found by their bytes: short ones as one number, long ones by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet {
    /// Short words, each at the slot of its hash or behind it; zero where there is none.
    short: Vec<u128>,
    shift: u32,
    factor: u64,
    /// Whether the empty string is listed.
    empty: bool,
    long: Vec<Box<str>>,
    /// Of the long ones, if there are any, and not too many.
    table: Option<Box<KeyTable>>,
}

/// Words of so many bytes are short.
const SHORT: usize = 16;

#[inline(always)]
fn home(word: u128, factor: u64, shift: u32) -> usize {
    (mixed(word).wrapping_mul(factor) >> shift) as usize
}

#[inline(always)]
fn mixed(word: u128) -> u64 {
    (word as u64) ^ ((word >> 64) as u64).rotate_left(23)
}

fn number(word: &[u8]) -> u128 {
    let mut bytes = [0; SHORT];
    for (slot, byte) in bytes.iter_mut().zip(word) {
        *slot = *byte;
    }
    u128::from_le_bytes(bytes)
}

impl WordSet {
    /// The set of these words; each counts once.
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        let empty = words.first().is_some_and(String::is_empty);
        // A short word with a zero in it would look like another one.
        let (short, long): (Vec<_>, Vec<_>) = words
            .into_iter()
            .filter(|word| !word.is_empty())
            .partition(|word| word.len() <= SHORT && !word.contains('\0'));
        let long: Vec<Box<str>> = long.into_iter().map(String::into_boxed_str).collect();
        let table = (1..usize::from(u16::MAX)).contains(&long.len());
        let table = table.then(|| Box::new(KeyTable::new(long.iter().map(|word| &**word))));
        let bits = (short.len() * 4)
            .next_power_of_two()
            .trailing_zeros()
            .max(1);
        let shift = 64 - bits;
        let short: Vec<u128> = short.iter().map(|word| number(word.as_bytes())).collect();
        let hashes: Vec<u64> = short.iter().map(|word| mixed(*word)).collect();
        let mut set = Self {
            short: vec![0; 1 << bits],
            shift,
            factor: spreading(&hashes, shift),
            empty,
            long,
            table,
        };
        for word in short {
            let mut at = home(word, set.factor, set.shift);
            while set.short[at] != 0 {
                at = (at + 1) & (set.short.len() - 1);
            }
            set.short[at] = word;
        }
        set
    }

    /// Whether the set has the word of `length` bytes that `window` begins with; a no may be
    /// wrong.
    #[inline(always)]
    pub(crate) fn has_short<V: Vector>(&self, vector: V, window: &[u8; 32], length: usize) -> bool {
        let [low, high, ..] = window.as_chunks::<8>().0 else {
            return false;
        };
        if length.wrapping_sub(1) >= SHORT {
            return false;
        }
        let low = vector.low_bytes(u64::from_le_bytes(*low), length);
        let high = vector.low_bytes(u64::from_le_bytes(*high), length.saturating_sub(8));
        let word = u128::from(low) | u128::from(high) << 64;
        // What stands behind another word is found by [`WordSet::contains`].
        self.short.get(home(word, self.factor, self.shift)) == Some(&word)
    }

    #[inline(always)]
    fn has_number(&self, word: u128) -> bool {
        let mut at = home(word, self.factor, self.shift);
        loop {
            match self.short.get(at) {
                None | Some(0) => return false,
                Some(it) if *it == word => return true,
                Some(_) => at = (at + 1) & (self.short.len() - 1),
            }
        }
    }

    /// Whether the set has the word.
    pub(crate) fn contains(&self, word: &[u8]) -> bool {
        if word.is_empty() {
            return self.empty;
        }
        if word.len() <= SHORT && !word.contains(&0) {
            return !self.short.is_empty() && self.has_number(number(word));
        }
        let Some(table) = &self.table else {
            let found = self.long.binary_search_by(|it| it.as_bytes().cmp(word));
            return found.is_ok();
        };
        let same = |at: usize| self.long.get(at).is_some_and(|it| it.as_bytes() == word);
        table.find(word, same).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Path, Task};

    /// For which lengths a window begins with a short word.
    struct Short<'a>(&'a WordSet, &'a [u8; 32]);

    impl Task for Short<'_> {
        type Output = Vec<usize>;
        fn run<V: Vector>(self, vector: V) -> Vec<usize> {
            let Self(set, window) = self;
            let fits = |length: &usize| set.has_short(vector, window, *length);
            (0..33).filter(fits).collect()
        }
    }

    #[test]
    fn listed_words_are_found() {
        let words = [
            "SMS",
            "VOICE_GGLHOME",
            "",
            "a word of more than sixteen bytes",
            "zero\0",
            "exactly sixteen!",
        ];
        let set = WordSet::new(words.map(String::from));
        for word in words {
            assert!(set.contains(word.as_bytes()), "{word}");
        }
        for word in [
            "SM",
            "zero",
            "a word of more than sixteen byte_",
            "exactly sixteen",
        ] {
            assert!(!set.contains(word.as_bytes()), "{word}");
        }
        let mut window = [b'x'; 32];
        window[..3].copy_from_slice(b"SMS");
        let lengths = |set: &WordSet, window: &[u8; 32]| {
            let found = Path::all()
                .into_iter()
                .map(|path| path.run(Short(set, window)));
            let mut found: Vec<Vec<usize>> = found.collect();
            found.dedup();
            assert_eq!(found.len(), 1);
            found.concat()
        };
        assert_eq!(lengths(&set, &window), [3]);
        assert_eq!(lengths(&WordSet::default(), &window), [0; 0]);
        window[..16].copy_from_slice(b"exactly sixteen!");
        assert_eq!(lengths(&set, &window), [16]);
        let many = WordSet::new((0..70_000).map(|at| format!("a rather long word {at}")));
        assert!(many.contains(b"a rather long word 69999"));
        assert!(!many.contains(b"a rather long word 70000"));
    }
}
