//! Types that the value of an attribute can have.

use core::fmt::Display;
use core::str::FromStr;

/// A type that is written as one text and read from it.
///
/// Every type with `Display` and `FromStr` is one. Derive it for enums of unit variants:
/// `#[derive(AttributeValue)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an attribute",
    label = "no `AttributeValue`",
    note = "types with `Display` and `FromStr` are values; for an enum of unit variants, derive `AttributeValue`",
    note = "for any other type, name a module with `to_text` and `from_text`: `#[attribute(with = …)]`"
)]
pub trait AttributeValue: Sized {
    /// The texts that there are, where they can be listed; else none.
    const ONE_OF: &'static [&'static str] = &[];

    /// The value as text.
    fn to_text(&self) -> String;

    /// The value that a text says, if it says one.
    fn from_text(text: &str) -> Option<Self>;
}

// So that the compiler speaks of this trait, and once, and not of the two behind it.
#[diagnostic::do_not_recommend]
impl<T: Display + FromStr> AttributeValue for T {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}
