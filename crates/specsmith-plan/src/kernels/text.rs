//! The text of strings as it stands in JSON, escapes and all.

/// The four hexadecimal digits at `at`, as a number.
pub(crate) fn hex4(text: &[u8], at: usize) -> Option<u32> {
    let digits = text.get(at..)?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |value, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(value << 4 | digit)
    })
}

/// Takes the escapes out of the text between a string's quotes; `None` if it is not the text of a
/// string after all.
pub(crate) fn decode<'a>(raw: &'a [u8], room: &'a mut String) -> Option<&'a str> {
    let mut rest = std::str::from_utf8(raw).ok()?;
    if !raw.contains(&b'\\') {
        return Some(rest);
    }
    room.clear();
    while let Some((plain, escape)) = rest.split_once('\\') {
        room.push_str(plain);
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

/// A hash under two keys as random as can be: sixteen bytes at a time, multiplied and folded, as wyhash does.
#[inline]
pub(crate) fn keyed(first: u64, second: u64, text: &[u8]) -> u64 {
    let mut seed = first;
    let (chunks, tail) = text.as_chunks::<16>();
    for chunk in chunks {
        seed = fold(low(chunk) ^ second, high(chunk) ^ seed);
    }
    let last = match (tail, text.last_chunk::<16>()) {
        ([], _) => [0; 16],
        // The bytes of the tail are the last of these.
        (_, Some(last)) => *last,
        (_, None) => {
            let mut last = [0; 16];
            for (slot, byte) in last.iter_mut().zip(tail) {
                *slot = *byte;
            }
            last
        }
    };
    let length = text.len() as u64;
    fold(
        second ^ length,
        fold(low(&last) ^ second, high(&last) ^ seed),
    )
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

/// A hash of the first `length` bytes of a window. Texts that are the same hash alike.
#[inline(always)]
pub(crate) fn hash_window(window: &[u8; 32], length: usize) -> u64 {
    let mut hash = length as u64;
    for (at, word) in window.as_chunks::<8>().0.iter().enumerate() {
        let inside = match length.saturating_sub(8 * at) {
            0 => 0,
            count @ 1..8 => u64::MAX >> (64 - 8 * count),
            _ => u64::MAX,
        };
        let word = u64::from_le_bytes(*word) & inside;
        hash = fold(hash ^ word, 0x9E37_79B9_7F4A_7C15 ^ (word << at));
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            let hashes = texts.iter().map(|it| keyed(first, second, it.as_bytes()));
            let hashes: std::collections::BTreeSet<_> = hashes.collect();
            assert_eq!(hashes.len(), texts.len());
        }
        assert_ne!(keyed(ONE, TWO, b"a"), keyed(ONE + 1, TWO, b"a"));
        assert_ne!(keyed(ONE, TWO, b"a"), keyed(ONE, TWO + 1, b"a"));
        assert_ne!(keyed(ONE, TWO, b"a"), keyed(ONE, TWO, b"a\0"));
        assert_ne!(keyed(ONE, TWO, b""), keyed(ONE, TWO, b"\0"));
    }

    #[test]
    fn hashes_of_windows_are_of_what_is_inside() {
        let (mut one, mut other) = ([b'x'; 32], [b'y'; 32]);
        for length in 0..=32 {
            let text = format!("{:0>width$}", 7, width = length);
            if length > 0 {
                one[..length].copy_from_slice(text.as_bytes());
                other[..length].copy_from_slice(text.as_bytes());
            }
            assert_eq!(hash_window(&one, length), hash_window(&other, length));
            assert!(length == 0 || hash_window(&one, length) != hash_window(&one, length - 1));
        }
    }
}
