//! The kinds of JSON values, and sets of the types that a schema names.

use core::fmt;

/// What a JSON value is, as RFC 8259 tells values apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// Any number, integers among them.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The kind with its article, as messages say it: "a number", "an object", "null".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        })
    }
}

/// A set of the seven types that the keyword `type` can name.
///
/// ```
/// use specsmith_rules::Types;
///
/// let text = Types::STRING.or(Types::NULL);
/// assert!(text.contains(Types::NULL));
/// assert_eq!(text.to_string(), "a string or null");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Types(u8);

impl Types {
    /// No type at all.
    pub const NONE: Self = Self(0);
    /// `boolean`.
    pub const BOOLEAN: Self = Self(1);
    /// `integer`.
    pub const INTEGER: Self = Self(1 << 1);
    /// `number`; says nothing about [`Types::INTEGER`], which is a member of its own.
    pub const NUMBER: Self = Self(1 << 2);
    /// `string`.
    pub const STRING: Self = Self(1 << 3);
    /// `array`.
    pub const ARRAY: Self = Self(1 << 4);
    /// `object`.
    pub const OBJECT: Self = Self(1 << 5);
    /// `null`.
    pub const NULL: Self = Self(1 << 6);

    /// Each single type with its words, in the order in which messages name them.
    const WORDS: [(Self, &'static str); 7] = [
        (Self::BOOLEAN, "a boolean"),
        (Self::INTEGER, "an integer"),
        (Self::NUMBER, "a number"),
        (Self::STRING, "a string"),
        (Self::ARRAY, "an array"),
        (Self::OBJECT, "an object"),
        (Self::NULL, "null"),
    ];

    /// The types of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every type of `other` is in this set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The types as a phrase: "a string", "an integer or null", "a string, an array or null".
impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.count_ones();
        if count == 0 {
            return f.write_str("nothing");
        }
        let mut written = 0;
        for (single, word) in Self::WORDS {
            if !self.contains(single) {
                continue;
            }
            if written > 0 {
                f.write_str(if written + 1 == count { " or " } else { ", " })?;
            }
            f.write_str(word)?;
            written += 1;
        }
        Ok(())
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Types({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_said_as_a_phrase() {
        assert_eq!(Types::NONE.to_string(), "nothing");
        assert_eq!(Types::STRING.to_string(), "a string");
        assert_eq!(
            Types::NULL.or(Types::ARRAY).or(Types::STRING).to_string(),
            "a string, an array or null"
        );
    }

    #[test]
    fn an_integer_is_not_said_to_be_any_number() {
        assert!(!Types::INTEGER.contains(Types::NUMBER));
        assert!(!Types::NUMBER.contains(Types::INTEGER));
        assert!(Types::INTEGER.or(Types::NUMBER).contains(Types::INTEGER));
    }
}
