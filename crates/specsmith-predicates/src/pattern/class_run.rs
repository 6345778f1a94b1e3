//! Patterns of one repeated class, such as `[a-z]+` or `^\d{3,5}$`: decided without an engine.

use super::Extent;
use super::tree::{Group, LINE_ENDS, Tree, complement};

/// A pattern that asks for a run of characters of one set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRun {
    /// Which ASCII characters are in the set: bit `n` speaks of the character `n`.
    pub ascii: u128,
    /// The rest of the set: first and last of each range, sorted, apart from each other.
    pub others: Box<[(char, char)]>,
    /// The run is at least so long, in code points.
    pub min: u32,
    /// The run is at most so long, if there is a limit.
    pub max: Option<u32>,
    /// Whether the run must begin where the text does (`^`).
    pub from_start: bool,
    /// Whether the run must end where the text does (`$`).
    pub to_end: bool,
}

impl ClassRun {
    /// The pattern as a run, if it is one.
    pub fn of(tree: &Tree) -> Option<Self> {
        let mut parts = match plain(tree) {
            Tree::Sequence(parts) => parts.as_slice(),
            single => core::slice::from_ref(single),
        };
        let from_start = matches!(parts.first(), Some(Tree::Start));
        if from_start {
            parts = parts.get(1..)?;
        }
        let to_end = matches!(parts.last(), Some(Tree::End));
        if to_end {
            parts = parts.get(..parts.len().checked_sub(1)?)?;
        }
        let [run] = parts else {
            return None;
        };
        let (set, min, max) = match plain(run) {
            // Which repetition is tried first does not change whether one fits.
            Tree::Repeat {
                tree,
                min,
                max,
                lazy: _,
            } => (plain(tree), *min, *max),
            single => (single, 1, Some(1)),
        };
        let ranges = char_ranges(set)?;
        let mut ascii = 0_u128;
        let mut others = Vec::new();
        for (first, last) in ranges {
            for point in u32::from(first)..=u32::from(last).min(0x7F) {
                ascii |= 1 << point;
            }
            if last > '\x7F' {
                others.push((first.max('\u{80}'), last));
            }
        }
        Some(Self {
            ascii,
            others: others.into(),
            min,
            max,
            from_start,
            to_end,
        })
    }

    /// Whether the set holds `char`.
    pub fn holds(&self, char: char) -> bool {
        match u8::try_from(char) {
            Ok(byte @ 0..=0x7F) => self.has_ascii(byte),
            Ok(_) | Err(_) => {
                let after = self.others.partition_point(|(first, _)| *first <= char);
                let range = after.checked_sub(1).and_then(|at| self.others.get(at));
                range.is_some_and(|(_, last)| char <= *last)
            }
        }
    }

    /// Whether a byte is an ASCII character of the set: by halves, which are words of a machine.
    #[inline]
    fn has_ascii(&self, byte: u8) -> bool {
        let halves = [self.ascii as u64, (self.ascii >> 64) as u64];
        let half = halves.get(usize::from(byte >> 6));
        half.is_some_and(|half| half >> (byte & 63) & 1 == 1)
    }

    /// Whether some part of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        match (self.from_start, self.to_end) {
            (true, true) => self.holds_whole(text),
            (true, false) => self.has_min(text.chars()),
            (false, true) => self.has_min(text.chars().rev()),
            (false, false) if self.min == 0 => true,
            (false, false) if self.min == 1 && self.others.is_empty() => {
                text.bytes().any(|byte| self.has_ascii(byte))
            }
            (false, false) => {
                let mut run = 0;
                text.chars().any(|char| {
                    run = if self.holds(char) { run + 1 } else { 0 };
                    run >= self.min
                })
            }
        }
    }

    /// How much of `text` a match can cover.
    pub fn extent(&self, text: &str) -> Extent {
        if self.holds_whole(text) {
            Extent::Whole
        } else if self.is_match(text) {
            Extent::Part
        } else {
            Extent::Nothing
        }
    }

    fn has_min(&self, chars: impl Iterator<Item = char>) -> bool {
        let wanted = self.min as usize;
        chars
            .take(wanted)
            .take_while(|char| self.holds(*char))
            .count()
            == wanted
    }

    fn holds_whole(&self, text: &str) -> bool {
        let fits = if self.others.is_empty() {
            text.bytes().all(|byte| self.has_ascii(byte))
        } else {
            text.chars().all(|char| self.holds(char))
        };
        fits && crate::length::within_min(text, self.min.into())
            && self
                .max
                .is_none_or(|max| crate::length::within_max(text, max.into()))
    }
}

/// The tree without groups that change nothing here.
fn plain(mut tree: &Tree) -> &Tree {
    while let Tree::Group {
        kind: Group::Capture(_) | Group::Plain,
        tree: inner,
    } = tree
    {
        tree = inner;
    }
    tree
}

fn char_ranges(tree: &Tree) -> Option<Vec<(char, char)>> {
    match tree {
        Tree::Literal(char) => Some(vec![(*char, *char)]),
        Tree::Class(class) => class.char_ranges(),
        Tree::Dot => super::tree::Class::of(complement(LINE_ENDS)).char_ranges(),
        Tree::Start
        | Tree::End
        | Tree::WordBoundary { .. }
        | Tree::Sequence(_)
        | Tree::Alternatives(_)
        | Tree::Repeat { .. }
        | Tree::Group { .. }
        | Tree::BackReference(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::syntax;

    fn run(pattern: &str) -> Option<ClassRun> {
        ClassRun::of(&syntax::parse(pattern).expect("a pattern"))
    }

    #[test]
    fn which_patterns_are_runs() {
        for pattern in [
            r"[a-zA-Z0-9\-\_]+",
            r"^[0-9]{3,5}$",
            "a",
            "^.*$",
            r"\S+",
            "^(?:[a-z]+)$",
            "^([a-z])*?$",
            "[^,]",
        ] {
            assert!(run(pattern).is_some(), "{pattern}");
        }
        for pattern in [
            "ab", "a|b", "^$", "", r"\p{L}+", "(?i:a)", "(?=a)", "a+b+", "(a+)+", "^^a",
        ] {
            assert!(run(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn extents() {
        let id = run(r"[a-z\_]+").expect("a run");
        assert_eq!(id.extent("a_b"), Extent::Whole);
        assert_eq!(id.extent("%%a%%"), Extent::Part);
        assert_eq!(id.extent("%%"), Extent::Nothing);
        assert_eq!(id.extent(""), Extent::Nothing);
        let year = run(r"^[0-9]{4}$").expect("a run");
        assert_eq!(year.extent("2024"), Extent::Whole);
        assert_eq!(year.extent("20245"), Extent::Nothing);
        let start = run(r"^é{2,3}").expect("a run");
        assert_eq!(start.extent("éé"), Extent::Whole);
        assert_eq!(start.extent("éééé"), Extent::Part);
        assert_eq!(start.extent("éaé"), Extent::Nothing);
        let end = run(r"[0-9]{2}$").expect("a run");
        assert_eq!(end.extent("a12"), Extent::Part);
        assert_eq!(end.extent("12a"), Extent::Nothing);
    }
}
