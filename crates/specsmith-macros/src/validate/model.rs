//! What is meant: for each field its place in the document and the rules of its value.

use proc_macro2::{Ident, Span};
use specsmith_decimal::Decimal;
use syn::Path;

pub(super) use crate::readers::Pattern;
use crate::shape::Layer;

/// The item as it is meant.
pub(super) struct Item<'a> {
    pub(super) body: Body<'a>,
    /// Functions that check the whole value.
    pub(super) with: Vec<Path>,
    /// Each pattern once; rules name them by index.
    pub(super) patterns: Vec<Pattern>,
    /// What the types of fields must implement, for generic items.
    pub(super) bounds: Vec<(Ident, Bound)>,
}

pub(super) enum Body<'a> {
    Struct(Vec<Field<'a>>),
    Enum(Vec<Variant<'a>>),
}

pub(super) struct Variant<'a> {
    pub(super) ident: &'a Ident,
    pub(super) fields: &'a syn::Fields,
    /// The property that the variant's content stands under, if it does.
    pub(super) place: Place,
    pub(super) contents: Vec<Field<'a>>,
}

/// A field that has rules.
pub(super) struct Field<'a> {
    pub(super) ident: Option<&'a Ident>,
    pub(super) index: usize,
    pub(super) place: Place,
    pub(super) value: Value,
}

/// Where a value stands below what holds it.
pub(super) enum Place {
    /// In its very place.
    Same,
    Property(String),
    Index(usize),
}

/// A value and its rules.
pub(super) struct Value {
    /// Wrappers to be taken off first, from the outside in.
    pub(super) layers: Vec<Layer>,
    pub(super) rules: Vec<Rule>,
}

/// A rule, with the place of its option.
pub(super) struct Rule {
    pub(super) span: Span,
    pub(super) kind: RuleKind,
}

pub(super) enum RuleKind {
    MinLength(u64),
    MaxLength(u64),
    /// By its index in [`Item::patterns`].
    Pattern(usize),
    /// The variant of `Format` in the runtime.
    Format(&'static str),
    /// The variant of `IntegerFormat` in the runtime.
    IntegerFormat(&'static str),
    Minimum(Decimal),
    ExclusiveMinimum(Decimal),
    Maximum(Decimal),
    ExclusiveMaximum(Decimal),
    MultipleOf(Decimal),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems {
        hashed: bool,
    },
    MinProperties(u64),
    MaxProperties(u64),
    OneOfTexts(Vec<String>),
    OneOfNumbers(Vec<Decimal>),
    Nested,
    Never,
    With(Path),
    Items(Value),
    Keys(Value),
    Values(Value),
}

/// What a type parameter must implement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Validate,
    Text,
    Numeric,
}
