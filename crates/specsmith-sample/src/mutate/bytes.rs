//! What is done to the bytes of a text.

use super::Mutation;

/// Does it to one place by chance; `None` where there is none, or where it is done to tokens.
pub(super) fn apply(
    mutation: Mutation,
    text: &mut Vec<u8>,
    random: &mut fastrand::Rng,
) -> Option<()> {
    if text.is_empty() {
        return None;
    }
    match mutation {
        Mutation::FlippedBits => {
            for _ in 0..random.usize(1..=3) {
                let at = random.usize(0..text.len());
                *text.get_mut(at)? ^= 1 << random.u8(0..8);
            }
        }
        Mutation::OtherByte => {
            let at = random.usize(0..text.len());
            let byte = match random.bool() {
                true => random.u8(..),
                false => random.choice(*b"\"\\{}[]:,0-eEtfn \n\x00\x7f\x80\xff")?,
            };
            match random.u8(0..3) {
                0 => text.insert(at, byte),
                1 => drop(text.remove(at)),
                _ => *text.get_mut(at)? = byte,
            }
        }
        Mutation::Cut => text.truncate(random.usize(0..text.len())),
        Mutation::BadEscape => {
            let escapes: [&[u8]; 9] = [
                b"\\x41", b"\\", b"\\u12", b"\\u12g4", b"\\U0041", b"\\'", b"\\0", b"\\u", b"\\ ",
            ];
            put_in_string(text, random.choice(escapes)?, random)?;
        }
        Mutation::LoneSurrogate => {
            let halves: [&[u8]; 8] = [
                b"\\ud800",
                b"\\udfff",
                b"\\uDC00",
                b"\\ud83d\\u0041",
                b"\\ud83d\\ud83d",
                b"\\ude00\\ud83d",
                b"\\ud83d\\n",
                b"\\ud83dx",
            ];
            put_in_string(text, random.choice(halves)?, random)?;
        }
        Mutation::InvalidUtf8 => {
            let sequences: [&[u8]; 11] = [
                b"\xff",
                b"\x80",
                b"\xc0\x80",
                b"\xc1\xbf",
                b"\xe0\x80\x80",
                b"\xed\xa0\x80",
                b"\xf0\x80\x80\x80",
                b"\xf4\x90\x80\x80",
                b"\xf5",
                b"\xe2\x82",
                b"\xf0\x9f\x98",
            ];
            let sequence = random.choice(sequences)?;
            if random.bool() {
                put_in_string(text, sequence, random)?;
            } else {
                put(text, random.usize(0..=text.len()), sequence);
            }
        }
        Mutation::ControlCharacter => {
            let control = random.choice([b"\n", b"\t", b"\0", b"\x1f", b"\r", b"\x7f", b"\x01"])?;
            put_in_string(text, control, random)?;
        }
        Mutation::Surrounded => {
            let ends: [&[u8]; 12] = [
                b" ",
                b"\n",
                b"{}",
                b",",
                b"]",
                b"x",
                b"\0",
                b"// end",
                b"/* */",
                b"null",
                b"\xff",
                b"\xef\xbb\xbf",
            ];
            let starts: [&[u8]; 8] = [
                b"\xef\xbb\xbf",
                b"\xef\xbb\xbf\xef\xbb\xbf",
                b" \n\t\r",
                b"//\n",
                b"\xfe\xff",
                b"\x0b",
                b"\xc2\xa0",
                b",",
            ];
            if random.bool() {
                put(text, text.len(), random.choice(ends)?);
            } else {
                put(text, 0, random.choice(starts)?);
            }
        }
        Mutation::NumberForm
        | Mutation::HugeNumber
        | Mutation::KeyEscape
        | Mutation::StringEscape
        | Mutation::WhiteSpace
        | Mutation::DuplicateKey
        | Mutation::UnknownKey
        | Mutation::MisspeltKey
        | Mutation::DroppedMember
        | Mutation::Reordered
        | Mutation::WrongType
        | Mutation::Null
        | Mutation::OtherString
        | Mutation::ManyItems
        | Mutation::Wrapped
        | Mutation::Nested
        | Mutation::BadNumber
        | Mutation::OtherToken => return None,
    }
    Some(())
}

fn put(text: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    text.splice(at..at, bytes.iter().copied());
}

/// Puts bytes behind a quote by chance, which begins a string or ends one.
fn put_in_string(text: &mut Vec<u8>, bytes: &[u8], random: &mut fastrand::Rng) -> Option<()> {
    let quotes: Vec<usize> = (0..text.len())
        .filter(|at| text.get(*at) == Some(&b'"'))
        .collect();
    let place = random.usize(0..quotes.len().max(1));
    // Mostly the first of a pair.
    let place = if random.u8(0..8) == 0 {
        place
    } else {
        place & !1
    };
    let at = quotes.get(place)? + 1;
    put(text, at, bytes);
    Some(())
}
