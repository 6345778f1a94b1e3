//! 64 bytes at a time, and places of bits without a loop.

use std::arch::x86_64::{
    __m128i, __m256i, __m512i, _bzhi_u32, _mm_cvtsi128_si64, _mm_loadu_si128, _mm_xor_si128,
    _mm256_aesenc_epi128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_castsi256_si128,
    _mm256_cmpeq_epi8_mask, _mm256_cmpneq_epi8_mask, _mm256_extracti128_si256, _mm256_loadu_si256,
    _mm256_maskz_mov_epi8, _mm256_set1_epi8, _mm256_setr_epi8, _mm256_shuffle_epi8,
    _mm256_srli_epi16, _mm256_test_epi8_mask, _mm256_xor_si256, _mm512_add_epi32,
    _mm512_castsi512_si128, _mm512_cmpeq_epi8_mask, _mm512_cmplt_epu8_mask, _mm512_cvtepu8_epi32,
    _mm512_extracti32x4_epi32, _mm512_loadu_si512, _mm512_maskz_compress_epi8, _mm512_movepi8_mask,
    _mm512_set1_epi8, _mm512_set1_epi32, _mm512_storeu_si512, _mm512_testn_epi32_mask,
    _mm512_xor_si512,
};

use super::{Masks, Task, Vector};
use crate::kernels::class::ByteSet;
use crate::kernels::keyed::{Keys, SHORT};

/// Proof that the machine has AVX-512 with its byte instructions (BW, VL, VBMI2), VAES and everything
/// before them: there is no other way to come by one than [`Avx512::detect`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

impl Avx512 {
    pub(super) fn detect() -> Option<Self> {
        let there = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("vaes")
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

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,vaes,bmi1,bmi2,lzcnt,popcnt")]
fn with_features<T: Task>(avx512: Avx512, task: T) -> T::Output {
    task.run(avx512)
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: the reference is to 64 bytes that can be read, and the load needs no alignment.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast::<__m512i>()) }
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn masks(block: &[u8; 64]) -> Masks {
    let bytes = load(block);
    Masks {
        quotes: _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(b'"' as i8)),
        backslashes: _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(b'\\' as i8)),
        controls: _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20)),
        high: _mm512_movepi8_mask(bytes),
    }
}

/// 0 to 63.
const COUNTED: [u8; 64] = {
    let mut counted = [0; 64];
    let mut at = 0;
    while at < 64 {
        counted[at] = at as u8;
        at += 1;
    }
    counted
};

#[target_feature(enable = "avx512f,avx512vbmi2")]
#[inline]
fn places(room: &mut [u32; 64], start: u32, mask: u64) {
    let places = _mm512_maskz_compress_epi8(mask, load(&COUNTED));
    let [first, second, third, fourth] = room.as_chunks_mut::<16>().0 else {
        return;
    };
    put(first, start, _mm512_castsi512_si128(places));
    // Most blocks have no more than that.
    let count = mask.count_ones();
    if count > 16 {
        put(second, start, _mm512_extracti32x4_epi32::<1>(places));
        if count > 32 {
            put(third, start, _mm512_extracti32x4_epi32::<2>(places));
            put(fourth, start, _mm512_extracti32x4_epi32::<3>(places));
        }
    }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn put(room: &mut [u32; 16], start: u32, places: __m128i) {
    let places = _mm512_add_epi32(
        _mm512_cvtepu8_epi32(places),
        _mm512_set1_epi32(start as i32),
    );
    // SAFETY: the reference is to 64 bytes that can be written, and the store needs no alignment.
    unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast::<__m512i>(), places) }
}

#[target_feature(enable = "avx512f,avx2")]
#[inline]
fn load_half(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: the reference is to 32 bytes that can be read, and the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2,bmi2")]
#[inline]
fn agree(one: &[u8; 32], other: &[u8; 32], length: u8) -> bool {
    let different = _mm256_cmpneq_epi8_mask(load_half(one), load_half(other));
    _bzhi_u32(different, u32::from(length)) == 0
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2")]
#[inline]
fn in_set(bytes: &[u8; 32], set: &ByteSet) -> u32 {
    let bytes = load_half(bytes);
    // SAFETY: the reference is to 16 bytes that can be read, and the load needs no alignment.
    let halves = unsafe { _mm_loadu_si128(set.halves().as_ptr().cast::<__m128i>()) };
    // As with AVX2, but the comparison gives the bits by itself.
    let wanted = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(halves), bytes);
    let bit_of = _mm256_setr_epi8(
        1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0,
        0, 0, 0, 0, 0, 0,
    );
    let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(0x0f));
    _mm256_test_epi8_mask(wanted, _mm256_shuffle_epi8(bit_of, high))
}

#[target_feature(enable = "avx512f")]
#[inline]
fn alike(words: &[u8; 64], word: u32, mask: u32) -> u32 {
    let different = _mm512_xor_si512(load(words), _mm512_set1_epi32(word as i32));
    let alike = _mm512_testn_epi32_mask(different, _mm512_set1_epi32(mask as i32));
    u32::from(alike)
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2,bmi2,vaes")]
#[inline]
fn hash(keys: &Keys, window: &[u8; SHORT], length: usize) -> Option<u64> {
    let inside = _bzhi_u32(u32::MAX, length as u32);
    let text = _mm256_maskz_mov_epi8(inside, load_half(window));
    if _mm256_cmpeq_epi8_mask(text, _mm256_set1_epi8(b'\\' as i8)) != 0 {
        return None;
    }
    let Keys([first, rounds @ ..]) = keys;
    let mut mixed = _mm256_xor_si256(text, load_half(first));
    for key in rounds {
        mixed = _mm256_aesenc_epi128(mixed, load_half(key));
    }
    let high = _mm256_extracti128_si256::<1>(mixed);
    let both = _mm_xor_si128(_mm256_castsi256_si128(mixed), high);
    Some(_mm_cvtsi128_si64(both) as u64)
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

impl Vector for Avx512 {
    #[inline(always)]
    fn masks(self, block: &[u8; 64]) -> Masks {
        // SAFETY: `self` proves that the machine has AVX-512 F and BW.
        unsafe { masks(block) }
    }

    #[inline(always)]
    fn places(self, room: &mut [u32; 64], start: u32, mask: u64) {
        // SAFETY: `self` proves that the machine has AVX-512 F and VBMI2.
        unsafe { places(room, start, mask) }
    }

    #[inline(always)]
    fn agree(self, one: &[u8; 32], other: &[u8; 32], length: u8) -> bool {
        // SAFETY: `self` proves that the machine has AVX-512 F, BW and VL, AVX2 and BMI2.
        unsafe { agree(one, other, length) }
    }

    #[inline(always)]
    fn alike(self, words: &[u8; 64], word: u32, mask: u32) -> u32 {
        // SAFETY: `self` proves that the machine has AVX-512 F.
        unsafe { alike(words, word, mask) }
    }

    #[inline(always)]
    fn hash(self, keys: &Keys, window: &[u8; SHORT], length: usize) -> Option<u64> {
        // SAFETY: `self` proves that the machine has AVX-512 F, BW and VL, AVX2, BMI2 and VAES.
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
        // SAFETY: `self` proves that the machine has AVX-512 F, BW and VL, and AVX2.
        unsafe { in_set(bytes, set) }
    }

    #[inline(always)]
    fn call<T: Task>(self, task: T) -> T::Output {
        self.run(task)
    }
}
