//! Why a text does not become a Rust value, and where.

use std::fmt;

use serde::de::{self, Unexpected};

use crate::{Fault, FaultKind, Kind, Span};

/// What is wrong, at which bytes, and under which JSON pointer.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    span: Option<Span>,
    pointer: String,
}

/// The ways in which a text does not fit a Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON, or exceeds a limit. The span is the fault's.
    Json(FaultKind),
    /// An object has this key twice, perhaps in a part that the type ignores. The span is the
    /// second key's.
    DuplicateKey {
        /// Where the key stood first, quotes included.
        first: Span,
    },
    /// A number that JSON allows and the Rust type cannot hold exactly. The span is the number's.
    NotRepresentable,
    /// A value of the wrong type. The span is the value's.
    Type {
        /// What the Rust type expects, in its own words.
        expected: String,
        /// The JSON type that it asked for, where it asked for one.
        wanted: Option<Wanted>,
        /// The kind of value that stands there. A number here where an integer was wanted has a
        /// fractional part.
        found: Kind,
    },
    /// A value of the right type that the Rust type refuses. The span is the value's.
    Value {
        /// What the Rust type expects, in its own words.
        expected: String,
    },
    /// An array or object of a length that the Rust type refuses. The span is the value's.
    Length {
        /// What the Rust type expects, in its own words.
        expected: String,
    },
    /// A property that must be there is not. The span is the object's opening brace.
    MissingField(&'static str),
    /// A property that the Rust type denies. The span is the key's.
    UnknownField {
        /// The properties that there are.
        expected: &'static [&'static str],
    },
    /// Two properties that are one field, by an alias. The span is the object's opening brace.
    DuplicateField(&'static str),
    /// A string that names none of an enum's variants. The span is the string's.
    UnknownVariant {
        /// The variants that there are.
        expected: &'static [&'static str],
    },
    /// What a hand-written `Deserialize` says. It may quote the value.
    Custom(String),
}

/// A JSON type that a Rust type asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wanted {
    /// `()` and unit structs.
    Null,
    /// `bool`
    Boolean,
    /// The integers of Rust.
    Integer,
    /// `f32` and `f64`.
    Number,
    /// `String`, `&str`, `char`, enums of plain names.
    String,
    /// `Vec` and tuples.
    Array,
    /// Structs and maps.
    Object,
}

impl ErrorKind {
    /// The code of the finding, where this crate has one ([`CODES`](crate::CODES)). The others
    /// break a rule of the schema, and it is for whoever knows the schema to say which.
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::Json(kind) => Some(kind.code()),
            Self::DuplicateKey { .. } => Some("json/duplicate-key"),
            Self::NotRepresentable => Some("model/not-representable"),
            Self::Type { .. }
            | Self::Value { .. }
            | Self::Length { .. }
            | Self::MissingField(_)
            | Self::UnknownField { .. }
            | Self::DuplicateField(_)
            | Self::UnknownVariant { .. }
            | Self::Custom(_) => None,
        }
    }
}

/// What the functions of this module give.
pub(super) type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where, in bytes from the beginning of the text. Empty at 0 where nothing is known: an
    /// error raised apart from any text.
    pub fn span(&self) -> Span {
        self.0.span.unwrap_or_default()
    }

    /// The JSON pointer of the value or property at the span.
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// Takes the error apart.
    pub fn into_parts(self) -> (ErrorKind, Span, String) {
        let span = self.span();
        (self.0.kind, span, self.0.pointer)
    }

    #[cold]
    pub(super) fn new(kind: ErrorKind, span: Option<Span>) -> Self {
        let pointer = String::new();
        Self(Box::new(Inner {
            kind,
            span,
            pointer,
        }))
    }

    #[cold]
    pub(super) fn at(kind: ErrorKind, span: Span) -> Self {
        Self::new(kind, Some(span))
    }

    pub(super) fn has_span(&self) -> bool {
        self.0.span.is_some()
    }

    pub(super) fn set_span(&mut self, span: Span) {
        self.0.span = Some(span);
    }

    pub(super) fn set_pointer(&mut self, pointer: String) {
        self.0.pointer = pointer;
    }

    /// Puts a step, escaped and with its `/`, before the pointer.
    pub(super) fn prepend(&mut self, step: &str) {
        self.0.pointer.insert_str(0, step);
    }

    /// Whether the error is about the properties of an object, and so stands at its brace.
    pub(super) fn is_about_properties(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::MissingField(_) | ErrorKind::DuplicateField(_)
        )
    }
}

impl From<Fault> for Error {
    #[cold]
    fn from(fault: Fault) -> Self {
        Self::at(ErrorKind::Json(fault.kind), fault.span)
    }
}

const NOT_REPRESENTABLE: &str = "the Rust type cannot hold this number exactly";

impl de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        // A type that tries several others hands on in words what kept them from the value.
        let kind = if message == NOT_REPRESENTABLE {
            ErrorKind::NotRepresentable
        } else {
            ErrorKind::Custom(message)
        };
        Self::new(kind, None)
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        let kind = match kind_of(found) {
            Some(found) => ErrorKind::Type {
                expected,
                wanted: None,
                found,
            },
            None => ErrorKind::Value { expected },
        };
        Self::new(kind, None)
    }

    #[cold]
    fn invalid_value(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        Self::new(ErrorKind::Value { expected }, None)
    }

    #[cold]
    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        Self::new(ErrorKind::Length { expected }, None)
    }

    #[cold]
    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(ErrorKind::UnknownVariant { expected }, None)
    }

    #[cold]
    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(ErrorKind::UnknownField { expected }, None)
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self::new(ErrorKind::MissingField(field), None)
    }

    #[cold]
    fn duplicate_field(field: &'static str) -> Self {
        Self::new(ErrorKind::DuplicateField(field), None)
    }
}

/// The kind of JSON value that serde's words stand for.
fn kind_of(found: Unexpected<'_>) -> Option<Kind> {
    match found {
        Unexpected::Bool(_) => Some(Kind::Boolean),
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
            Some(Kind::Number)
        }
        Unexpected::Char(_)
        | Unexpected::Str(_)
        | Unexpected::Bytes(_)
        | Unexpected::UnitVariant => Some(Kind::String),
        Unexpected::Unit | Unexpected::Option => Some(Kind::Null),
        Unexpected::Seq | Unexpected::TupleVariant => Some(Kind::Array),
        Unexpected::Map | Unexpected::StructVariant | Unexpected::NewtypeVariant => {
            Some(Kind::Object)
        }
        Unexpected::NewtypeStruct | Unexpected::Enum | Unexpected::Other(_) => None,
    }
}

impl fmt::Display for ErrorKind {
    /// One plain clause, which quotes nothing of the text save what a custom message quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(kind) => kind.fmt(f),
            Self::DuplicateKey { .. } => f.write_str("the object has this key already"),
            Self::NotRepresentable => f.write_str(NOT_REPRESENTABLE),
            Self::Type {
                wanted: Some(wanted),
                found,
                ..
            } => {
                write!(f, "the value is of type {found}, not {wanted}")
            }
            Self::Type {
                expected, found, ..
            } => {
                write!(f, "the value is of type {found}; expected {expected}")
            }
            Self::Value { expected } => write!(f, "this value is not {expected}"),
            Self::Length { expected } => write!(f, "the length does not fit {expected}"),
            Self::MissingField(name) => write!(f, "`{name}` is missing"),
            Self::UnknownField { .. } => f.write_str("there is no such property"),
            Self::DuplicateField(name) => write!(f, "`{name}` is given twice"),
            Self::UnknownVariant { expected } => {
                write!(f, "the value is not one of the {} allowed", expected.len())
            }
            Self::Custom(message) => f.write_str(message),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(f)?;
        match (self.0.span, self.pointer()) {
            (Some(span), "") => write!(f, " (byte {})", span.start),
            (Some(span), pointer) => write!(f, " (at {pointer}, byte {})", span.start),
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", self.kind())
            .field("span", &self.span())
            .field("pointer", &self.pointer())
            .finish()
    }
}

impl std::error::Error for Error {}
