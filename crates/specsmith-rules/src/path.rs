//! Where a value stands in its document.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

/// The way from the root to the value that is being validated.
///
/// A chain of borrowed steps on the stack: going down costs nothing, and text is made only when
/// something is recorded ([`Path::pointer`]).
///
/// ```
/// use specsmith_rules::Path;
///
/// let root = Path::root();
/// let items = root.property("items");
/// assert_eq!(items.index(3).property("a/b").pointer(), "/items/3/a~1b");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Property(&'static str),
    Key(&'a str),
    Index(usize),
}

impl Path<'static> {
    /// The document itself.
    pub const fn root() -> Self {
        Self {
            parent: None,
            step: Step::Root,
        }
    }
}

impl<'a> Path<'a> {
    /// The way to a property that the schema names.
    pub const fn property(&'a self, name: &'static str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Property(name),
        }
    }

    /// The way to the value of a map's key, which the payload names.
    pub const fn key(&'a self, key: &'a str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// The way to an item of an array.
    pub const fn index(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// The JSON pointer (RFC 6901): empty for the root, else `/items/3/name`.
    pub fn pointer(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{self}");
        text
    }

    /// What a message calls the value at the end of this path.
    pub fn subject(&self) -> Subject {
        match self.step {
            Step::Root => Subject::Document,
            Step::Property(name) => Subject::Property(Cow::Borrowed(name)),
            Step::Key(_) => Subject::Value,
            Step::Index(index) => Subject::Item(index),
        }
    }
}

/// Writes the JSON pointer.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The chain runs upwards: gather it on the heap, so that a deep one costs no stack.
        let mut steps = Vec::new();
        let mut next = Some(self);
        while let Some(path) = next {
            steps.push(path.step);
            next = path.parent;
        }
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Property(token) => write_token(f, token)?,
                Step::Key(token) => write_token(f, token)?,
                Step::Index(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}

fn write_token(f: &mut fmt::Formatter<'_>, token: &str) -> fmt::Result {
    f.write_char('/')?;
    for char in token.chars() {
        match char {
            '~' => f.write_str("~0")?,
            '/' => f.write_str("~1")?,
            char => f.write_char(char)?,
        }
    }
    Ok(())
}

/// What a message calls the value it speaks of. Only names that the schema knows are said; a
/// map's keys are the payload's own text, so their values are "the value".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The whole document.
    Document,
    /// The value of a property that the schema names.
    Property(Cow<'static, str>),
    /// An item of an array, by its index.
    Item(usize),
    /// A value without a name that may be said.
    Value,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("the document"),
            Self::Property(name) => write!(f, "`{name}`"),
            Self::Item(index) => write!(f, "item {index}"),
            Self::Value => f.write_str("the value"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_their_tokens() {
        let root = Path::root();
        assert_eq!(root.pointer(), "");
        let odd = root.property("~/");
        assert_eq!(odd.key("").index(0).pointer(), "/~0~1//0");
    }

    #[test]
    fn a_key_of_the_payload_is_not_said() {
        let root = Path::root();
        let map = root.property("phones");
        let path = map.key("555-0100");
        assert_eq!(path.subject().to_string(), "the value");
        assert_eq!(map.subject().to_string(), "`phones`");
        assert_eq!(map.index(2).subject().to_string(), "item 2");
        assert_eq!(root.subject().to_string(), "the document");
    }
}
