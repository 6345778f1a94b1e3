//! Vector instructions, chosen at run time: the one module of this workspace with `unsafe` in it.
//!
//! A [`Task`] is written once over a [`Vector`]; [`dispatch`] runs it with the widest instructions
//! that the machine has, compiled for them throughout. Every operation has a portable version, and
//! the two are held together by property tests.
#![allow(unsafe_code)]

use crate::kernels::class::ByteSet;

/// Which of 64 bytes are what: one bit for each, the first byte lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    pub(crate) quotes: u64,
    pub(crate) backslashes: u64,
    /// Bytes below 0x20.
    pub(crate) controls: u64,
    /// Bytes from 0x80.
    pub(crate) high: bool,
}

/// The operations that gain from vector instructions.
pub(crate) trait Vector: Copy {
    /// Classifies 64 bytes.
    fn masks(self, block: &[u8; 64]) -> Masks;
    /// Which of 32 bytes are in a set.
    fn in_set(self, bytes: &[u8; 32], set: &ByteSet) -> u32;
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

/// Runs a task with the best instructions there are.
pub(crate) fn dispatch<T: Task>(task: T) -> T::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = x86::Avx2::detect() {
        return avx2.run(task);
    }
    task.run(Portable)
}

/// Plain 64-bit arithmetic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// The highest bit of each byte of `word` that is zero.
fn zero_bytes(word: u64) -> u64 {
    !(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
}

/// The highest bits of the eight bytes as eight bits.
fn gather(high_bits: u64) -> u64 {
    (high_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

impl Vector for Portable {
    #[inline(always)]
    fn masks(self, block: &[u8; 64]) -> Masks {
        let mut masks = Masks::default();
        let mut all = 0;
        for (at, chunk) in block.as_chunks::<8>().0.iter().enumerate() {
            let word = u64::from_le_bytes(*chunk);
            let equal = |byte: u8| gather(zero_bytes(word ^ (ONES * u64::from(byte)))) << (8 * at);
            masks.quotes |= equal(b'"');
            masks.backslashes |= equal(b'\\');
            masks.controls |= gather(zero_bytes(word & (ONES * 0xe0))) << (8 * at);
            all |= word;
        }
        masks.high = all & !LOW_BITS != 0;
        masks
    }

    #[inline(always)]
    fn in_set(self, bytes: &[u8; 32], set: &ByteSet) -> u32 {
        let mut mask = 0;
        for (at, byte) in bytes.iter().enumerate() {
            mask |= u32::from(set.has(*byte)) << at;
        }
        mask
    }

    #[inline(never)]
    fn call<T: Task>(self, task: T) -> T::Output {
        task.run(self)
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256,
        _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set1_epi8, _mm256_setr_epi8, _mm256_setzero_si256,
        _mm256_shuffle_epi8, _mm256_srli_epi16,
    };

    use super::{Masks, Task, Vector};
    use crate::kernels::class::ByteSet;

    /// Proof that the machine has AVX2 and the bit instructions of its time: there is no other way
    /// to come by one than [`Avx2::detect`].
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Avx2(());

    impl Avx2 {
        pub(super) fn detect() -> Option<Self> {
            let there = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("lzcnt")
                && is_x86_feature_detected!("popcnt");
            there.then_some(Self(()))
        }

        #[inline(always)]
        pub(super) fn run<T: Task>(self, task: T) -> T::Output {
            // SAFETY: `self` proves that the machine has every feature that `with_features` is
            // compiled for.
            unsafe { with_features(self, task) }
        }
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn with_features<T: Task>(avx2: Avx2, task: T) -> T::Output {
        task.run(avx2)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn load(bytes: &[u8; 32]) -> __m256i {
        // SAFETY: the reference is to 32 bytes that can be read, and the load needs no alignment.
        unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn load_twice(bytes: &[u8; 16]) -> __m256i {
        // SAFETY: the reference is to 16 bytes that can be read, and the load needs no alignment.
        let half = unsafe { _mm_loadu_si128(bytes.as_ptr().cast::<__m128i>()) };
        _mm256_broadcastsi128_si256(half)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn bits(low: __m256i, high: __m256i) -> u64 {
        let low = _mm256_movemask_epi8(low) as u32;
        let high = _mm256_movemask_epi8(high) as u32;
        u64::from(low) | u64::from(high) << 32
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn masks(block: &[u8; 64]) -> Masks {
        let [first, second] = block.as_chunks::<32>().0 else {
            return Masks::default();
        };
        let (low, high) = (load(first), load(second));
        let equal = |byte: u8| {
            let wanted = _mm256_set1_epi8(byte as i8);
            bits(
                _mm256_cmpeq_epi8(low, wanted),
                _mm256_cmpeq_epi8(high, wanted),
            )
        };
        let most = _mm256_set1_epi8(0x1f);
        Masks {
            quotes: equal(b'"'),
            backslashes: equal(b'\\'),
            controls: bits(
                _mm256_cmpeq_epi8(_mm256_min_epu8(low, most), low),
                _mm256_cmpeq_epi8(_mm256_min_epu8(high, most), high),
            ),
            high: _mm256_movemask_epi8(_mm256_or_si256(low, high)) != 0,
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn in_set(bytes: &[u8; 32], set: &ByteSet) -> u32 {
        let bytes = load(bytes);
        let nibble = _mm256_set1_epi8(0x0f);
        // For the low half, which high halves are in the set; for the high half, its bit, which
        // is none from 0x80 on.
        let wanted = _mm256_shuffle_epi8(load_twice(set.halves()), _mm256_and_si256(bytes, nibble));
        let bit_of = _mm256_setr_epi8(
            1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0,
            0, 0, 0, 0, 0, 0, 0,
        );
        let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), nibble);
        let both = _mm256_and_si256(wanted, _mm256_shuffle_epi8(bit_of, high));
        !(_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, _mm256_setzero_si256())) as u32)
    }

    impl Vector for Avx2 {
        #[inline(always)]
        fn masks(self, block: &[u8; 64]) -> Masks {
            // SAFETY: `self` proves that the machine has AVX2.
            unsafe { masks(block) }
        }

        #[inline(always)]
        fn in_set(self, bytes: &[u8; 32], set: &ByteSet) -> u32 {
            // SAFETY: `self` proves that the machine has AVX2.
            unsafe { in_set(bytes, set) }
        }

        #[inline(always)]
        fn call<T: Task>(self, task: T) -> T::Output {
            self.run(task)
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

    fn byte() -> impl Strategy<Value = u8> {
        prop_oneof![Just(b'"'), Just(b'\\'), Just(b'\n'), 0u8..0x30, any::<u8>()]
    }

    proptest! {
        #[test]
        fn vectors_classify_as_plain_arithmetic_does(block in proptest::collection::vec(byte(), 64)) {
            let block: [u8; 64] = block.try_into().expect("64 of them");
            let found = dispatch(Classify(&block));
            prop_assert_eq!(found, Portable.masks(&block));
            for (at, byte) in block.iter().enumerate() {
                prop_assert_eq!(found.quotes >> at & 1 == 1, *byte == b'"');
                prop_assert_eq!(found.backslashes >> at & 1 == 1, *byte == b'\\');
                prop_assert_eq!(found.controls >> at & 1 == 1, *byte < 0x20);
            }
            prop_assert_eq!(found.high, !block.is_ascii());
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
            prop_assert_eq!(dispatch(InSet(&bytes, &set)), Portable.in_set(&bytes, &set));
        }
    }
}
