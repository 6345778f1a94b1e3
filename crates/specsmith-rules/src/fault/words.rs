//! What is said of a fault: the clause, and what to do about it.

use core::fmt::{self, Write as _};

use super::Fault;
use crate::{Kind, Types};

impl Fault {
    /// What to do about it, where there is a good guess: "did you mean `IOS`?".
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Enum {
                near: Some(near), ..
            }
            | Self::AdditionalProperties { near: Some(near) }
            | Self::UnevaluatedProperties { near: Some(near) } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::Attribute(fault) => fault.help(),
            Self::Type { expected, found } => other_type(*expected, *found).map(str::to_owned),
            Self::Enum { near: None, .. }
            | Self::AdditionalProperties { near: None }
            | Self::UnevaluatedProperties { near: None }
            | Self::Const
            | Self::Minimum { .. }
            | Self::ExclusiveMinimum { .. }
            | Self::Maximum { .. }
            | Self::ExclusiveMaximum { .. }
            | Self::MultipleOf { .. }
            | Self::MinLength { .. }
            | Self::MaxLength { .. }
            | Self::Pattern { .. }
            | Self::PatternSteps { .. }
            | Self::Format { .. }
            | Self::MinItems { .. }
            | Self::MaxItems { .. }
            | Self::UniqueItems { .. }
            | Self::Contains
            | Self::MinContains { .. }
            | Self::MaxContains { .. }
            | Self::Required { .. }
            | Self::MinProperties { .. }
            | Self::MaxProperties { .. }
            | Self::PropertyNames
            | Self::DependentRequired { .. }
            | Self::DependentSchemas { .. }
            | Self::AnyOf { .. }
            | Self::OneOf { .. }
            | Self::Not
            | Self::FalseSchema
            | Self::UnevaluatedItems
            | Self::NotRepresentable => None,
        }
    }
}

/// The clause without its subject: "is 40 characters long, the limit is 32".
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { expected, found } if expected.is_empty() => {
                write!(f, "is {}, which is not allowed here", found.noun())
            }
            Self::Type { expected, found } => {
                // A number that is no integer would else read "is a number, not an integer".
                let found = match found {
                    Kind::Number if expected.contains(Types::INTEGER) => "a number with a fraction",
                    Kind::Null
                    | Kind::Boolean
                    | Kind::Number
                    | Kind::String
                    | Kind::Array
                    | Kind::Object => found.noun(),
                };
                write!(f, "is {found}, not {expected}")
            }
            Self::Enum { allowed, null, .. } => match (allowed, null) {
                (0, false) => f.write_str("is not one of the allowed values"),
                (0, true) | (1, false) => f.write_str("is not the one allowed value"),
                (1, true) => f.write_str("is neither the one allowed value nor null"),
                (_, false) => write!(f, "is not one of the {allowed} allowed values"),
                (_, true) => write!(f, "is neither one of the {allowed} allowed values nor null"),
            },
            Self::Const => f.write_str("is not the one allowed value"),
            Self::Minimum { limit } => write!(f, "is below the minimum of {limit}"),
            Self::ExclusiveMinimum { limit } => write!(f, "is not above {limit}"),
            Self::Maximum { limit } => write!(f, "is above the maximum of {limit}"),
            Self::ExclusiveMaximum { limit } => write!(f, "is not below {limit}"),
            Self::MultipleOf { factor } => write!(f, "is not a multiple of {factor}"),
            Self::MinLength { limit, length } => {
                write!(
                    f,
                    "is {} long, the minimum is {limit}",
                    counted(*length, "character", "characters")
                )
            }
            Self::MaxLength { limit, length } => {
                write!(
                    f,
                    "is {} long, the limit is {limit}",
                    counted(*length, "character", "characters")
                )
            }
            Self::Pattern { pattern } => {
                write!(f, "does not match the pattern `{}`", shown(pattern))
            }
            Self::PatternSteps { pattern } => {
                write!(
                    f,
                    "takes too many steps to match against the pattern `{}`",
                    shown(pattern)
                )
            }
            Self::Format { format } => match noun_of_format(format) {
                Some(noun) => write!(f, "is not {noun}"),
                None => write!(f, "does not have the format `{}`", shown(format)),
            },
            Self::MinItems { limit, count } => {
                write!(
                    f,
                    "has {}, the minimum is {limit}",
                    counted(*count, "item", "items")
                )
            }
            Self::MaxItems { limit, count } => {
                write!(
                    f,
                    "has {}, the limit is {limit}",
                    counted(*count, "item", "items")
                )
            }
            Self::UniqueItems { first, second } => {
                write!(f, "has the same item twice, at {first} and at {second}")
            }
            Self::Contains => f.write_str("has no item of the kind that it must contain"),
            Self::MinContains { limit, count } => write!(
                f,
                "has {} of the kind that it must contain, the minimum is {limit}",
                counted(*count, "item", "items")
            ),
            Self::MaxContains { limit, count } => write!(
                f,
                "has {} of a kind that is limited to {limit}",
                counted(*count, "item", "items")
            ),
            Self::Required { property } => write!(f, "`{}` is required", shown(property)),
            Self::MinProperties { limit, count } => {
                write!(
                    f,
                    "has {}, the minimum is {limit}",
                    counted(*count, "property", "properties")
                )
            }
            Self::MaxProperties { limit, count } => {
                write!(
                    f,
                    "has {}, the limit is {limit}",
                    counted(*count, "property", "properties")
                )
            }
            Self::PropertyNames => f.write_str("has a property whose name is not allowed"),
            Self::AdditionalProperties { .. } | Self::UnevaluatedProperties { .. } => {
                f.write_str("has a property that the schema does not allow")
            }
            Self::DependentRequired { property, by } => {
                write!(
                    f,
                    "`{}` is required where `{}` is given",
                    shown(property),
                    shown(by)
                )
            }
            Self::DependentSchemas { by } => write!(f, "must not have `{}`", shown(by)),
            Self::AnyOf { branches: 0 } => f.write_str("fits none of the alternatives"),
            Self::AnyOf { branches }
            | Self::OneOf {
                branches,
                matched: 0,
            } => {
                write!(
                    f,
                    "fits none of the {}",
                    counted(*branches as u64, "alternative", "alternatives")
                )
            }
            Self::OneOf { branches, matched } => {
                write!(
                    f,
                    "fits {matched} of the {branches} alternatives, where exactly one must fit"
                )
            }
            Self::Not => f.write_str("fits what it must not fit"),
            Self::FalseSchema => f.write_str("is not allowed here"),
            Self::UnevaluatedItems => f.write_str("has an item that the schema does not allow"),
            Self::NotRepresentable => {
                f.write_str("holds a number that the Rust type cannot hold exactly")
            }
            Self::Attribute(fault) => fault.fmt(f),
        }
    }
}

/// A number with its noun: "1 item", "0 items".
fn counted(number: u64, one: &'static str, many: &'static str) -> impl fmt::Display {
    struct Counted(u64, &'static str);
    impl fmt::Display for Counted {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{} {}", self.0, self.1)
        }
    }
    Counted(number, if number == 1 { one } else { many })
}

/// A name or pattern of the schema, made fit for one line: control characters are escaped, and
/// what is longer than 120 code points is cut.
fn shown(text: &str) -> impl fmt::Display + '_ {
    struct Shown<'a>(&'a str);
    impl fmt::Display for Shown<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for (index, char) in self.0.chars().enumerate() {
                if index == 120 {
                    return f.write_char('…');
                }
                if char.is_control() {
                    write!(f, "{}", char.escape_default())?;
                } else {
                    f.write_char(char)?;
                }
            }
            Ok(())
        }
    }
    Shown(text)
}

/// What a value of a known format is, with its article: "a date such as 2024-05-17".
pub fn noun_of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "a date such as 2024-05-17",
        "date-time" => "a date and time with an offset, such as 2024-05-17T09:30:00Z",
        "time" => "a time with an offset, such as 09:30:00Z",
        "duration" => "a duration such as P1DT12H",
        "email" | "idn-email" => "an email address",
        "hostname" | "idn-hostname" => "a host name",
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "uri" => "a URI with a scheme",
        "uri-reference" => "a URI or a relative reference",
        "iri" => "an IRI with a scheme",
        "iri-reference" => "an IRI or a relative reference",
        "uri-template" => "a URI template",
        "uuid" => "a UUID",
        "json-pointer" => "a JSON pointer",
        "relative-json-pointer" => "a relative JSON pointer",
        "regex" => "a regular expression",
        "int32" => "a whole number of 32 bits",
        "int64" => "a whole number of 64 bits",
        _ => return None,
    })
}

/// What turns a value of one type into one of another.
fn other_type(expected: Types, found: Kind) -> Option<&'static str> {
    let takes = |all: &[Types]| all.iter().any(|it| expected.contains(*it));
    match found {
        Kind::Number | Kind::Boolean if takes(&[Types::STRING]) => Some("put it in double quotes"),
        Kind::String if takes(&[Types::INTEGER, Types::NUMBER]) => {
            Some("write a number, without quotes")
        }
        Kind::String if takes(&[Types::BOOLEAN]) => Some("write `true` or `false`, without quotes"),
        Kind::Boolean | Kind::Number | Kind::String | Kind::Object if takes(&[Types::ARRAY]) => {
            Some("put it into a list: `[…]`")
        }
        Kind::Null | Kind::Boolean | Kind::Number | Kind::String | Kind::Array | Kind::Object => {
            None
        }
    }
}
