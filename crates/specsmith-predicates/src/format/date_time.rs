//! `date`, `time` and `date-time` as RFC 3339 has them.

/// `full-date`: ten bytes, a day that the calendar has.
pub(super) fn is_date(text: &[u8]) -> bool {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return false;
    };
    let (Some(century), Some(years), Some(month), Some(day)) = (
        number(y1, y2),
        number(y3, y4),
        number(m1, m2),
        number(d1, d2),
    ) else {
        return false;
    };
    let year = u16::from(century) * 100 + u16::from(years);
    (1..=days_in(month, year)).contains(&day)
}

/// `full-time`: with an offset; the second 60 only where it is 23:59:60 in UTC.
pub(super) fn is_time(text: &[u8]) -> bool {
    let &[h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = text else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (number(h1, h2), number(m1, m2), number(s1, s2))
    else {
        return false;
    };
    if hour > 23 || minute > 59 || second > 60 {
        return false;
    }
    let Some(offset) = without_fraction(rest).and_then(offset_in_minutes) else {
        return false;
    };
    let in_utc = i32::from(hour) * 60 + i32::from(minute) - offset;
    second < 60 || in_utc.rem_euclid(24 * 60) == 24 * 60 - 1
}

/// `date-time`: a date, `T`, a time.
pub(super) fn is_date_time(text: &[u8]) -> bool {
    let Some((date, [b'T' | b't', time @ ..])) = text.split_at_checked(10) else {
        return false;
    };
    is_date(date) && is_time(time)
}

/// What follows the fraction of a second, if there is one; `None` where it has no digit.
fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', fraction @ ..] = text else {
        return Some(text);
    };
    let digits = fraction
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits == 0 {
        None
    } else {
        fraction.get(digits..)
    }
}

/// `Z` or `+hh:mm`; how many minutes local time is ahead of UTC.
fn offset_in_minutes(text: &[u8]) -> Option<i32> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number(h1, h2)?, number(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let ahead = i32::from(hours) * 60 + i32::from(minutes);
            Some(if sign == b'+' { ahead } else { -ahead })
        }
        _ => None,
    }
}

/// Two digits as a number.
fn number(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// How many days the month has; none where there is no such month.
fn days_in(month: u8, year: u16) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times() {
        for (text, valid) in [
            ("2022-07-08T11:15:53.237517000Z", true),
            ("2022-07-08t11:15:53z", true),
            ("2022-07-08T11:15:53+05:30", true),
            ("2024-02-29T00:00:00-00:00", true),
            ("1998-12-31T23:59:60Z", true),
            ("1998-12-31T15:59:60.123-08:00", true),
            ("1998-12-31T15:59:60.123Z", false),
            ("2023-02-29T00:00:00Z", false),
            ("1900-02-29T00:00:00Z", false),
            ("2022-07-08T11:15:53", false),
            ("2022-07-08 11:15:53Z", false),
            ("2022-07-08T24:00:00Z", false),
            ("2022-07-08T11:15:53.Z", false),
            ("2022-07-08T11:15:53+5:30", false),
            ("2022-07-08T11:15:53+24:00", false),
            ("2022-13-08T11:15:53Z", false),
            ("2022-00-08T11:15:53Z", false),
            ("2022-07-00T11:15:53Z", false),
            ("2022-07-08", false),
            ("２022-07-08T11:15:53Z", false),
            ("", false),
        ] {
            assert_eq!(is_date_time(text.as_bytes()), valid, "{text}");
        }
    }
}
