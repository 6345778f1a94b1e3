//! Patterns that ask for characters of one ASCII class, decided byte by byte.

use specsmith_rules::pattern::ClassRun;

/// A set of ASCII bytes: for each low half of a byte, which of the eight ASCII high halves are in
/// the set, one bit each. Vector instructions look it up as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ByteSet([u8; 16]);

impl ByteSet {
    fn of(ascii: u128) -> Self {
        let mut set = Self::default();
        for byte in 0..128u8 {
            // A backslash in a string's text begins an escape, so it says nothing by itself.
            if ascii >> byte & 1 == 1 && byte != b'\\' {
                set.0[usize::from(byte & 15)] |= 1 << (byte >> 4);
            }
        }
        set
    }

    /// The set of these bytes, all of them ASCII.
    pub(crate) const fn listed(bytes: &[u8]) -> Self {
        let mut halves = [0; 16];
        let mut at = 0;
        while at < bytes.len() {
            halves[(bytes[at] & 15) as usize] |= 1 << (bytes[at] >> 4);
            at += 1;
        }
        Self(halves)
    }

    /// Every ASCII byte that is neither white space nor a control character nor begins an escape.
    pub(crate) const fn visible() -> Self {
        let mut halves = [0; 16];
        let mut byte = 0x21;
        while byte < 0x7f {
            if byte != b'\\' {
                halves[(byte & 15) as usize] |= 1 << (byte >> 4);
            }
            byte += 1;
        }
        Self(halves)
    }

    /// The same and the space.
    pub(crate) const fn printable() -> Self {
        let mut halves = Self::visible().0;
        halves[0] |= 1 << 2;
        Self(halves)
    }

    /// The bytes that are in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut halves = self.0;
        for (half, other) in halves.iter_mut().zip(other.0) {
            *half &= other;
        }
        Self(halves)
    }

    #[inline(always)]
    pub(crate) fn has(&self, byte: u8) -> bool {
        u16::from(self.0[usize::from(byte & 15)]) >> (byte >> 4) & 1 != 0
    }

    pub(crate) fn halves(&self) -> &[u8; 16] {
        &self.0
    }
}

/// How a pattern searches, where it asks for one set of bytes only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Search {
    /// There is no pattern.
    #[default]
    Nothing,
    /// Found if a byte of that set is in the text, as `[a-z]+` is.
    Somewhere(ByteSet),
    /// Found if the text is nothing but bytes of that set, so many of them: `^[a-z]{2,3}$`.
    Throughout {
        set: ByteSet,
        min: usize,
        max: usize,
    },
    /// The pattern asks for more than that.
    Engine,
}

impl Search {
    /// The search that decides `run` where it says yes.
    ///
    /// What it does not find may be there all the same, spelt with escapes or outside ASCII.
    pub(crate) fn of(run: &ClassRun) -> Self {
        let set = ByteSet::of(run.ascii);
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
            let bytes = text.as_bytes();
            let found = match Search::of(run) {
                Search::Somewhere(set) => bytes.iter().any(|byte| set.has(*byte)),
                Search::Throughout { set, min, max } => {
                    (min..=max).contains(&bytes.len())
                        && bytes.iter().all(|byte| set.has(*byte))
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
