//! What validation reports: violations, each with its place.

use core::fmt;
use core::ops::Range;

use crate::{Fault, Path, Subject};

/// One broken rule and where it was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The JSON pointer of the value; for a missing property, of the object that lacks it.
    pub pointer: String,
    /// What a message calls that value.
    pub subject: Subject,
    /// Which rule, with its parameters; never the value.
    pub fault: Fault,
    /// The bytes of the value in the text that it was read from, where there is one.
    pub span: Option<Range<usize>>,
}

impl Violation {
    /// A violation at the end of `path`, not yet tied to any text.
    pub fn new(path: &Path<'_>, fault: Fault) -> Self {
        Self {
            pointer: path.pointer(),
            subject: path.subject(),
            fault,
            span: None,
        }
    }

    /// The code, such as `schema/max-length`.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// One plain clause, without any value: "`phoneNumber` is 40 characters long, the limit is 32".
    pub fn message(&self) -> String {
        self.fault.clause(&self.subject.to_string())
    }

    /// What was probably meant, where there is a good guess.
    pub fn help(&self) -> Option<String> {
        self.fault.help()
    }
}

/// One line: "/items/3/phoneNumber: `phoneNumber` is 40 characters long, the limit is 32".
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message())
    }
}

impl core::error::Error for Violation {}

/// All that is wrong with a value, in the order in which its fields stand.
///
/// As the `Err` of [`Validate::validate`](crate::Validate::validate) it is never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    list: Vec<Violation>,
}

impl Violations {
    /// None yet; allocates nothing.
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// Records that the value at the end of `path` breaks a rule.
    #[cold]
    pub fn record(&mut self, path: &Path<'_>, fault: Fault) {
        self.list.push(Violation::new(path, fault));
    }

    /// Adds one that is already made.
    pub fn push(&mut self, violation: Violation) {
        self.list.push(violation);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, in order.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// All of them, in order, to be changed: a span added, for instance.
    pub fn iter_mut(&mut self) -> core::slice::IterMut<'_, Violation> {
        self.list.iter_mut()
    }

    /// Those that the schema knows, and not only the Rust type.
    #[cfg(feature = "json")]
    pub(crate) fn of_the_schema(self) -> impl Iterator<Item = Violation> {
        let list = self.list.into_iter();
        list.filter(|it| it.fault != Fault::NotRepresentable)
    }

    /// Whether all of them are about what the Rust type cannot hold.
    #[cfg(feature = "json")]
    pub(crate) fn are_of_the_type(&self) -> bool {
        let mut list = self.list.iter();
        list.all(|it| it.fault == Fault::NotRepresentable)
    }

    /// All of them as a list.
    pub fn into_vec(self) -> Vec<Violation> {
        self.list
    }

    /// `Ok` if there are none, else `Err` with all of them.
    pub fn into_result(self) -> Result<(), Self> {
        if self.list.is_empty() {
            Ok(())
        } else {
            Err(self)
        }
    }
}

/// One line for each.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Violations {}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self {
            list: vec![violation],
        }
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        self.list.extend(violations);
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self {
            list: violations.into_iter().collect(),
        }
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = core::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_is_one_line() {
        let root = Path::root();
        let items = root.property("items");
        let item = items.index(3);
        let mut violations = Violations::new();
        violations.record(
            &item.property("phoneNumber"),
            Fault::MaxLength {
                limit: 32,
                length: 40,
            },
        );
        violations.record(
            &item,
            Fault::Required {
                property: "externalCustomerId".into(),
            },
        );
        violations.record(&root, Fault::Not);
        insta::assert_snapshot!(violations, @r"
        /items/3/phoneNumber: `phoneNumber` is 40 characters long, the limit is 32
        /items/3: `externalCustomerId` is required
        the document fits what it must not fit
        ");
    }
}
