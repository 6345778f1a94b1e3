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
}
