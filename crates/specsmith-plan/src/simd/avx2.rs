//! 32 bytes at a time.

use std::arch::x86_64::{
    __m128i, __m256i, _bzhi_u32, _mm_aesenc_si128, _mm_cvtsi128_si64, _mm_loadu_si128,
    _mm_xor_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_castsi256_ps,
    _mm256_castsi256_si128, _mm256_cmpeq_epi8, _mm256_cmpeq_epi32, _mm256_extracti128_si256,
    _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_movemask_ps,
    _mm256_set1_epi8, _mm256_set1_epi32, _mm256_setr_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_srli_epi16, _mm256_xor_si256,
};

use super::portable::places;
use super::{Masks, Task, Vector};
use crate::kernels::class::ByteSet;
use crate::kernels::keyed::{Keys, SHORT};

/// Proof that the machine has AVX2, and the bit instructions and AES of its time: there is no other way
/// to come by one than [`Avx2::detect`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

impl Avx2 {
    pub(super) fn detect() -> Option<Self> {
        let there = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("aes")
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

#[target_feature(enable = "avx2,aes,bmi1,bmi2,lzcnt,popcnt")]
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
        high: bits(low, high),
    }
}

#[target_feature(enable = "avx2,bmi2")]
#[inline]
fn agree(one: &[u8; 32], other: &[u8; 32], length: u8) -> bool {
    let equal = _mm256_movemask_epi8(_mm256_cmpeq_epi8(load(one), load(other))) as u32;
    _bzhi_u32(!equal, u32::from(length)) == 0
}

#[target_feature(enable = "avx2")]
#[inline]
fn in_set(bytes: &[u8; 32], set: &ByteSet) -> u32 {
    let bytes = load(bytes);
    // For the low half, which high halves are in the set, none from 0x80 on; for the high half, its
    // bit.
    let wanted = _mm256_shuffle_epi8(load_twice(set.halves()), bytes);
    let bit_of = _mm256_setr_epi8(
        1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0,
        0, 0, 0, 0, 0, 0,
    );
    let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(0x0f));
    let both = _mm256_and_si256(wanted, _mm256_shuffle_epi8(bit_of, high));
    !(_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, _mm256_setzero_si256())) as u32)
}

#[target_feature(enable = "avx2")]
#[inline]
fn alike(words: &[u8; 64], word: u32, mask: u32) -> u32 {
    let [first, second] = words.as_chunks::<32>().0 else {
        return 0;
    };
    let half = |words| {
        let different = _mm256_xor_si256(load(words), _mm256_set1_epi32(word as i32));
        let different = _mm256_and_si256(different, _mm256_set1_epi32(mask as i32));
        let alike = _mm256_cmpeq_epi32(different, _mm256_setzero_si256());
        _mm256_movemask_ps(_mm256_castsi256_ps(alike)) as u32
    };
    half(first) | half(second) << 8
}

/// For each length the bytes that are inside, from behind.
const INSIDE: [u8; 2 * SHORT] = {
    let mut inside = [0; 2 * SHORT];
    let mut at = 0;
    while at < SHORT {
        inside[at] = u8::MAX;
        at += 1;
    }
    inside
};

#[target_feature(enable = "avx2,aes")]
#[inline]
fn hash(keys: &Keys, window: &[u8; SHORT], length: usize) -> Option<u64> {
    let inside = INSIDE.get(SHORT.checked_sub(length)?..)?.first_chunk()?;
    let text = _mm256_and_si256(load(window), load(inside));
    let escapes = _mm256_cmpeq_epi8(text, _mm256_set1_epi8(b'\\' as i8));
    if _mm256_movemask_epi8(escapes) != 0 {
        return None;
    }
    let Keys([first, rounds @ ..]) = keys;
    let mixed = _mm256_xor_si256(text, load(first));
    let (mut low, mut high) = halves(mixed);
    for key in rounds {
        let key = halves(load(key));
        low = _mm_aesenc_si128(low, key.0);
        high = _mm_aesenc_si128(high, key.1);
    }
    Some(_mm_cvtsi128_si64(_mm_xor_si128(low, high)) as u64)
}

#[target_feature(enable = "avx2")]
#[inline]
fn halves(both: __m256i) -> (__m128i, __m128i) {
    let high = _mm256_extracti128_si256::<1>(both);
    (_mm256_castsi256_si128(both), high)
}

#[target_feature(enable = "bmi2")]
#[inline]
fn low_bytes(word: u64, count: usize) -> u64 {
    std::arch::x86_64::_bzhi_u64(word, (count << 3) as u32)
}

#[target_feature(enable = "bmi2")]
#[inline]
fn low_bits(word: u32, count: usize) -> u32 {
    std::arch::x86_64::_bzhi_u32(word, count as u32)
}

impl Vector for Avx2 {
    #[inline(always)]
    fn masks(self, block: &[u8; 64]) -> Masks {
        // SAFETY: `self` proves that the machine has AVX2.
        unsafe { masks(block) }
    }

    #[inline(always)]
    fn places(self, room: &mut [u32; 64], start: u32, mask: u64) {
        places(room, start, mask);
    }

    #[inline(always)]
    fn agree(self, one: &[u8; 32], other: &[u8; 32], length: u8) -> bool {
        // SAFETY: `self` proves that the machine has AVX2 and BMI2.
        unsafe { agree(one, other, length) }
    }

    #[inline(always)]
    fn alike(self, words: &[u8; 64], word: u32, mask: u32) -> u32 {
        // SAFETY: `self` proves that the machine has AVX2.
        unsafe { alike(words, word, mask) }
    }

    #[inline(always)]
    fn hash(self, keys: &Keys, window: &[u8; SHORT], length: usize) -> Option<u64> {
        // SAFETY: `self` proves that the machine has AVX2 and AES.
        unsafe { hash(keys, window, length) }
    }

    #[inline(always)]
    fn low_bytes(self, word: u64, count: usize) -> u64 {
        // SAFETY: `self` proves that the machine has BMI2.
        unsafe { low_bytes(word, count) }
    }

    #[inline(always)]
    fn low_bits(self, word: u32, count: usize) -> u32 {
        // SAFETY: `self` proves that the machine has BMI2.
        unsafe { low_bits(word, count) }
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
