//! `duration` as RFC 3339, appendix A, has it.

/// `P`, then weeks alone, or years, months and days, `T`, hours, minutes and seconds: whole
/// numbers, in this order, and without a gap (`P1Y1D` lacks its months).
pub(super) fn is_duration(text: &[u8]) -> bool {
    let [b'P', text @ ..] = text else {
        return false;
    };
    if let Some((1, [])) = units(text, b"W") {
        return true;
    }
    let Some((dates, text)) = units(text, b"YMD") else {
        return false;
    };
    match text {
        [] => dates > 0,
        [b'T', text @ ..] => matches!(units(text, b"HMS"), Some((1.., []))),
        _ => false,
    }
}

/// Reads numbers with these units, each at most once, neighbours in the list staying neighbours.
/// How many there were and what follows them; `None` where a number has no unit that fits.
fn units<'a>(mut text: &'a [u8], units: &[u8]) -> Option<(usize, &'a [u8])> {
    let mut count = 0;
    let mut next: Option<usize> = None;
    loop {
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Some((count, text));
        }
        let (unit, rest) = text.get(digits..)?.split_first()?;
        let place = units.iter().position(|known| known == unit)?;
        if next.is_some_and(|next| next != place) {
            return None;
        }
        next = Some(place + 1);
        count += 1;
        text = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, valid) in [
            ("P1DT12H", true),
            ("P1Y2M3DT4H5M6S", true),
            ("P4W", true),
            ("PT36H", true),
            ("P1M", true),
            ("PT1M", true),
            ("P1Y1D", false),
            ("PT1H1S", false),
            ("P1D2M", false),
            ("P1W1D", false),
            ("P4WT1H", false),
            ("P1DT", false),
            ("PT", false),
            ("P", false),
            ("P1", false),
            ("P1.5D", false),
            ("PT1D", false),
            ("P1H", false),
            ("P1M1M", false),
            ("-P1D", false),
            ("p1d", false),
            ("", false),
        ] {
            assert_eq!(is_duration(text.as_bytes()), valid, "{text}");
        }
    }
}
