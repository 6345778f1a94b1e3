//! Names of attributes, and whether a list has one of them twice.

/// The names in the list of attributes that is being scanned, and those met before. Records have
/// the same names again and again, so one that was looked at once is not looked at again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Names of which nothing is suspected, each at the place that its text gives.
    met: Vec<[u64; 4]>,
    /// Which of them are in the list.
    here: u64,
    /// Hashes of the names in the list that are kept nowhere.
    others: Vec<u64>,
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

    /// Notes a name of less than 32 bytes that is not empty.
    #[inline(always)]
    pub(crate) fn note(&mut self, name: &[u64; 4]) -> Met {
        let place = place(name);
        // Compared word by word: as a whole they would have to be written to memory first.
        let [a, b, c, d] = name;
        let known = self.met.get(place);
        if known.is_none_or(|[e, f, g, h]| (a ^ e) | (b ^ f) | (c ^ g) | (d ^ h) != 0) {
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
    pub(crate) fn keep(&mut self, name: &[u64; 4], hash: u64) {
        self.met.resize(PLACES, [0; 4]);
        let place = place(name);
        let bit = 1 << place;
        match self.met.get_mut(place) {
            Some(slot) if self.here & bit == 0 => {
                *slot = *name;
                self.here |= bit;
            }
            Some(_) | None => self.others.push(hash),
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

/// Where a name is kept.
#[inline(always)]
fn place(name: &[u64; 4]) -> usize {
    let [a, b, c, d] = *name;
    let first = (a ^ b.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let second = (c ^ d.rotate_left(32)).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    ((first ^ second.rotate_left(29)) >> 58) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(name: u8) -> [u64; 4] {
        [u64::from(name), 0, 7, 0]
    }

    /// Notes a list as the scan does.
    fn twice(names: &mut Names, list: &[u8]) -> bool {
        let mut twice = false;
        for name in list {
            match names.note(&words(*name)) {
                Met::Never => names.keep(&words(*name), u64::from(*name)),
                Met::Before => {}
                Met::Here => twice = true,
            }
        }
        twice | names.end()
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
                prop_assert_eq!(twice(&mut names, &list), sorted.len() < list.len());
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
