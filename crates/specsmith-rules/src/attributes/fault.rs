//! What can be wrong with one custom attribute.

use core::fmt;
use std::borrow::Cow;

use crate::Fault;

/// What is wrong with a custom attribute, by what its type knows of it. It never holds the value,
/// nor a name that the type does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeFault {
    /// No attribute of that name is known.
    Unknown {
        /// The known name that was probably meant.
        near: Option<Cow<'static, str>>,
    },
    /// An attribute that must be there is not.
    Missing {
        /// Its name.
        name: Cow<'static, str>,
    },
    /// The name stands in the list already.
    Duplicate {
        /// Where it stands first; `None` for the name of a field that is left out.
        first: Option<usize>,
    },
    /// The attribute has no name or no value.
    Incomplete {
        /// What the schema calls the part that is not there.
        lacks: &'static str,
    },
    /// The value is not what its type is read from.
    Unparsable {
        /// What it should be, with its article: "a whole number".
        expected: Cow<'static, str>,
    },
    /// The value breaks a rule of its own.
    Value(Fault),
}

/// Every code that an [`AttributeFault`] can have, with one line that says what it means; sorted.
pub const CODES: &[(&str, &str)] = &[
    (
        "attribute/duplicate",
        "two custom attributes of one list have the same name",
    ),
    (
        "attribute/incomplete",
        "a custom attribute has no name or no value",
    ),
    (
        "attribute/missing",
        "a custom attribute that must be there is not",
    ),
    (
        "attribute/unknown",
        "a custom attribute has a name that its type does not know",
    ),
    (
        "attribute/unparsable",
        "a custom attribute's value is not of the kind that its type is read from",
    ),
    (
        "attribute/value",
        "a custom attribute's value breaks a rule of its own",
    ),
];

impl AttributeFault {
    /// The code, such as `attribute/missing`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "attribute/unknown",
            Self::Missing { .. } => "attribute/missing",
            Self::Duplicate { .. } => "attribute/duplicate",
            Self::Incomplete { .. } => "attribute/incomplete",
            Self::Unparsable { .. } => "attribute/unparsable",
            Self::Value(_) => "attribute/value",
        }
    }

    /// What to do about it, where there is a good guess.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Unknown { near } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::Value(fault) => fault.help(),
            Self::Missing { .. }
            | Self::Duplicate { .. }
            | Self::Incomplete { .. }
            | Self::Unparsable { .. } => None,
        }
    }

    /// Whether the clause already begins with what it speaks of.
    pub(crate) fn names_its_subject(&self) -> bool {
        match self {
            Self::Unknown { .. }
            | Self::Missing { .. }
            | Self::Duplicate { .. }
            | Self::Incomplete { .. } => true,
            Self::Unparsable { .. } | Self::Value(_) => false,
        }
    }
}

impl From<AttributeFault> for Fault {
    fn from(fault: AttributeFault) -> Self {
        Self::Attribute(Box::new(fault))
    }
}

/// The clause, without its subject where it names none itself.
impl fmt::Display for AttributeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { .. } => f.write_str("no attribute of this name is known"),
            Self::Missing { name } => write!(f, "the attribute `{name}` is required"),
            Self::Duplicate { first: Some(first) } => {
                write!(f, "the attribute has the same name as number {first}")
            }
            Self::Duplicate { first: None } => f.write_str("the attribute has the name of a field"),
            Self::Incomplete { lacks } => write!(f, "the attribute has no `{lacks}`"),
            Self::Unparsable { expected } => write!(f, "is not {expected}"),
            Self::Value(fault) => fault.fmt(f),
        }
    }
}
