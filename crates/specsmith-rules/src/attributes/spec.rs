//! What a type knows of one attribute.

use specsmith_decimal::DecimalRef;

use crate::format::Format;

/// One attribute: its name, what its value is, and the rules of its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttributeSpec<'a> {
    /// The name as the list has it.
    pub name: &'a str,
    /// What it is, for people; empty where nothing is said.
    pub doc: &'a str,
    /// It must be there.
    pub required: bool,
    /// What the text of its value is.
    pub kind: AttributeKind,
    /// The text is at least so long, in code points.
    pub min_length: Option<u64>,
    /// The text is at most so long, in code points.
    pub max_length: Option<u64>,
    /// Some part of the text matches this ECMA-262 pattern.
    pub pattern: Option<&'a str>,
    /// The text has this format.
    pub format: Option<Format>,
    /// The text is one of these; none: any.
    pub one_of: &'a [&'a str],
    /// The number is at least this.
    pub minimum: Option<DecimalRef<'a>>,
    /// The number is at most this.
    pub maximum: Option<DecimalRef<'a>>,
}

/// What the text of a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AttributeKind {
    /// Any text.
    #[default]
    Text,
    /// A whole number: digits, perhaps behind a sign.
    Integer,
    /// A number that is not infinite.
    Number,
    /// `true` or `false`.
    Boolean,
}

/// What becomes of attributes that a type does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// They may be there and mean nothing.
    Ignored,
    /// They may not be there.
    Denied,
    /// They are kept.
    Kept,
}

impl AttributeSpec<'_> {
    /// Nothing said yet.
    pub const EMPTY: AttributeSpec<'static> = AttributeSpec {
        name: "",
        doc: "",
        required: false,
        kind: AttributeKind::Text,
        min_length: None,
        max_length: None,
        pattern: None,
        format: None,
        one_of: &[],
        minimum: None,
        maximum: None,
    };
}

impl AttributeKind {
    /// Each kind.
    pub const ALL: [Self; 4] = [Self::Text, Self::Integer, Self::Number, Self::Boolean];

    /// The kind in a word, as `specsmith.toml` has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind with its article, as messages say it.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
        }
    }
}

impl Unknown {
    /// The same, but that what a flattened struct keeps is kept.
    #[must_use]
    pub const fn beside(self, flattened: Self) -> Self {
        match flattened {
            Self::Kept => Self::Kept,
            Self::Ignored | Self::Denied => self,
        }
    }
}
