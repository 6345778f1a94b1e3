//! Patterns that ask for characters of one ASCII class, decided byte by byte.

use specsmith_rules::pattern::ClassRun;

/// A set of ASCII bytes, as a table and in the form that vector kernels look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByteSet {
    /// For each byte, 1 if it is in the set.
    table: [u8; 256],
    /// For each low half of a byte, which of the eight ASCII high halves are in the set.
    pub(crate) halves: [u8; 16],
}

impl ByteSet {
    fn of(ascii: u128) -> Self {
        let mut set = Self {
            table: [0; 256],
            halves: [0; 16],
        };
        for byte in 0..128u8 {
            // A backslash in a string's text begins an escape, so it says nothing by itself.
            if ascii >> byte & 1 == 1 && byte != b'\\' {
                set.table[usize::from(byte)] = 1;
                set.halves[usize::from(byte & 15)] |= 1 << (byte >> 4);
            }
        }
        set
    }

    #[inline(always)]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.table[usize::from(byte)] != 0
    }
}

/// How a pattern searches, where it asks for one set of bytes only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Search {
    /// There is no pattern.
    #[default]
    Nothing,
    /// Found if a byte of that set is in the text, as `[a-z]+` is.
    Somewhere(u32),
    /// Found if the text is nothing but bytes of that set, so many of them: `^[a-z]{2,3}$`.
    Throughout { set: u32, min: usize, max: usize },
    /// The pattern asks for more than that.
    Engine,
}

impl Search {
    /// The search that decides `run` where it says yes, its set added to `sets`.
    ///
    /// What it does not find may be there all the same, spelt with escapes or outside ASCII.
    pub(crate) fn of(run: &ClassRun, sets: &mut Vec<ByteSet>) -> Self {
        let set = ByteSet::of(run.ascii);
        let set = sets.iter().position(|it| *it == set).unwrap_or_else(|| {
            sets.push(set);
            sets.len() - 1
        });
        let Ok(set) = u32::try_from(set) else {
            return Self::Engine;
        };
        match (run.from_start, run.to_end) {
            (false, false) if run.min == 1 => Self::Somewhere(set),
            (true, true) => Self::Throughout {
                set,
                min: run.min as usize,
                max: run.max.map_or(usize::MAX, |max| max as usize),
            },
            (false, false) | (false, true) | (true, false) => Self::Engine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use specsmith_rules::pattern::{Match, Pattern};

    const PATTERNS: &[&str] = &[
        r"[a-zA-Z0-9\-\_]+",
        r"[0-9\-\.\(\)\+]+",
        r"[a-zA-Z0-9\-\_\.\@]+",
        r"^[A-Z]{2}$",
        r"^\d{3,}$",
        r"^[a-z-]*$",
        r"\w",
        r"^[^a]+$",
        r"[^a]",
        r"[é]+",
        r"^a?$",
    ];

    proptest! {
        #[test]
        fn what_the_search_finds_the_pattern_finds(
            at in 0..PATTERNS.len(),
            text in r#"[a-cA-C0-3é._@() +/-]{0,5}"#,
        ) {
            let pattern = Pattern::new(PATTERNS[at]).expect("a pattern");
            let run = pattern.as_class_run().expect("one class");
            let mut sets = Vec::new();
            let search = Search::of(run, &mut sets);
            let bytes = text.as_bytes();
            let found = match search {
                Search::Somewhere(set) => bytes.iter().any(|byte| sets[set as usize].has(*byte)),
                Search::Throughout { set, min, max } => {
                    (min..=max).contains(&bytes.len())
                        && bytes.iter().all(|byte| sets[set as usize].has(*byte))
                }
                Search::Nothing | Search::Engine => panic!("each of these is one class"),
            };
            let really = pattern.search(&text) == Match::Found;
            if text.is_ascii() {
                prop_assert_eq!(found, really, "{}", PATTERNS[at]);
            } else {
                prop_assert!(!found || really, "{}", PATTERNS[at]);
            }
        }
    }
}
