//! Plain 64-bit arithmetic, for every machine.

use super::{Masks, Task, Vector};
use crate::kernels::class::ByteSet;
use crate::kernels::keyed::{Keys, SHORT, plain};

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
        for (at, chunk) in block.as_chunks::<8>().0.iter().enumerate() {
            let word = u64::from_le_bytes(*chunk);
            let equal = |byte: u8| gather(zero_bytes(word ^ (ONES * u64::from(byte)))) << (8 * at);
            masks.quotes |= equal(b'"');
            masks.backslashes |= equal(b'\\');
            masks.controls |= gather(zero_bytes(word & (ONES * 0xe0))) << (8 * at);
            masks.high |= gather(word & !LOW_BITS) << (8 * at);
        }
        masks
    }

    #[inline(always)]
    fn places(self, room: &mut [u32; 64], start: u32, mask: u64) {
        places(room, start, mask);
    }

    #[inline(always)]
    fn agree(self, one: &[u8; 32], other: &[u8; 32], length: u8) -> bool {
        let mut differences = 0;
        let pairs = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
        for (at, (one, other)) in pairs.enumerate() {
            let inside = match usize::from(length).saturating_sub(8 * at) {
                0 => 0,
                count @ 1..8 => (1 << (8 * count)) - 1,
                _ => u64::MAX,
            };
            differences |= (u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other)) & inside;
        }
        differences == 0
    }

    #[inline(always)]
    fn low_bytes(self, word: u64, count: usize) -> u64 {
        match (count << 3) as u8 {
            bits @ 0..64 => word & ((1 << bits) - 1),
            _ => word,
        }
    }

    #[inline(always)]
    fn low_bits(self, word: u32, count: usize) -> u32 {
        match count {
            0..32 => word & ((1 << count) - 1),
            _ => word,
        }
    }

    #[inline(always)]
    fn in_set(self, bytes: &[u8; 32], set: &ByteSet) -> u32 {
        let mut mask = 0;
        for (at, byte) in bytes.iter().enumerate() {
            mask |= u32::from(set.has(*byte)) << at;
        }
        mask
    }

    #[inline(always)]
    fn alike(self, words: &[u8; 64], word: u32, mask: u32) -> u32 {
        let words = words.as_chunks().0.iter().enumerate();
        words.fold(0, |alike, (at, bytes)| {
            let same = (u32::from_ne_bytes(*bytes) ^ word) & mask == 0;
            alike | u32::from(same) << at
        })
    }

    #[inline(always)]
    fn hash(self, keys: &Keys, window: &[u8; SHORT], length: usize) -> Option<u64> {
        plain(self, keys, window, length)
    }

    #[inline(never)]
    fn call<T: Task>(self, task: T) -> T::Output {
        task.run(self)
    }
}

/// Writes the places of a mask's bits; what is written behind them means nothing.
#[inline(always)]
pub(super) fn places(room: &mut [u32; 64], start: u32, mask: u64) {
    let count = mask.count_ones();
    let mut mask = mask;
    // Eight at a time whether there are eight or not: a branch for each would cost more.
    for slot in &mut room[..8] {
        *slot = start.wrapping_add(mask.trailing_zeros());
        mask &= mask.wrapping_sub(1);
    }
    if count > 8 {
        for slot in &mut room[8..16] {
            *slot = start.wrapping_add(mask.trailing_zeros());
            mask &= mask.wrapping_sub(1);
        }
    }
    if count > 16 {
        for slot in &mut room[16..] {
            if mask == 0 {
                break;
            }
            *slot = start.wrapping_add(mask.trailing_zeros());
            mask &= mask.wrapping_sub(1);
        }
    }
}
