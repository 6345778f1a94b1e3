//! Strings, numbers and the three words.

use specsmith_decimal::DecimalRef;
use specsmith_rules::length;
use specsmith_rules::pattern::{Extent, Match};

use super::{End, Scan, Stop};
use crate::kernels::class::{ByteSet, Search};
use crate::kernels::format::{is_date_time, is_email};
use crate::kernels::text::decode;
use crate::marked::Marked;
use crate::plan::{Kinds, Literals, Node, NumberRule, StringRule};
use crate::quick::{Check, Quick};
use crate::simd::Vector;

/// Every integer of so many bytes fits into 64 bits.
const SHORT: usize = 18;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Passes a value that fits for certain, all marks of it as well; nothing, and no step taken,
    /// where only its node can tell. `mark` is the next mark.
    #[inline(always)]
    pub(super) fn quick(&self, quick: &Quick, at: usize, mark: &mut usize) -> Option<usize> {
        let text = self.text;
        match text.byte(at) {
            b'"' => {
                if quick.check == Check::Node {
                    return None;
                }
                let close = text.mark(*mark + 1);
                let length = close.wrapping_sub(at + 1);
                if text.byte(close) != b'"' || close >= text.end() {
                    return None;
                }
                let fits = self.text_fits(quick, at + 1, length);
                if !fits {
                    return None;
                }
                *mark += 2;
                Some(close + 1)
            }
            b'n' if quick.null => (text.window(at) == b"null").then_some(at + 4),
            b'1'..=b'9' if quick.integers => {
                let end = self.digits(at + 1);
                // What is not written out in digits is not certainly an integer.
                (!matches!(self.byte(end), b'.' | b'e' | b'E')).then_some(end)
            }
            _ => None,
        }
    }

    /// Whether a text of `length` bytes, which a window begins with, surely fits by its length and set
    /// alone.
    #[inline(always)]
    pub(super) fn surely_fits(&self, quick: &Quick, window: &[u8; 32], length: usize) -> bool {
        let outside = !self.vector.in_set(window, &quick.set) & quick.asked;
        quick.surely_takes(length) && self.vector.low_bits(outside, length) == 0
    }

    /// Whether the text of `length` bytes at `start` fits for certain.
    #[inline(always)]
    pub(super) fn text_fits(&self, quick: &Quick, start: usize, length: usize) -> bool {
        let window = self.text.window(start);
        match quick.check {
            Check::Node => false,
            Check::Length => quick.takes(length),
            Check::Bytes => quick.takes(length) && self.bytes_fit(quick, start, length),
            Check::Words => {
                let literals = self.program.literals.get(quick.words as usize);
                literals.is_some_and(|it| it.strings.has_short(self.vector, window, length))
            }
            Check::Email => quick.takes(length) && is_email(self.vector, window, length),
            Check::DateTime => quick.takes(length) && is_date_time(self.vector, window, length),
        }
    }

    /// Whether the bytes that are asked about are in the set.
    #[inline(always)]
    pub(super) fn bytes_fit(&self, quick: &Quick, start: usize, length: usize) -> bool {
        let inside = match length {
            0..32 => (1u32 << length) - 1,
            _ => u32::MAX,
        };
        let outside = !self.vector.in_set(self.text.window(start), &quick.set);
        outside & quick.asked & inside == 0
            && (length <= 32
                || quick.asked != u32::MAX
                || self.long_text_fits(quick, start, length))
    }

    #[inline(never)]
    fn long_text_fits(&self, quick: &Quick, start: usize, length: usize) -> bool {
        self.throughout(&quick.set, start, length)
    }

    /// Judges the string whose text is `text[start..close]`.
    #[inline(always)]
    pub(super) fn string(
        &mut self,
        rule: &'a StringRule,
        start: usize,
        close: usize,
    ) -> Result<(), Stop> {
        let length = close - start;
        if length <= rule.few_bytes
            && length >= rule.enough_bytes
            && rule.format.is_none()
            && self.finds(rule.search, start, length)
        {
            Ok(())
        } else {
            self.string_decoded(rule, start, close)
        }
    }

    /// Whether a search certainly finds what it looks for.
    #[inline(always)]
    fn finds(&self, search: Search, start: usize, length: usize) -> bool {
        match search {
            Search::Nothing => true,
            Search::Somewhere(set) => {
                if self.program.options.watch.partial_patterns {
                    return length > 0 && self.throughout(&set, start, length);
                }
                length > 0 && set.has(self.byte(start))
            }
            Search::Throughout { set, min, max } => {
                length >= min && length <= max && self.throughout(&set, start, length)
            }
            Search::Engine => false,
        }
    }

    /// Whether every byte is in a set.
    #[inline(always)]
    pub(super) fn throughout(&self, set: &ByteSet, mut start: usize, mut length: usize) -> bool {
        loop {
            let others = !self.vector.in_set(self.text.window(start), set);
            if length <= 32 {
                return u64::from(others) & ((1u64 << length) - 1) == 0;
            }
            if others != 0 {
                return false;
            }
            start += 32;
            length -= 32;
        }
    }

    /// The same, by the rules' own definition.
    #[inline(never)]
    fn string_decoded(
        &mut self,
        rule: &'a StringRule,
        start: usize,
        close: usize,
    ) -> Result<(), Stop> {
        let mut room = std::mem::take(self.room);
        let raw = self.text.between(start, close);
        let verdict = match decode(raw, &mut room) {
            Some(text) => self.decoded(rule, text),
            None => Err(Stop::Unsure),
        };
        *self.room = room;
        verdict
    }

    fn decoded(&self, rule: &StringRule, text: &str) -> Result<(), Stop> {
        let long_enough = rule.min.is_none_or(|min| length::within_min(text, min));
        let short_enough = rule.max.is_none_or(|max| length::within_max(text, max));
        if !long_enough || !short_enough {
            return Err(Stop::Invalid);
        }
        if let Some(pattern) = &rule.pattern {
            match pattern.search(text) {
                Match::Found => {}
                Match::Missing => return Err(Stop::Invalid),
                Match::Undecided => return Err(Stop::Unsure),
            }
            if self.program.options.watch.partial_patterns
                && pattern.engine().and_then(|it| it.extent(text)) == Some(Extent::Part)
            {
                return Err(Stop::Unsure);
            }
        }
        match &rule.format {
            Some(format) if !format.format.check(text) => Err(Stop::Invalid),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether the string is among the literals.
    #[inline(always)]
    pub(super) fn listed_string(
        &mut self,
        literals: &'a Literals,
        start: usize,
        close: usize,
    ) -> Result<(), Stop> {
        let raw = self.text.between(start, close);
        // A listed word with a backslash in it is written differently.
        if literals.strings.contains(raw) && !raw.contains(&b'\\') {
            return Ok(());
        }
        self.listed_decoded(literals, start, close)
    }

    #[cold]
    fn listed_decoded(
        &mut self,
        literals: &'a Literals,
        start: usize,
        close: usize,
    ) -> Result<(), Stop> {
        let mut room = std::mem::take(self.room);
        let raw = self.text.between(start, close);
        let verdict = match decode(raw, &mut room) {
            Some(text) if literals.strings.contains(text.as_bytes()) => Ok(()),
            Some(_) => Err(Stop::Invalid),
            None => Err(Stop::Unsure),
        };
        *self.room = room;
        verdict
    }

    /// Passes one of the four-letter ends of `null`, `true` and `false`.
    #[inline(always)]
    pub(super) fn word(&self, at: usize, word: &[u8; 4]) -> End {
        if self.text.window(at) == word {
            Ok(at + 4)
        } else {
            Err(Stop::Invalid)
        }
    }

    #[inline(always)]
    pub(super) fn boolean(&self, node: &Node, value: bool) -> Result<(), Stop> {
        self.kind(node, Kinds::BOOLEAN)?;
        match self.program.literals.get(node.literals as usize) {
            Some(literals) if !(if value { literals.yes } else { literals.no }) => {
                Err(Stop::Invalid)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Passes a number.
    #[inline(always)]
    pub(super) fn number_end(&self, start: usize) -> End {
        let mut at = start + usize::from(self.byte(start) == b'-');
        match self.byte(at) {
            b'0' => at += 1,
            b'1'..=b'9' => at = self.digits(at + 1),
            _ => return Err(Stop::Invalid),
        }
        if matches!(self.byte(at), b'.' | b'e' | b'E') {
            return self.fraction_end(at);
        }
        Ok(at)
    }

    fn fraction_end(&self, mut at: usize) -> End {
        if self.byte(at) == b'.' {
            at = self.some_digits(at + 1)?;
        }
        if matches!(self.byte(at), b'e' | b'E') {
            at += 1;
            at += usize::from(matches!(self.byte(at), b'+' | b'-'));
            at = self.some_digits(at)?;
        }
        Ok(at)
    }

    #[inline(always)]
    fn digits(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() && at < self.text.end() {
            at += 1;
        }
        at
    }

    fn some_digits(&self, at: usize) -> End {
        if self.byte(at).is_ascii_digit() {
            Ok(self.digits(at + 1))
        } else {
            Err(Stop::Invalid)
        }
    }

    #[inline(always)]
    pub(super) fn number(&self, node: &Node, start: usize, end: usize) -> Result<(), Stop> {
        let rule = self.program.numbers.get(node.number as usize);
        let literals = self.program.literals.get(node.literals as usize);
        match (rule, literals) {
            (None, None) => Ok(()),
            (Some(rule), None) if self.is_certain(rule, start, end) => Ok(()),
            (rule, literals) => self.number_exactly(rule, literals, start, end),
        }
    }

    /// Whether this is a short integer that no bound of the rule refuses.
    #[inline(always)]
    fn is_certain(&self, rule: &NumberRule, start: usize, end: usize) -> bool {
        let text = self.text.between(start, end);
        if text.len() > SHORT {
            return false;
        }
        let (negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let mut value = 0i64;
        for digit in digits {
            let digit = digit.wrapping_sub(b'0');
            if digit > 9 {
                return false;
            }
            value = value * 10 + i64::from(digit);
        }
        rule.certain
            .contains(&if negative { -value } else { value })
    }

    #[inline(never)]
    fn number_exactly(
        &self,
        rule: Option<&NumberRule>,
        literals: Option<&Literals>,
        start: usize,
        end: usize,
    ) -> Result<(), Stop> {
        let text = self.text.between(start, end);
        let text = std::str::from_utf8(text).ok();
        let Some(number) = text.and_then(DecimalRef::parse) else {
            return Err(Stop::Unsure);
        };
        let listed = literals.is_none_or(|it| it.numbers.iter().any(|it| number == *it));
        if listed && rule.is_none_or(|rule| within(rule, number)) {
            Ok(())
        } else {
            Err(Stop::Invalid)
        }
    }
}

fn within(rule: &NumberRule, number: DecimalRef<'_>) -> bool {
    (!rule.integers || number.is_integer())
        && rule.minimum.as_ref().is_none_or(|it| number >= *it)
        && rule
            .exclusive_minimum
            .as_ref()
            .is_none_or(|it| number > *it)
        && rule.maximum.as_ref().is_none_or(|it| number <= *it)
        && rule
            .exclusive_maximum
            .as_ref()
            .is_none_or(|it| number < *it)
        && rule
            .multiple_of
            .as_ref()
            .is_none_or(|it| number.is_multiple_of(it.view()))
        && rule
            .format
            .as_ref()
            .is_none_or(|(_, least, most)| number >= *least && number <= *most)
}
