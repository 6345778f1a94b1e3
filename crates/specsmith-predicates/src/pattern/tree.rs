//! What an ECMA-262 pattern says, apart from how it is written.

/// A pattern or a part of one, in Unicode mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// One code point.
    Literal(char),
    /// One code point out of a set.
    Class(Class),
    /// `.`: any code point that ends no line, or any at all under the flag `s`.
    Dot,
    /// `^`.
    Start,
    /// `$`.
    End,
    /// `\b`, or `\B` where `negated`.
    WordBoundary {
        /// Whether it is `\B`.
        negated: bool,
    },
    /// One after the other; the empty pattern is an empty sequence.
    Sequence(Vec<Tree>),
    /// Any one of them; there are at least two.
    Alternatives(Vec<Tree>),
    /// `*`, `+`, `?` or `{…}`.
    Repeat {
        /// What is repeated.
        tree: Box<Tree>,
        /// At least so often.
        min: u32,
        /// At most so often, if there is a limit.
        max: Option<u32>,
        /// Whether as few as possible are tried first.
        lazy: bool,
    },
    /// A group in parentheses.
    Group {
        /// What kind of group.
        kind: Group,
        /// What it holds.
        tree: Box<Tree>,
    },
    /// `\1`, or `\k<name>` by its group's number. Groups count from 1.
    BackReference(u32),
}

/// Kinds of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// `(…)` or `(?<name>…)`, with its number, counted from 1.
    Capture(u32),
    /// `(?:…)`.
    Plain,
    /// `(?i:…)`, `(?-s:…)` and their kin.
    Flags {
        /// The flags that hold inside.
        on: Flags,
        /// The flags that do not.
        off: Flags,
    },
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
    Look {
        /// Whether it looks at what came before.
        behind: bool,
        /// Whether what it holds must not match.
        negated: bool,
    },
}

/// The flags that a pattern can set for a part of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `i`: letters match in either case.
    pub ignore_case: bool,
    /// `m`: `^` and `$` match at lines, too.
    pub multiline: bool,
    /// `s`: `.` matches what ends a line, too.
    pub dot_all: bool,
}

/// A set of code points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// Whether the set is all but what is listed.
    pub negated: bool,
    /// First and last of each range, sorted, apart from each other; may hold surrogates.
    pub ranges: Vec<(u32, u32)>,
    /// Unicode properties that are listed beside the ranges.
    pub properties: Vec<Property>,
}

/// `\p{…}` or, where `negated`, `\P{…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Whether it is `\P`.
    pub negated: bool,
    /// The words between the braces: a value, or name and value joined by `=`.
    pub words: Box<str>,
}

/// The greatest code point.
pub(super) const LAST: u32 = 0x10_FFFF;

/// `\d`.
pub(super) const DIGITS: &[(u32, u32)] = &[(0x30, 0x39)];

/// `\w`.
pub(super) const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];

/// `\s`: ECMA-262 counts the byte order mark and all of Unicode's spaces.
pub(super) const SPACE: &[(u32, u32)] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];

/// What ends a line.
pub(super) const LINE_ENDS: &[(u32, u32)] = &[(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)];

impl Class {
    /// The set of these ranges, in whatever order, overlapping or not.
    pub fn of(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                Some(_) | None => merged.push((first, last)),
            }
        }
        Self {
            negated: false,
            ranges: merged,
            properties: Vec::new(),
        }
    }

    /// The ranges of the set with negation carried out, in `char`s; `None` where properties, whose
    /// tables are the engine's, have a part in it.
    pub fn char_ranges(&self) -> Option<Vec<(char, char)>> {
        if !self.properties.is_empty() {
            return None;
        }
        let ranges = if self.negated {
            complement(&self.ranges)
        } else {
            self.ranges.clone()
        };
        let mut chars = Vec::with_capacity(ranges.len() + 1);
        for (first, last) in ranges {
            // Text has no surrogates, so what lies among them falls out.
            for (first, last) in [(first, last.min(0xD7FF)), (first.max(0xE000), last)] {
                if let (true, Some(first), Some(last)) =
                    (first <= last, char::from_u32(first), char::from_u32(last))
                {
                    chars.push((first, last));
                }
            }
        }
        Some(chars)
    }
}

/// All code points outside of sorted, separate ranges.
pub(super) fn complement(ranges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut rest = Vec::with_capacity(ranges.len() + 1);
    let mut next = 0;
    for (first, last) in ranges {
        if next < *first {
            rest.push((next, first - 1));
        }
        next = last + 1;
    }
    if next <= LAST {
        rest.push((next, LAST));
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_sorted_and_merged() {
        let class = Class::of(vec![(5, 6), (1, 2), (3, 3), (6, 9)]);
        assert_eq!(class.ranges, [(1, 3), (5, 9)]);
        assert_eq!(complement(&class.ranges), [(0, 0), (4, 4), (10, LAST)]);
        assert_eq!(complement(&[]), [(0, LAST)]);
        assert_eq!(complement(&[(0, LAST)]), []);
    }

    #[test]
    fn surrogates_fall_out() {
        let surrogates = Class::of(vec![(0xD800, 0xDFFF)]);
        assert_eq!(surrogates.char_ranges(), Some(vec![]));
        let all = Class {
            negated: true,
            ..surrogates
        };
        assert_eq!(
            all.char_ranges(),
            Some(vec![('\0', '\u{D7FF}'), ('\u{E000}', char::MAX)])
        );
    }
}
