//! The text of strings as it stands in JSON, escapes and all.

use crate::simd::Vector;

/// The four hexadecimal digits at `at`, as a number.
pub(crate) fn hex4(text: &[u8], at: usize) -> Option<u32> {
    let digits = text.get(at..)?.first_chunk::<4>()?;
    let [a, b, c, d] = digits.map(|it| u32::from(DIGITS[usize::from(it)]));
    (a | b | c | d < 16).then_some(a << 12 | b << 8 | c << 4 | d)
}

/// What each byte is worth as a hexadecimal digit; a byte that is none, more than all digits.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut at = 0;
    while at < 16 {
        digits[b"0123456789abcdef"[at] as usize] = at as u8;
        digits[b"0123456789ABCDEF"[at] as usize] = at as u8;
        at += 1;
    }
    digits
};

/// Takes the escapes out of the text between a string's quotes; `None` if it is not the text of a
/// string after all.
pub(crate) fn decode<'a>(raw: &'a [u8], room: &'a mut String) -> Option<&'a str> {
    let mut rest = std::str::from_utf8(raw).ok()?;
    if !raw.contains(&b'\\') {
        return Some(rest);
    }
    room.clear();
    // Escapes stand close together, so nothing is set up to look for the next one.
    while let Some(at) = rest.bytes().position(|it| it == b'\\') {
        room.push_str(rest.get(..at)?);
        let escape = rest.get(at + 1..)?;
        let mut chars = escape.chars();
        room.push(match chars.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = hex4(escape.as_bytes(), 1)?;
                let code = if (0xd800..0xdc00).contains(&unit) {
                    if escape.get(5..7)? != "\\u" {
                        return None;
                    }
                    let second = hex4(escape.as_bytes(), 7)?.checked_sub(0xdc00)?;
                    chars = escape.get(11..)?.chars();
                    0x1_0000 + ((unit - 0xd800) << 10) + second
                } else {
                    chars = escape.get(5..)?.chars();
                    unit
                };
                char::from_u32(code)?
            }
            char @ ('"' | '\\' | '/') => char,
            _ => return None,
        });
        rest = chars.as_str();
    }
    room.push_str(rest);
    Some(room)
}

/// A hash of a whole name. Names of one hash are looked at again, so that it only has to be good.
#[inline]
pub(crate) fn hash(name: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let (words, tail) = name.as_chunks::<8>();
    let mut hash = name.len() as u64;
    for word in words {
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    let mut last = [0; 8];
    if let Some(place) = last.get_mut(..tail.len()) {
        place.copy_from_slice(tail);
    }
    hash = (hash.rotate_left(23) ^ u64::from_le_bytes(last)).wrapping_mul(FACTOR);
    hash ^ hash >> 29
}

/// A hash under two keys as random as can be: sixteen bytes at a time, multiplied and folded, as
/// wyhash does.
pub(crate) fn keyed(keys: [u64; 2], text: &[u8]) -> u64 {
    let Some((first, rest)) = text.split_first_chunk::<16>() else {
        let mut chunk = [0; 16];
        for (place, byte) in chunk.iter_mut().zip(text) {
            *place = *byte;
        }
        return keyed_short(keys, [low(&chunk), high(&chunk)], text.len());
    };
    let mut hash = keyed_first(keys, first, text.len());
    // The last sixteen bytes are a chunk of their own, wherever the one before it ends.
    let before = rest.len().saturating_sub(1);
    let (chunks, _) = rest.get(..before).unwrap_or_default().as_chunks();
    let last = text.last_chunk().unwrap_or(first);
    for chunk in chunks.iter().chain([last]) {
        hash = keyed_next(keys, hash, chunk);
    }
    hash
}

/// The same for a text of less than 16 bytes: these as words, with zeros behind them.
#[inline(always)]
pub(crate) fn keyed_short([seed, key]: [u64; 2], [a, b]: [u64; 2], length: usize) -> u64 {
    let hash = fold(a ^ key, b ^ seed ^ length as u64);
    fold(key, hash)
}

/// The same for a text of 16 to 32 bytes: the first and the last 16 of them.
#[inline(always)]
pub(crate) fn keyed_ends(keys: [u64; 2], first: &[u8; 16], last: &[u8; 16], length: usize) -> u64 {
    keyed_next(keys, keyed_first(keys, first, length), last)
}

#[inline(always)]
fn keyed_first([seed, key]: [u64; 2], chunk: &[u8; 16], length: usize) -> u64 {
    fold(low(chunk) ^ key, high(chunk) ^ seed ^ length as u64)
}

#[inline(always)]
fn keyed_next([_, key]: [u64; 2], hash: u64, chunk: &[u8; 16]) -> u64 {
    fold(low(chunk) ^ key, high(chunk) ^ hash)
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

/// The first bytes of a window, less than 32, as words; zeros stand behind them.
#[inline(always)]
pub(crate) fn words<V: Vector, const BYTES: usize, const WORDS: usize>(
    vector: V,
    window: &[u8; BYTES],
    length: usize,
) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    for (at, (word, bytes)) in words.iter_mut().zip(window.as_chunks().0).enumerate() {
        let word_of_bytes = u64::from_le_bytes(*bytes);
        *word = vector.low_bytes(word_of_bytes, length.saturating_sub(8 * at));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Path, Task};
    use proptest::prelude::*;

    struct Words<'a>(&'a [u8; 32], usize);

    impl Task for Words<'_> {
        type Output = [u64; 4];
        fn run<V: Vector>(self, vector: V) -> [u64; 4] {
            words(vector, self.0, self.1)
        }
    }

    proptest! {
        #[test]
        fn decoding_is_what_the_tree_reader_does(
            text in r#"([a-c"é\\/]|\\[bfnrt/"\\]|\\u00[0-9a-fA-F]{2}|\\ud83d\\ude0[0-9]|\\ud83d){0,6}"#,
        ) {
            let quoted = format!("\"{text}\"");
            let reading = specsmith_json::read(quoted.as_bytes(), &Default::default());
            let mut room = String::new();
            if let Some(node) = reading.root {
                prop_assert_eq!(decode(text.as_bytes(), &mut room), node.as_str());
            }
        }
    }

    #[test]
    fn names_that_differ_hash_apart() {
        let mut hashes: Vec<u64> = (0..20_000)
            .map(|at| hash(format!("custom_field_{at:06}_value").as_bytes()))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 20_000);
        assert_ne!(hash(b"a"), hash(b"a\0"));
    }

    #[test]
    fn keyed_hashes_are_of_the_whole_text_and_of_both_keys() {
        const ONE: u64 = 0x243F_6A88_85A3_08D3;
        const TWO: u64 = 0x1319_8A2E_0370_7344;
        let text = |at: usize| format!("{:0>width$}", at, width = 1 + at % 40);
        let texts: std::collections::BTreeSet<_> = (0..20_000).map(text).collect();
        for (first, second) in [(ONE, TWO), (ONE + 1, TWO), (ONE, TWO + 1)] {
            let hashes = texts.iter().map(|it| keyed([first, second], it.as_bytes()));
            let hashes: std::collections::BTreeSet<_> = hashes.collect();
            assert_eq!(hashes.len(), texts.len());
        }
        assert_ne!(keyed([ONE, TWO], b"a"), keyed([ONE + 1, TWO], b"a"));
        assert_ne!(keyed([ONE, TWO], b"a"), keyed([ONE, TWO + 1], b"a"));
        assert_ne!(keyed([ONE, TWO], b"a"), keyed([ONE, TWO], b"a\0"));
        assert_ne!(keyed([ONE, TWO], b""), keyed([ONE, TWO], b"\0"));
    }

    #[test]
    fn words_are_of_what_is_inside() {
        let text: [u8; 32] = std::array::from_fn(|at| b'a' + at as u8);
        for length in 0..32 {
            let mut expected = [0; 32];
            expected[..length].copy_from_slice(&text[..length]);
            for path in Path::all() {
                let words = path.run(Words(&text, length));
                assert_eq!(words.map(u64::to_le_bytes).concat(), expected);
            }
        }
    }

    #[test]
    fn short_texts_hash_as_any_text() {
        let text: [u8; 32] = std::array::from_fn(|at| b'a' + at as u8);
        let keys = [3, 5];
        for length in 0..16 {
            let [a, b, ..] = Path::best().run(Words(&text, length));
            assert_eq!(
                keyed(keys, &text[..length]),
                keyed_short(keys, [a, b], length)
            );
        }
        for length in 16..=32 {
            let last = text[..length].last_chunk().expect("16 of them");
            let first = text.first_chunk().expect("16 of them");
            assert_eq!(
                keyed(keys, &text[..length]),
                keyed_ends(keys, first, last, length)
            );
        }
    }
}
