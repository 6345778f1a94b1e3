//! Vector instructions, chosen at run time: the one module of this workspace with `unsafe` in it.
//!
//! A [`Task`] is written once over a [`Vector`]; [`dispatch`] runs it with the widest instructions
//! that the machine has, compiled for them throughout. Every operation has a portable version, and
//! the two are held together by property tests.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

use crate::kernels::class::ByteSet;
use crate::kernels::keyed::{Keys, SHORT};
#[cfg(target_arch = "x86_64")]
use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
use avx512::Avx512;
use portable::Portable;

/// Which of 64 bytes are what: one bit for each, the first byte lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    pub(crate) quotes: u64,
    pub(crate) backslashes: u64,
    /// Bytes below 0x20.
    pub(crate) controls: u64,
    /// Bytes from 0x80.
    pub(crate) high: u64,
}

/// The operations that gain from vector instructions.
pub(crate) trait Vector: Copy {
    /// Classifies 64 bytes.
    fn masks(self, block: &[u8; 64]) -> Masks;
    /// Writes the places of a mask's bits, counted from `start`; what is written behind them means
    /// nothing.
    fn places(self, room: &mut [u32; 64], start: u32, mask: u64);
    /// Whether the first bytes of two windows agree.
    fn agree(self, one: &[u8; 32], other: &[u8; 32], length: u8) -> bool;
    /// So many low bytes of a word, of less than 32; all of it, where it has no more. What more than
    /// that gives is the same for each count, and no more than the word.
    fn low_bytes(self, word: u64, count: usize) -> u64;
    /// The low bits of a word, so many of them, of less than 256; all of it, where it has no more.
    fn low_bits(self, word: u32, count: usize) -> u32;
    /// Which of 32 bytes are in a set.
    fn in_set(self, bytes: &[u8; 32], set: &ByteSet) -> u32;
    /// Which of sixteen words are the same as another in the bits of a mask.
    fn alike(self, words: &[u8; 64], word: u32, mask: u32) -> u32;
    /// The hash of a short text that a window begins with and in which is no zero; nothing where there
    /// is a backslash in it. One text has the same under the same keys and by the same instructions.
    fn hash(self, keys: &Keys, window: &[u8; SHORT], length: usize) -> Option<u64>;
    /// Runs a task inside another, compiled for the same instructions but not into the other.
    fn call<T: Task>(self, task: T) -> T::Output;
}

/// Something to run with vector instructions. Implement `run` as `#[inline(always)]`, and what it
/// calls in its hot part as well, so that all of it is compiled for them.
pub(crate) trait Task {
    /// What comes of it.
    type Output;
    /// Runs the task.
    fn run<V: Vector>(self, vector: V) -> Self::Output;
}

/// Says that a value will soon be looked at: its memory comes to the caches while other work is
/// done. Nothing else comes of it.
#[inline]
pub(crate) fn look_ahead<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every machine of this kind has the instruction, which reads nothing that the program
    // would see and fails nowhere; the place is that of a value besides.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(value).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

/// Runs a task with the best instructions there are.
pub(crate) fn dispatch<T: Task>(task: T) -> T::Output {
    Path::best().run(task)
}

/// Instructions that this machine has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path {
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    Portable(Portable),
}

impl Path {
    /// The widest.
    pub(crate) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = Avx512::detect() {
            return Self::Avx512(avx512);
        }
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::detect() {
            return Self::Avx2(avx2);
        }
        Self::Portable(Portable)
    }

    /// All of them, the widest first.
    #[cfg(any(test, feature = "bench"))]
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        all.extend(Avx512::detect().map(Self::Avx512));
        #[cfg(target_arch = "x86_64")]
        all.extend(Avx2::detect().map(Self::Avx2));
        all.push(Self::Portable(Portable));
        all
    }

    /// What they are called.
    #[cfg(any(test, feature = "bench"))]
    pub(crate) fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => "avx512",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => "avx2",
            Self::Portable(_) => "portable",
        }
    }

    /// Runs a task with these instructions.
    pub(crate) fn run<T: Task>(self, task: T) -> T::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(avx512) => avx512.run(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.run(task),
            Self::Portable(portable) => task.run(portable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::class::Search;
    use proptest::prelude::*;
    use specsmith_rules::pattern::Pattern;

    struct Classify<'a>(&'a [u8; 64]);

    impl Task for Classify<'_> {
        type Output = Masks;
        fn run<V: Vector>(self, vector: V) -> Masks {
            vector.masks(self.0)
        }
    }

    struct InSet<'a>(&'a [u8; 32], &'a ByteSet);

    impl Task for InSet<'_> {
        type Output = u32;
        fn run<V: Vector>(self, vector: V) -> u32 {
            vector.in_set(self.0, self.1)
        }
    }

    struct Agree<'a>(&'a [u8; 32], &'a [u8; 32], u8);

    impl Task for Agree<'_> {
        type Output = bool;
        fn run<V: Vector>(self, vector: V) -> bool {
            vector.agree(self.0, self.1, self.2)
        }
    }

    struct Alike<'a>(&'a [u8; 64], u32, u32);

    impl Task for Alike<'_> {
        type Output = u32;
        fn run<V: Vector>(self, vector: V) -> u32 {
            vector.alike(self.0, self.1, self.2)
        }
    }

    struct Places(u32, u64);

    impl Task for Places {
        type Output = Vec<u32>;
        fn run<V: Vector>(self, vector: V) -> Vec<u32> {
            let mut room = [0; 64];
            vector.places(&mut room, self.0, self.1);
            room[..self.1.count_ones() as usize].to_vec()
        }
    }

    struct Low(u64, usize);

    impl Task for Low {
        type Output = (u64, u32);
        fn run<V: Vector>(self, vector: V) -> (u64, u32) {
            let Self(word, count) = self;
            (
                vector.low_bytes(word, count),
                vector.low_bits(word as u32, count.min(32)),
            )
        }
    }

    fn byte() -> impl Strategy<Value = u8> {
        prop_oneof![Just(b'"'), Just(b'\\'), Just(b'\n'), 0u8..0x30, any::<u8>()]
    }

    proptest! {
        #[test]
        fn vectors_compare_as_slices_do(
            one in proptest::array::uniform32(any::<u8>()),
            at in 0usize..40,
            byte in any::<u8>(),
            length in 0u8..=32,
        ) {
            let mut other = one;
            if let Some(slot) = other.get_mut(at) {
                *slot = byte;
            }
            let inside = usize::from(length);
            for path in Path::all() {
                let agreed = path.run(Agree(&one, &other, length));
                prop_assert_eq!(agreed, one[..inside] == other[..inside], "{:?}", path);
            }
        }

        #[test]
        fn vectors_find_words_that_are_alike(
            words in proptest::array::uniform16(0u32..4),
            high in any::<u32>(),
            word in 0u32..4,
            mask in prop_oneof![Just(1), Just(2), Just(u32::MAX), Just(u32::MAX << 20), any::<u32>()],
        ) {
            let words = words.map(|it| it | high << 20);
            let bytes = words.map(u32::to_ne_bytes);
            let bytes = bytes.as_flattened().try_into().expect("64 of them");
            for path in Path::all() {
                for word in [word | high << 20, word | high << 21, 0] {
                    let found = path.run(Alike(bytes, word, mask));
                    for (at, it) in words.iter().enumerate() {
                        prop_assert_eq!(found >> at & 1 == 1, it & mask == word & mask, "{:?}", path);
                    }
                    prop_assert!(found < 1 << 16);
                }
            }
        }

        #[test]
        fn vectors_keep_what_plain_arithmetic_keeps(word in any::<u64>(), count in any::<usize>()) {
            let found = Portable.low_bytes(word, count);
            let bits = Portable.low_bits(word as u32, count.min(32));
            for path in Path::all() {
                prop_assert_eq!(path.run(Low(word, count)), (found, bits), "{:?}", path);
            }
        }

        #[test]
        fn low_bytes_and_bits_are_the_first(word in any::<u64>(), count in 0usize..32) {
            let mut bytes = word.to_le_bytes();
            bytes.iter_mut().skip(count).for_each(|it| *it = 0);
            prop_assert_eq!(Portable.low_bytes(word, count), u64::from_le_bytes(bytes));
            let bits = (word as u32).reverse_bits().checked_shr(32 - count as u32);
            let bits = bits.map_or(0, |it| it << (32 - count)).reverse_bits();
            prop_assert_eq!(Portable.low_bits(word as u32, count), bits);
        }

        #[test]
        fn vectors_classify_as_plain_arithmetic_does(block in proptest::collection::vec(byte(), 64)) {
            let block: [u8; 64] = block.try_into().expect("64 of them");
            let found = Portable.masks(&block);
            for path in Path::all() {
                prop_assert_eq!(path.run(Classify(&block)), found, "{:?}", path);
            }
            for (at, byte) in block.iter().enumerate() {
                prop_assert_eq!(found.quotes >> at & 1 == 1, *byte == b'"');
                prop_assert_eq!(found.backslashes >> at & 1 == 1, *byte == b'\\');
                prop_assert_eq!(found.controls >> at & 1 == 1, *byte < 0x20);
                prop_assert_eq!(found.high >> at & 1 == 1, !byte.is_ascii());
            }
        }

        #[test]
        fn vectors_find_sets_as_plain_arithmetic_does(
            bytes in proptest::collection::vec(any::<u8>(), 32),
            pattern in prop_oneof![Just("[a-zA-Z0-9_-]+"), Just("[^a]"), Just(r"[\x00-\x1f ~]")],
        ) {
            let bytes: [u8; 32] = bytes.try_into().expect("32 of them");
            let pattern = Pattern::new(pattern).expect("a pattern");
            let search = Search::of(pattern.as_class_run().expect("one class"));
            let Search::Somewhere(set) = search else { panic!("it has no anchors") };
            let found = Portable.in_set(&bytes, &set);
            for path in Path::all() {
                prop_assert_eq!(path.run(InSet(&bytes, &set)), found, "{:?}", path);
            }
            for (at, byte) in bytes.iter().enumerate() {
                prop_assert_eq!(found >> at & 1 == 1, set.has(*byte));
            }
        }

        #[test]
        fn vectors_place_bits_as_plain_arithmetic_does(
            start in 0..u32::MAX - 64,
            masks in proptest::collection::vec(any::<u64>(), 1..4),
        ) {
            // Few bits and many.
            let mask = masks.into_iter().fold(u64::MAX, |all, mask| all & mask);
            let expected: Vec<u32> = (0..64).filter(|at| mask >> at & 1 == 1).map(|at| start + at).collect();
            for path in Path::all() {
                prop_assert_eq!(&path.run(Places(start, mask)), &expected, "{:?}", path);
            }
        }
    }
}
