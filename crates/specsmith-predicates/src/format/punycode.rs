//! Decoding of Punycode (RFC 3492), as far as host names need it.

/// The code points that `encoded` (what follows `xn--`) stands for; `None` where it is malformed.
///
/// At most 59 bytes come in, since a label has 63; so the insertions below stay cheap.
pub(super) fn decode(encoded: &str) -> Option<Vec<char>> {
    let (basic, deltas) = match encoded.rsplit_once('-') {
        Some((basic, deltas)) if !basic.is_empty() => (basic, deltas),
        Some(_) | None => ("", encoded),
    };
    let mut decoded: Vec<char> = basic.chars().collect();
    let mut bytes = deltas.bytes();
    let mut point: u32 = 128;
    let mut place: u32 = 0;
    let mut bias: u32 = 72;
    while bytes.len() > 0 {
        let start = place;
        place = place.checked_add(variable_length_integer(&mut bytes, bias)?)?;
        let count = u32::try_from(decoded.len()).ok()? + 1;
        bias = adapted_bias(place - start, count, start == 0);
        point = point.checked_add(place / count)?;
        place %= count;
        decoded.insert(place as usize, char::from_u32(point)?);
        place += 1;
    }
    Some(decoded)
}

/// One number, its digits from the least significant on; the last digit is below its threshold.
fn variable_length_integer(bytes: &mut core::str::Bytes<'_>, bias: u32) -> Option<u32> {
    let mut value: u32 = 0;
    let mut weight: u32 = 1;
    let mut base: u32 = 36;
    loop {
        let digit = match bytes.next()? {
            letter @ b'a'..=b'z' => u32::from(letter - b'a'),
            letter @ b'A'..=b'Z' => u32::from(letter - b'A'),
            figure @ b'0'..=b'9' => u32::from(figure - b'0') + 26,
            _ => return None,
        };
        value = value.checked_add(digit.checked_mul(weight)?)?;
        let threshold = base.saturating_sub(bias).clamp(1, 26);
        if digit < threshold {
            return Some(value);
        }
        weight = weight.checked_mul(36 - threshold)?;
        base += 36;
    }
}

/// RFC 3492, 6.1.
fn adapted_bias(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples() {
        let decoded = |text| decode(text).map(String::from_iter);
        assert_eq!(decoded("bcher-kva").as_deref(), Some("bücher"));
        assert_eq!(
            decoded("ihqwcrb4cv8a8dqg056pqjye").as_deref(),
            Some("他们为什么不说中文")
        );
        assert_eq!(decoded("-> $1.00 <--").as_deref(), Some("-> $1.00 <-"));
        assert_eq!(decoded("99999999"), None);
        assert_eq!(decoded("a-!"), None);
    }
}
