//! The commonest formats in their commonest spellings: what these say yes to has the format, and
//! about the rest they say nothing.

use super::class::ByteSet;
use crate::simd::Vector;

/// Strings of so many bytes are looked at.
const WINDOW: usize = 32;

const DIGITS: ByteSet = ByteSet::listed(b"0123456789");
const ALPHANUMERIC: ByteSet =
    ByteSet::listed(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// What may stand before the `@` beside letters, digits and dots.
const LOCAL: ByteSet = ByteSet::listed(b"-_+'!#$%&*/=?^{|}~");
const DOT: ByteSet = ByteSet::listed(b".");
const AT: ByteSet = ByteSet::listed(b"@");
const HYPHEN: ByteSet = ByteSet::listed(b"-");

/// Whether the first `length` bytes are an email address, for certain.
#[inline(always)]
pub(crate) fn is_email<V: Vector>(vector: V, window: &[u8; WINDOW], length: usize) -> bool {
    if !(3..=WINDOW).contains(&length) {
        return false;
    }
    let inside = u32::MAX >> (WINDOW - length);
    let last = 1 << (length - 1);
    let at = vector.in_set(window, &AT) & inside;
    if at.count_ones() != 1 {
        return false;
    }
    let before = at - 1;
    let behind = inside & !before & !at;
    let plain = vector.in_set(window, &ALPHANUMERIC);
    let dots = vector.in_set(window, &DOT) & inside;
    let hyphens = vector.in_set(window, &HYPHEN) & behind;
    let local = plain | dots | vector.in_set(window, &LOCAL);
    let breaks = at | dots;
    // Dots stand between words, hyphens inside labels, and never two of them together, since
    // that may be a label in another script.
    let bad_dots = dots & (1 | last | breaks << 1 | at >> 1);
    let bad_hyphens = hyphens & (last | breaks << 1 | dots >> 1 | hyphens << 1);
    before & !local == 0
        && behind & !(plain | dots | hyphens) == 0
        && before != 0
        && behind != 0
        && bad_dots == 0
        && bad_hyphens == 0
}

/// Whether the first `length` bytes are a date and time, for certain.
#[inline(always)]
pub(crate) fn is_date_time<V: Vector>(vector: V, window: &[u8; WINDOW], length: usize) -> bool {
    if !(20..=WINDOW).contains(&length) {
        return false;
    }
    let digits = vector.in_set(window, &DIGITS);
    // 2022-07-08T11:15:53
    const PLACES: u32 = 0b110_1101_1011_0110_1111;
    let fraction = match length {
        20 => 0,
        _ if window[19] == b'.' && length > 21 => {
            (u32::MAX >> (WINDOW + 1 - length)) & !((1 << 20) - 1)
        }
        _ => return false,
    };
    let wanted = PLACES | fraction;
    let number = |at: usize| {
        let tens = window[at].wrapping_sub(b'0');
        tens.wrapping_mul(10)
            .wrapping_add(window[at + 1].wrapping_sub(b'0'))
    };
    digits & wanted == wanted
        && window[4] == b'-'
        && window[7] == b'-'
        && window[10] == b'T'
        && window[13] == b':'
        && window[16] == b':'
        && window[length - 1] == b'Z'
        && number(5).wrapping_sub(1) < 12
        && number(8).wrapping_sub(1) < 28
        && number(11) < 24
        && number(14) < 60
        && number(17) < 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Path, Task};
    use proptest::prelude::*;
    use specsmith_rules::format::Format;

    struct Both<'a>(&'a [u8; WINDOW], usize);

    impl Task for Both<'_> {
        type Output = (bool, bool);
        fn run<V: Vector>(self, vector: V) -> (bool, bool) {
            (
                is_email(vector, self.0, self.1),
                is_date_time(vector, self.0, self.1),
            )
        }
    }

    fn both(text: &str) -> (bool, bool) {
        let mut window = [b'a'; WINDOW];
        for (slot, byte) in window.iter_mut().zip(text.bytes()) {
            *slot = byte;
        }
        let found = Path::all().into_iter();
        let found: Vec<_> = found.map(|it| it.run(Both(&window, text.len()))).collect();
        assert!(found.iter().all(|it| *it == found[0]), "{found:?}");
        found[0]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn a_yes_is_a_yes_of_the_rules(
            text in prop_oneof![
                "[ab.@+<>\"é-]{0,12}",
                "[a-z]{1,8}[.-]{0,2}[a-z]{0,3}@[a-z]{0,8}[.-]{0,2}[a-z]{0,9}",
                "20[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,9})?(Z|z|[+]01:00)?",
            ],
        ) {
            let (email, date_time) = both(&text);
            prop_assert!(!email || Format::Email.check(&text), "{}", text);
            prop_assert!(!date_time || Format::DateTime.check(&text), "{}", text);
        }
    }

    #[test]
    fn what_is_common_is_seen() {
        for email in [
            "a@b",
            "jdoe@example.com",
            "first.last+tag@mail-7.example.co",
        ] {
            assert!(both(email).0, "{email}");
        }
        for date_time in ["2022-07-08T11:15:53Z", "2022-07-08T11:15:53.237517000Z"] {
            assert!(both(date_time).1, "{date_time}");
        }
    }
}
