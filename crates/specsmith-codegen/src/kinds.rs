//! Sets of the six types of JSON.

use specsmith_ir::Literal;

/// A set of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const NUMBER: Self = Self(4);
    pub(crate) const STRING: Self = Self(8);
    pub(crate) const LIST: Self = Self(16);
    pub(crate) const RECORD: Self = Self(32);
    pub(crate) const ALL: Self = Self(63);

    /// The types other than null, in the order in which unions list them.
    pub(crate) const VALUES: [Self; 5] = [
        Self::BOOLEAN,
        Self::NUMBER,
        Self::STRING,
        Self::LIST,
        Self::RECORD,
    ];

    pub(crate) fn of(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::NULL,
            Literal::Boolean(_) => Self::BOOLEAN,
            Literal::Number(_) => Self::NUMBER,
            Literal::String(_) => Self::STRING,
            Literal::List(_) => Self::LIST,
            Literal::Record(_) => Self::RECORD,
        }
    }

    pub(crate) fn set(&mut self, kind: Self, on: bool) {
        if on {
            self.0 |= kind.0;
        }
    }

    pub(crate) fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// What a union calls the branch of that one type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NULL => "Null",
            Self::BOOLEAN => "Boolean",
            Self::NUMBER => "Number",
            Self::STRING => "Text",
            Self::LIST => "List",
            Self::RECORD => "Object",
            _ => "Other",
        }
    }
}
