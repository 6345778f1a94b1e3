//! Hashes of texts under keys that are new in each run: what ids are told apart by.
//!
//! Short texts are hashed by what the machine has for it, so a hash means something in its own run
//! alone.

use super::text::words;
use crate::simd::{Task, Vector, dispatch};

/// What texts are hashed under: as random as can be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys(pub(crate) [[u8; 32]; 4]);

/// Texts of at most so many bytes are hashed in one go.
pub(crate) const SHORT: usize = 32;

/// The hash of any text.
pub(crate) fn keyed(keys: &Keys, text: &[u8]) -> u64 {
    struct Whole<'t>(&'t Keys, &'t [u8]);

    impl Task for Whole<'_> {
        type Output = u64;

        fn run<V: Vector>(self, vector: V) -> u64 {
            whole(vector, self.0, self.1)
        }
    }

    dispatch(Whole(keys, text))
}

/// The hash of any text; that of [`Vector::hash`] where that has one.
pub(crate) fn whole<V: Vector>(vector: V, keys: &Keys, text: &[u8]) -> u64 {
    let mut window = [0; SHORT];
    let hash = match window.get_mut(..text.len()) {
        Some(place) if !text.contains(&0) => {
            place.copy_from_slice(text);
            vector.hash(keys, &window, text.len())
        }
        Some(_) | None => None,
    };
    hash.unwrap_or_else(|| folded(keys, text))
}

/// The hash of a short text that a window begins with, without instructions made for it; nothing
/// where there is a backslash in it.
#[inline(always)]
pub(crate) fn plain<V: Vector>(
    vector: V,
    keys: &Keys,
    window: &[u8; SHORT],
    length: usize,
) -> Option<u64> {
    let text = window.get(..length)?;
    if text.contains(&b'\\') {
        return None;
    }
    Some(match text.last_chunk() {
        None => fold_short(keys, words(vector, window, length), length),
        Some(last) => {
            let first = window.first_chunk().unwrap_or(last);
            fold_next(keys, fold_first(keys, first, length), last)
        }
    })
}

/// The hash of a text, sixteen bytes at a time, multiplied and folded, as wyhash does.
fn folded(keys: &Keys, text: &[u8]) -> u64 {
    let Some((first, rest)) = text.split_first_chunk::<16>() else {
        let mut chunk = [0; 16];
        for (place, byte) in chunk.iter_mut().zip(text) {
            *place = *byte;
        }
        return fold_short(keys, [low(&chunk), high(&chunk)], text.len());
    };
    let mut hash = fold_first(keys, first, text.len());
    // The last sixteen bytes are a chunk of their own, wherever the one before it ends.
    let before = rest.len().saturating_sub(1);
    let (chunks, _) = rest.get(..before).unwrap_or_default().as_chunks();
    let last = text.last_chunk().unwrap_or(first);
    for chunk in chunks.iter().chain([last]) {
        hash = fold_next(keys, hash, chunk);
    }
    hash
}

/// Of less than 16 bytes: these as words, with zeros behind them.
#[inline(always)]
fn fold_short(keys: &Keys, [a, b]: [u64; 2], length: usize) -> u64 {
    let [seed, key] = keys.words();
    let hash = fold(a ^ key, b ^ seed ^ length as u64);
    fold(key, hash)
}

#[inline(always)]
fn fold_first(keys: &Keys, chunk: &[u8; 16], length: usize) -> u64 {
    let [seed, key] = keys.words();
    fold(low(chunk) ^ key, high(chunk) ^ seed ^ length as u64)
}

#[inline(always)]
fn fold_next(keys: &Keys, hash: u64, chunk: &[u8; 16]) -> u64 {
    let [_, key] = keys.words();
    fold(low(chunk) ^ key, high(chunk) ^ hash)
}

impl Keys {
    /// Two words of them.
    #[inline(always)]
    fn words(&self) -> [u64; 2] {
        let Self([first, ..]) = self;
        let half = first.first_chunk().unwrap_or(&[0; 16]);
        [low(half), high(half)]
    }
}

#[inline(always)]
fn low(chunk: &[u8; 16]) -> u64 {
    u128::from_le_bytes(*chunk) as u64
}

#[inline(always)]
fn high(chunk: &[u8; 16]) -> u64 {
    (u128::from_le_bytes(*chunk) >> 64) as u64
}

/// Both halves of a product.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests;
