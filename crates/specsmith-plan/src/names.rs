//! Names of attributes, and whether a list has one of them twice.

use crate::simd::Vector;

/// The names in the list of attributes that is being scanned, and those met before. Records have
/// the same names again and again, so one that was looked at once is not looked at again.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Names of which nothing is suspected, each at the place that its text gives.
    met: [Name; PLACES],
    /// Which of them are in the list.
    here: u64,
    /// Hashes of the names in the list that are kept nowhere.
    others: Vec<u64>,
}

/// A name of less than 32 bytes, and what stands behind it; none where there are no bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    text: [u8; 32],
    length: u8,
}

/// A name as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written<'a> {
    /// The name, and what stands behind it.
    pub(crate) window: &'a [u8; 32],
    /// At least one byte, and less than 32.
    pub(crate) length: usize,
    /// The first and the last eight bytes; of a shorter name both are the whole.
    pub(crate) ends: [u64; 2],
}

/// What is known of a name that was met before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// It was not, or it is not kept.
    Never,
    /// It is new in this list.
    Before,
    /// It is in this list already.
    Here,
}

/// So many places there are; as many as bits that say which are taken.
const PLACES: usize = 64;
/// How many names that are kept nowhere are compared in one list without a tree.
const COMPARED: usize = 16;

impl Names {
    /// Forgets which names are in the list.
    #[inline(always)]
    pub(crate) fn clear(&mut self) {
        self.here = 0;
        self.others.clear();
    }

    /// Notes a name.
    #[inline(always)]
    pub(crate) fn note<V: Vector>(&mut self, vector: V, name: Written<'_>) -> Met {
        let place = name.place();
        let length = name.length as u8;
        let known = &self.met[place];
        if known.length != length || !vector.agree(name.window, &known.text, length) {
            return Met::Never;
        }
        let bit = 1 << place;
        if self.here & bit != 0 {
            return Met::Here;
        }
        self.here |= bit;
        Met::Before
    }

    /// Notes a name that was not met before and of which nothing is suspected, and keeps it unless
    /// another name of the list has its place: what is kept stays so to the end of the list.
    pub(crate) fn keep(&mut self, name: Written<'_>, hash: u64) {
        let place = name.place();
        let bit = 1 << place;
        if self.here & bit == 0 {
            self.met[place] = Name {
                text: *name.window,
                length: name.length as u8,
            };
            self.here |= bit;
        } else {
            self.others.push(hash);
        }
    }

    /// Notes a name that cannot be kept.
    pub(crate) fn note_other(&mut self, hash: u64) {
        self.others.push(hash);
    }

    /// Ends the list; whether it may have a name twice among those that are kept nowhere.
    #[inline(always)]
    pub(crate) fn end(&mut self) -> bool {
        self.here = 0;
        !self.others.is_empty() && self.end_others()
    }

    #[cold]
    fn end_others(&mut self) -> bool {
        let before = |at: usize| self.others.get(..at).unwrap_or_default();
        let mut few = self.others.iter().enumerate().take(COMPARED);
        let twice = self.others.len() > COMPARED || few.any(|(at, it)| before(at).contains(it));
        self.others.clear();
        twice
    }
}

impl Default for Names {
    fn default() -> Self {
        Self {
            met: [Name::default(); PLACES],
            here: 0,
            others: Vec::new(),
        }
    }
}

impl Written<'_> {
    /// Where it is kept.
    #[inline(always)]
    fn place(&self) -> usize {
        let [first, last] = self.ends;
        let word = (first ^ last.rotate_left(29)).wrapping_add(self.length as u64);
        (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - PLACES.ilog2())) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Task, dispatch};
    use proptest::prelude::*;

    /// Notes a list as the scan does.
    struct List<'a>(&'a mut Names, &'a [u8]);

    impl Task for List<'_> {
        type Output = bool;

        fn run<V: Vector>(self, vector: V) -> bool {
            let Self(names, list) = self;
            let mut twice = false;
            for name in list {
                let window = [*name; 32];
                let name = Written {
                    window: &window,
                    length: 5,
                    ends: [u64::from(*name); 2],
                };
                match names.note(vector, name) {
                    Met::Never => names.keep(name, name.ends[0]),
                    Met::Before => {}
                    Met::Here => twice = true,
                }
            }
            twice | names.end()
        }
    }

    proptest! {
        /// There are more names than places, so that they push each other out.
        #[test]
        fn a_name_that_is_twice_in_a_list_is_noticed_whatever_was_met_before(
            lists in proptest::collection::vec(proptest::collection::vec(1u8..200, 0..12), 1..60),
        ) {
            let mut names = Names::default();
            for list in lists {
                let mut sorted = list.clone();
                sorted.sort_unstable();
                sorted.dedup();
                prop_assert_eq!(dispatch(List(&mut names, &list)), sorted.len() < list.len());
            }
        }
    }

    #[test]
    fn lists_of_many_names_that_are_kept_nowhere_are_suspected() {
        let mut names = Names::default();
        for hash in 0..=COMPARED as u64 {
            names.note_other(hash);
        }
        assert!(names.end());
        names.note_other(1);
        assert!(!names.end());
        names.note_other(1);
        names.note_other(1);
        assert!(names.end());
    }
}
