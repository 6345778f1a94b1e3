//! What keeps a text from being a pattern.

use core::fmt;

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The byte of the pattern at which the mistake stands.
    pub offset: usize,
    /// The mistake.
    pub kind: SyntaxErrorKind,
}

/// The mistakes that a pattern can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// `(` without `)`.
    UnclosedGroup,
    /// `)` without `(`.
    UnopenedGroup,
    /// `(?` and then nothing that ECMA-262 knows.
    UnknownGroup,
    /// `[` without `]`.
    UnclosedClass,
    /// `[z-a]`.
    RangeOutOfOrder,
    /// `[\d-z]`.
    RangeOfClasses,
    /// `]`, `{` or `}` where it means nothing.
    LoneBracket,
    /// `*`, `+`, `?` or `{…}` after nothing that can be repeated.
    NothingToRepeat,
    /// `{3,2}`.
    RepetitionOutOfOrder,
    /// A backslash at the end.
    LoneBackslash,
    /// An escape that ECMA-262 does not have, such as `\h`.
    UnknownEscape,
    /// `\x`, `\u` or `\c` without what must follow.
    IncompleteEscape,
    /// `\p` without a property in braces.
    IncompleteProperty,
    /// A group's name that is no identifier.
    BadGroupName,
    /// Two groups of one name.
    RepeatedGroupName,
    /// A reference to a group that is not there.
    NoSuchGroup,
    /// Groups nested more than [`DEEPEST`](super::DEEPEST) deep.
    TooDeep,
}

impl fmt::Display for SyntaxErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnclosedGroup => "the group is not closed",
            Self::UnopenedGroup => "`)` closes no group",
            Self::UnknownGroup => "ECMA-262 has no group that begins like this",
            Self::UnclosedClass => "the class is not closed by `]`",
            Self::RangeOutOfOrder => "the range in the class ends before it starts",
            Self::RangeOfClasses => "a class such as `\\d` cannot be the end of a range",
            Self::LoneBracket => "this bracket opens or closes nothing",
            Self::NothingToRepeat => "there is nothing here to repeat",
            Self::RepetitionOutOfOrder => "the repetition's limits are in the wrong order",
            Self::LoneBackslash => "nothing follows the backslash",
            Self::UnknownEscape => "ECMA-262 has no such escape",
            Self::IncompleteEscape => "the escape is incomplete",
            Self::IncompleteProperty => "a property is written as `\\p{Name}`",
            Self::BadGroupName => "the group's name is not an identifier",
            Self::RepeatedGroupName => "another group has this name",
            Self::NoSuchGroup => "no group has this number or name",
            Self::TooDeep => "the groups are nested too deeply",
        })
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl core::error::Error for SyntaxError {}
