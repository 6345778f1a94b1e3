//! Where the significant digits of a number's text stand.

/// The shape of one JSON number: sign, ranges of its significant digits, and their weight.
///
/// The value is `0.D₁D₂D₃… × 10^magnitude`, where the digits are those of `head` followed by
/// those of `tail`; neither the first nor the last of them is zero. Zero has no digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    pub(crate) negative: bool,
    /// Start and end of the significant digits before the decimal point.
    pub(crate) head: (usize, usize),
    /// Start and end of the significant digits after the decimal point.
    pub(crate) tail: (usize, usize),
    pub(crate) magnitude: i64,
}

/// Exponents are read up to this size and stay at it beyond. A text that says more than
/// `e2305843009213693951` differs from zero or from infinity in no way that anyone can use.
const EXPONENT_LIMIT: i64 = i64::MAX / 4;

impl Parts {
    /// The parts of `bytes` if they are exactly one number of RFC 8259.
    pub(crate) const fn of(bytes: &[u8]) -> Option<Self> {
        let negative = !bytes.is_empty() && bytes[0] == b'-';
        let start = negative as usize;
        let point = digits_end(bytes, start);
        if point == start || (point - start > 1 && bytes[start] == b'0') {
            return None;
        }
        let mut head = (start, point);
        let mut tail = (point, point);
        let mut at = point;
        if at < bytes.len() && bytes[at] == b'.' {
            let end = digits_end(bytes, at + 1);
            if end == at + 1 {
                return None;
            }
            tail = (at + 1, end);
            at = end;
        }
        let mut exponent = 0;
        if at < bytes.len() && (bytes[at] == b'e' || bytes[at] == b'E') {
            at += 1;
            let minus = at < bytes.len() && bytes[at] == b'-';
            if at < bytes.len() && (bytes[at] == b'-' || bytes[at] == b'+') {
                at += 1;
            }
            let end = digits_end(bytes, at);
            if end == at {
                return None;
            }
            exponent = saturated(bytes, at, end);
            if minus {
                exponent = -exponent;
            }
            at = end;
        }
        if at != bytes.len() {
            return None;
        }

        while tail.1 > tail.0 && bytes[tail.1 - 1] == b'0' {
            tail.1 -= 1;
        }
        let mut magnitude = (head.1 - head.0) as i64;
        if bytes[head.0] == b'0' {
            head.0 = head.1;
            magnitude = 0;
            while tail.0 < tail.1 && bytes[tail.0] == b'0' {
                tail.0 += 1;
                magnitude -= 1;
            }
        }
        if tail.0 == tail.1 {
            while head.1 > head.0 && bytes[head.1 - 1] == b'0' {
                head.1 -= 1;
            }
        }
        if head.0 == head.1 && tail.0 == tail.1 {
            return Some(Self {
                negative: false,
                head,
                tail,
                magnitude: 0,
            });
        }
        Some(Self {
            negative,
            head,
            tail,
            // Cannot overflow: a text's length is below 2^62 and so is the exponent.
            magnitude: magnitude + exponent,
        })
    }
}

/// The first place at or after `at` that holds no digit.
const fn digits_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        at += 1;
    }
    at
}

/// The digits `start..end` as a number, at most [`EXPONENT_LIMIT`].
const fn saturated(bytes: &[u8], start: usize, end: usize) -> i64 {
    let mut value: i64 = 0;
    let mut at = start;
    while at < end {
        if value > EXPONENT_LIMIT / 10 - 1 {
            return EXPONENT_LIMIT;
        }
        value = value * 10 + (bytes[at] - b'0') as i64;
        at += 1;
    }
    value
}
