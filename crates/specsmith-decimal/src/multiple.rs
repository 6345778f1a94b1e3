//! Whether one number is an integer times another, without ever dividing.

use crate::DecimalRef;

/// Whether `number` is an integer times `step`.
///
/// Both are written as an integer times a power of ten, `A·10^a` and `B·10^b`, where neither
/// `A` nor `B` ends in a zero. So the question is whether `B` divides `A·10^(a−b)`: never if
/// `a < b`, since then `A` would have to end in a zero.
pub(crate) fn is_multiple(number: DecimalRef<'_>, step: DecimalRef<'_>) -> bool {
    if number.is_zero() || step.is_zero() {
        return number.is_zero();
    }
    let Ok(zeros) = u64::try_from(number.scale().saturating_sub(step.scale())) else {
        return false;
    };
    // Ten to the power of four times B's digits holds every factor 2 and 5 that B can have;
    // what is left of B has no factor in common with ten, so that further zeros change nothing.
    let zeros = zeros.min(4 * step.digit_count() as u64) as usize;
    let digits = number.digits().chain(std::iter::repeat_n(0, zeros));
    if step.digit_count() <= 18 {
        let step = step
            .digits()
            .fold(0, |value, digit| value * 10 + u64::from(digit));
        small_remainder(digits, number.digit_count() + zeros, step) == 0
    } else {
        divides(step, digits)
    }
}

/// The remainder of the number spelt by `count` digits, divided by `step` (not zero, below 10^18).
fn small_remainder(mut digits: impl Iterator<Item = u8>, count: usize, step: u64) -> u64 {
    let mut remainder = 0u64;
    let mut left = count;
    while left > 0 {
        let taken = left.min(18);
        let mut chunk = 0u64;
        for digit in digits.by_ref().take(taken) {
            chunk = chunk * 10 + u64::from(digit);
        }
        left -= taken;
        remainder = if remainder == 0 {
            chunk % step
        } else {
            let weight = 10u128.pow(taken as u32);
            ((u128::from(remainder) * weight + u128::from(chunk)) % u128::from(step)) as u64
        };
    }
    remainder
}

/// Ten times a limb, and a carry, still fits in 64 bits.
const BASE: u64 = 1_000_000_000_000_000_000;

/// Whether `step` divides the number spelt by `digits`: schoolbook long division, one digit at a
/// time, keeping only the remainder. Steps this long are found in test suites, not in life.
fn divides(step: DecimalRef<'_>, digits: impl Iterator<Item = u8>) -> bool {
    let limbs = step.digit_count() / 18 + 1;
    let mut divisor = vec![0; limbs];
    for digit in step.digits() {
        push_digit(&mut divisor, digit);
    }
    // One limb more, for ten times a remainder.
    divisor.push(0);
    let mut remainder = vec![0; limbs + 1];
    for digit in digits {
        push_digit(&mut remainder, digit);
        while remainder.iter().rev().ge(divisor.iter().rev()) {
            subtract(&mut remainder, &divisor);
        }
    }
    remainder.iter().all(|limb| *limb == 0)
}

/// `number = number · 10 + digit`; limbs stand least significant first.
fn push_digit(number: &mut [u64], digit: u8) {
    let mut carry = u64::from(digit);
    for limb in number {
        let value = *limb * 10 + carry;
        *limb = value % BASE;
        carry = value / BASE;
    }
}

/// `number = number − other`, where `other` is not the larger.
fn subtract(number: &mut [u64], other: &[u64]) {
    let mut borrow = 0;
    for (limb, other) in number.iter_mut().zip(other) {
        let less = *other + borrow;
        borrow = u64::from(*limb < less);
        *limb = *limb + borrow * BASE - less;
    }
}
