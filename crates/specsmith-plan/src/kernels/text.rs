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
pub(crate) fn keyed(keys: [u64; 2], text: &[u8]) -> u64 {
    let mut window = [0; 32];
    if let Some(place) = window.get_mut(..text.len()) {
        place.copy_from_slice(text);
        return keyed_short(keys, &words(&window, text.len()), text.len());
    }
    let [seed, key] = keys;
    let mut seed = seed ^ text.len() as u64;
    let (chunks, tail) = text.as_chunks::<16>();
    let mut last = [0; 16];
    if let Some(place) = last.get_mut(..tail.len()) {
        place.copy_from_slice(tail);
    }
    for chunk in chunks.iter().chain([&last]) {
        seed = fold(low(chunk) ^ key, high(chunk) ^ seed);
    }
    seed
}

/// The same for a text of at most 32 bytes, as [`words`].
#[inline(always)]
pub(crate) fn keyed_short([seed, key]: [u64; 2], words: &[u64; 4], length: usize) -> u64 {
    let [a, b, c, d] = words;
    let seed = fold(a ^ key, b ^ seed ^ length as u64);
    fold(c ^ key, d ^ seed)
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

/// The first bytes of a window, at most `length`, as words; zeros stand behind them.
#[inline(always)]
pub(crate) fn words(window: &[u8; 32], length: usize) -> [u64; 4] {
    const ONES_THEN_ZEROS: &[u8; 64] = &{
        let mut mask = [0; 64];
        let mut at = 0;
        while at < 32 {
            mask[at] = 0xff;
            at += 1;
        }
        mask
    };
    let from = 32 - length.min(32);
    let mask = ONES_THEN_ZEROS.get(from..).and_then(|it| it.first_chunk());
    let mask: &[u8; 32] = mask.unwrap_or(&[0; 32]);
    let mut words = [0; 4];
    let both = window
        .as_chunks::<8>()
        .0
        .iter()
        .zip(mask.as_chunks::<8>().0);
    for (word, (bytes, mask)) in words.iter_mut().zip(both) {
        *word = u64::from_le_bytes(*bytes) & u64::from_le_bytes(*mask);
    }
    words
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
        for length in 0..=33 {
            let mut expected = [0; 32];
            let inside = length.min(32);
            expected[..inside].copy_from_slice(&text[..inside]);
            let found = words(&text, length).map(u64::to_le_bytes).concat();
            assert_eq!(found, expected);
            let short = keyed_short([3, 5], &words(&text, inside), inside);
            assert_eq!(keyed([3, 5], &text[..inside]), short);
        }
    }
}
