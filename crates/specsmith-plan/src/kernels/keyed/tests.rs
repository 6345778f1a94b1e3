//! Whether hashes are of the whole text and of all keys, and what the instructions for them give.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::simd::Path;

struct Whole<'t>(&'t Keys, &'t [u8]);

impl Task for Whole<'_> {
    type Output = u64;
    fn run<V: Vector>(self, vector: V) -> u64 {
        whole(vector, self.0, self.1)
    }
}

struct Short<'t>(&'t Keys, &'t [u8; SHORT], usize);

impl Task for Short<'_> {
    type Output = Option<u64>;
    fn run<V: Vector>(self, vector: V) -> Option<u64> {
        vector.hash(self.0, self.1, self.2)
    }
}

fn keys() -> Keys {
    let mut state = 0x243F_6A88_85A3_08D3_u64;
    Keys(std::array::from_fn(|_| {
        std::array::from_fn(|_| {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
            (state >> 56) as u8
        })
    }))
}

#[test]
fn hashes_are_of_the_whole_text_and_of_the_keys() {
    let text = |at: usize| format!("{:0>width$}", at, width = 1 + at % 40);
    let texts: BTreeSet<_> = (0..20_000).map(text).collect();
    for path in Path::all() {
        let hash = |keys: &Keys, text: &str| path.run(Whole(keys, text.as_bytes()));
        let hashes: BTreeSet<_> = texts.iter().map(|it| hash(&keys(), it)).collect();
        assert_eq!(hashes.len(), texts.len(), "{path:?}");
        let mut others = keys();
        others.0[0][0] ^= 1;
        others.0[0][16] ^= 1;
        for text in [
            "",
            "a",
            "0123456789abcdef0",
            "0123456789abcdef0123456789abcdef0",
        ] {
            assert_ne!(hash(&keys(), text), hash(&others, text), "{path:?} {text}");
        }
        assert_ne!(hash(&keys(), "a"), hash(&keys(), "a\0"), "{path:?}");
        assert_ne!(hash(&keys(), ""), hash(&keys(), "\0"), "{path:?}");
    }
}

/// Texts that differ in few places are those that are easily taken for one another: every three of
/// the bytes that one column of a round is made of, each with other letters.
#[test]
fn texts_that_differ_in_few_places_hash_apart() {
    for path in Path::all() {
        let mut hashes = BTreeSet::new();
        let mut count = 0;
        for letters in 0..64_000_usize {
            let mut text = *b"conversation-of-abcdefghij-0123.";
            for (at, place) in [0, 5, 10].into_iter().enumerate() {
                text[place] = b'0' + (letters / 40_usize.pow(at as u32) % 40) as u8;
            }
            hashes.insert(path.run(Whole(&keys(), &text)));
            count += 1;
        }
        assert_eq!(hashes.len(), count, "{path:?}");
    }
}

proptest! {
    #[test]
    fn what_stands_behind_a_text_is_no_part_of_it(
        window in proptest::array::uniform32(1u8..),
        length in 0usize..=SHORT,
    ) {
        let text = &window[..length];
        for path in Path::all() {
            let hash = path.run(Short(&keys(), &window, length));
            prop_assert_eq!(hash.is_none(), text.contains(&b'\\'));
            let whole = path.run(Whole(&keys(), text));
            prop_assert_eq!(hash.unwrap_or_else(|| folded(&keys(), text)), whole);
        }
        if !text.contains(&b'\\') {
            prop_assert_eq!(Path::all().last().and_then(|it| it.run(Short(&keys(), &window, length))),
                Some(folded(&keys(), text)));
        }
    }

    #[test]
    fn instructions_for_rounds_do_what_rounds_are(
        window in proptest::array::uniform32(b'a'..=b'z'),
        length in 0usize..=SHORT,
    ) {
        let mut text = window;
        text[length..].fill(0);
        let Keys([first, rounds @ ..]) = keys();
        let mixed: [u8; SHORT] = std::array::from_fn(|at| text[at] ^ first[at]);
        let halves = [0, 16].map(|from| {
            let half = |of: &[u8; SHORT]| *of[from..].first_chunk::<16>().expect("as many");
            rounds.iter().fold(half(&mixed), |state, key| round(state, half(key)))
        });
        let expected = low(&halves[0]) ^ low(&halves[1]);
        for path in Path::all().into_iter().filter(|it| it.name() != "portable") {
            prop_assert_eq!(path.run(Short(&keys(), &window, length)), Some(expected));
        }
    }
}

/// A round of AES, by its definition (FIPS 197, section 5.1).
fn round(state: [u8; 16], key: [u8; 16]) -> [u8; 16] {
    let byte = |row: usize, column: usize| substituted(state[4 * ((column + row) % 4) + row]);
    std::array::from_fn(|at| {
        let (row, column) = (at % 4, at / 4);
        let of = |ahead: usize| byte((row + ahead) % 4, column);
        times(of(0), 2) ^ times(of(1), 3) ^ of(2) ^ of(3) ^ key[at]
    })
}

/// The inverse in the field of 256 elements, and the affine map.
fn substituted(byte: u8) -> u8 {
    let inverse = (0..=255).find(|it| times(byte, *it) == 1).unwrap_or(0);
    (0..5).fold(0x63, |sum, turn| sum ^ inverse.rotate_left(turn))
}

/// The product in that field.
fn times(mut one: u8, other: u8) -> u8 {
    let mut product = 0;
    for bit in 0..8 {
        if other >> bit & 1 == 1 {
            product ^= one;
        }
        one = one << 1 ^ if one & 0x80 == 0 { 0 } else { 0x1b };
    }
    product
}
