//! What is meant: for each field its attribute, with the rules of its value.

use proc_macro2::{Ident, Span};
use specsmith_decimal::Decimal;
use specsmith_predicates::format::Format;
use syn::{Path, Type};

use super::limits::{Entity, List};
use crate::readers::Pattern;

/// The struct as it is meant.
pub(super) struct Item<'a> {
    pub(super) fields: Vec<Field<'a>>,
    pub(super) list: &'static List,
    /// The property that holds the list.
    pub(super) property: &'static str,
    /// What the attributes belong to, and how it was called.
    pub(super) entity: Option<(String, &'static Entity)>,
    pub(super) deny_unknown: bool,
}

pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    pub(super) role: Role<'a>,
}

/// What a field is for.
pub(super) enum Role<'a> {
    /// One attribute.
    Value(Box<Value<'a>>),
    /// All attributes of another struct.
    Flatten,
    /// The attributes that nothing else knows.
    Rest,
}

/// The attribute of a field.
pub(super) struct Value<'a> {
    pub(super) name: String,
    pub(super) doc: String,
    /// The type of the value, without `Option`.
    pub(super) ty: &'a Type,
    pub(super) presence: Presence,
    pub(super) skip_if: Option<Path>,
    /// The module with `to_text` and `from_text`.
    pub(super) with: Option<Path>,
    pub(super) kind: Kind,
    pub(super) rules: Rules,
}

/// Whether the attribute must be there.
pub(super) enum Presence {
    Required,
    /// The field is an `Option`.
    Optional,
    Default(DefaultValue),
}

/// The value of an attribute that is not there.
pub(super) enum DefaultValue {
    /// That of the type.
    OfType,
    /// What a function gives.
    Function(Path),
    /// What a text is read as.
    Text(String, Span),
}

/// What the text of a value is, as far as the type's name tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// With the least and greatest value.
    Integer(i128, u128),
    Number,
    Boolean,
    /// A type that is not known by name.
    Other,
}

/// The rules of a value, each with the place of its option.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) min_length: Option<(u64, Span)>,
    pub(super) max_length: Option<(u64, Span)>,
    pub(super) pattern: Option<Pattern>,
    pub(super) format: Option<Format>,
    pub(super) one_of: Vec<(String, Span)>,
    pub(super) minimum: Option<Decimal>,
    pub(super) maximum: Option<Decimal>,
}
