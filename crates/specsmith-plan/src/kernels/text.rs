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
}
