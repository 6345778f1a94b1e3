//! Custom attributes: the names and values of a team's own choosing that a schema has a list for.
//!
//! [`CustomAttributes`] is what `#[derive(CustomAttributes)]` implements. The derive stands in a
//! crate that is generated from the specification, with the limits that the specification sets;
//! what is here knows no specification. Values are texts: a type is written by its `Display`, read
//! by its `FromStr`, and judged by its [`AttributeSpec`], which [`toml`] hands on to
//! `specsmith validate`.

mod assertions;
mod fault;
mod judge;
mod limits;
mod reader;
mod spec;
mod toml;
mod value;
mod writer;

pub use fault::{AttributeFault, CODES};
pub use spec::{AttributeKind, AttributeSpec, Unknown};
pub use toml::toml;
pub use value::AttributeValue;

use crate::Violations;

/// What the derive's output names.
#[doc(hidden)]
pub mod __private {
    pub use super::assertions::{
        Message, first_shadowed, first_shared, joined, lists, too_many, two_rests,
    };
    pub use super::limits::{Limits, NO_LIMITS, TextLimits};
    pub use super::reader::Reader;
    pub use super::spec::{AttributeKind, AttributeSpec, Unknown};
    pub use super::writer::Writer;
    pub use super::{AttributeValue, CustomAttributes};
}

/// A struct that is a list of custom attributes, each field one of them.
///
/// Derive it; the derive that knows the limits of a specification is re-exported by the crates
/// generated from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of custom attributes: it does not implement `CustomAttributes`",
    label = "no `CustomAttributes`",
    note = "derive it: `#[derive(CustomAttributes)]`"
)]
pub trait CustomAttributes: Sized {
    /// The pair of a name and a value, as the specification's models have it.
    type Attribute: AttributePair;

    /// The attributes that the type knows, those of flattened structs among them.
    const SPEC: &'static [AttributeSpec<'static>];

    /// What becomes of attributes that the type does not know.
    const UNKNOWN: Unknown;

    /// The attributes of the value, in the order of the fields. What is `None` is left out.
    ///
    /// # Errors
    /// Every value that breaks a rule of its own or of the specification, each at its place, such
    /// as `/attributes/3/value`.
    fn to_attributes(&self) -> Result<Vec<Self::Attribute>, Violations> {
        let mut writer = writer::Writer::new(Self::__limits(), Self::SPEC);
        self.__write(&mut writer);
        writer.finish()
    }

    /// The value that a list of attributes says, in whatever order they stand.
    ///
    /// # Errors
    /// Everything that is wrong with the list, each at its place: what is missing, not known,
    /// there twice, not to be read, or against a rule.
    fn from_attributes(attributes: &[Self::Attribute]) -> Result<Self, Violations> {
        let mut reader = reader::Reader::new(attributes, Self::__limits(), Self::SPEC);
        let value = Self::__read(&mut reader);
        reader.finish(value, Self::UNKNOWN)
    }

    /// Whether a list of attributes says a value.
    ///
    /// # Errors
    /// The same as of [`CustomAttributes::from_attributes`].
    fn validate_attributes(attributes: &[Self::Attribute]) -> Result<(), Violations> {
        Self::from_attributes(attributes).map(drop)
    }

    /// What the specification asks of the list and of each pair in it.
    #[doc(hidden)]
    fn __limits() -> &'static limits::Limits;

    #[doc(hidden)]
    fn __write(&self, writer: &mut writer::Writer);

    /// `None` where something was recorded.
    #[doc(hidden)]
    fn __read(reader: &mut reader::Reader<'_>) -> Option<Self>;
}

/// A pair of a name and a value, either of which may be absent where the schema lets it.
///
/// Generated models implement it for their attributes.
pub trait AttributePair {
    /// The pair of these two.
    fn pair(name: String, value: String) -> Self;

    /// The name, if there is one.
    fn name(&self) -> Option<&str>;

    /// The value, if there is one.
    fn value(&self) -> Option<&str>;
}
