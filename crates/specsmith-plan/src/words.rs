//! A set of strings that a specification lists.

use crate::keys::KeyTable;

/// The strings of an `enum`, found by their bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet {
    words: Vec<Box<str>>,
    table: KeyTable,
}

impl WordSet {
    /// The set of these words; each counts once.
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<Box<str>> = words.into_iter().map(String::into_boxed_str).collect();
        words.sort_unstable();
        words.dedup();
        let table = if words.len() < usize::from(u16::MAX) {
            KeyTable::new(words.iter().map(|word| &**word))
        } else {
            KeyTable::default()
        };
        Self { words, table }
    }

    #[inline(always)]
    pub(crate) fn contains(&self, word: &[u8]) -> bool {
        if self.words.len() >= usize::from(u16::MAX) {
            return self
                .words
                .binary_search_by(|it| it.as_bytes().cmp(word))
                .is_ok();
        }
        self.table
            .find(word, |at| {
                self.words.get(at).is_some_and(|it| it.as_bytes() == word)
            })
            .is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_are_found() {
        let set = WordSet::new(
            [
                "SMS",
                "VOICE_GGLHOME",
                "",
                "a word of more than sixteen bytes",
            ]
            .map(String::from),
        );
        assert!(set.contains(b"SMS") && set.contains(b"") && set.contains(b"VOICE_GGLHOME"));
        assert!(set.contains(b"a word of more than sixteen bytes"));
        assert!(!set.contains(b"SM") && !set.contains(b"a word of more than sixteen byte_"));
        let many = WordSet::new((0..70_000).map(|at| at.to_string()));
        assert!(many.contains(b"69999") && !many.contains(b"70000"));
    }
}
