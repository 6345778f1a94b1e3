//! What can be wrong with a value: one variant for each keyword that can refuse one.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

use specsmith_decimal::Decimal;

use crate::attributes::AttributeFault;
use crate::{Kind, Types};

/// Why a value does not fit its schema.
///
/// It holds the schema's side (limits, names that the schema knows) and measures of the value
/// (its length, its count), never the value. Lengths are in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `type`: the value is of another type; null where it is not allowed is one of these.
    Type {
        /// The types that the schema allows; none where they are not known.
        expected: Types,
        /// What the value is.
        found: Kind,
    },
    /// `enum`: the value is not in the list.
    Enum {
        /// How many values the list has beside null; 0 where that is not known.
        allowed: usize,
        /// The listed value that was probably meant, as JSON text or, for a string, bare.
        near: Option<Cow<'static, str>>,
    },
    /// `const`: the value is another one.
    Const,
    /// `minimum`.
    Minimum {
        /// The least value allowed.
        limit: Decimal,
    },
    /// `exclusiveMinimum`.
    ExclusiveMinimum {
        /// The value that must be exceeded.
        limit: Decimal,
    },
    /// `maximum`.
    Maximum {
        /// The greatest value allowed.
        limit: Decimal,
    },
    /// `exclusiveMaximum`.
    ExclusiveMaximum {
        /// The value that must not be reached.
        limit: Decimal,
    },
    /// `multipleOf`.
    MultipleOf {
        /// What the value must be a whole multiple of.
        factor: Decimal,
    },
    /// `minLength`.
    MinLength {
        /// The least number of code points.
        limit: u64,
        /// How many the value has.
        length: u64,
    },
    /// `maxLength`.
    MaxLength {
        /// The greatest number of code points.
        limit: u64,
        /// How many the value has.
        length: u64,
    },
    /// `pattern`: no part of the value matches.
    Pattern {
        /// The pattern as the schema spells it.
        pattern: Cow<'static, str>,
    },
    /// `pattern`, undecided: the engine gave up after as many steps as it may take.
    PatternSteps {
        /// The pattern as the schema spells it.
        pattern: Cow<'static, str>,
    },
    /// `format`.
    Format {
        /// The format's name as the schema spells it.
        format: Cow<'static, str>,
    },
    /// `minItems`.
    MinItems {
        /// The least number of items.
        limit: u64,
        /// How many the array has.
        count: u64,
    },
    /// `maxItems`.
    MaxItems {
        /// The greatest number of items.
        limit: u64,
        /// How many the array has.
        count: u64,
    },
    /// `uniqueItems`: two items are equal.
    UniqueItems {
        /// The index of the earlier one.
        first: usize,
        /// The index of the later one.
        second: usize,
    },
    /// `contains` without `minContains`: no item fits.
    Contains,
    /// `minContains`.
    MinContains {
        /// The least number of fitting items.
        limit: u64,
        /// How many fit.
        count: u64,
    },
    /// `maxContains`.
    MaxContains {
        /// The greatest number of fitting items.
        limit: u64,
        /// How many fit.
        count: u64,
    },
    /// `required`: the object lacks a property.
    Required {
        /// The property's name as the schema spells it.
        property: Cow<'static, str>,
    },
    /// `minProperties`.
    MinProperties {
        /// The least number of properties.
        limit: u64,
        /// How many the object has.
        count: u64,
    },
    /// `maxProperties`.
    MaxProperties {
        /// The greatest number of properties.
        limit: u64,
        /// How many the object has.
        count: u64,
    },
    /// `propertyNames`: a property's name does not fit.
    PropertyNames,
    /// `additionalProperties: false`: a property that the schema does not know.
    AdditionalProperties {
        /// The known name that was probably meant.
        near: Option<Cow<'static, str>>,
    },
    /// `dependentRequired`: a property is needed because another is there.
    DependentRequired {
        /// The missing property.
        property: Cow<'static, str>,
        /// The property that asks for it.
        by: Cow<'static, str>,
    },
    /// `dependentSchemas` with the schema `false`: a property that may not be there.
    DependentSchemas {
        /// The property whose presence nothing can satisfy.
        by: Cow<'static, str>,
    },
    /// `anyOf`: no branch fits.
    AnyOf {
        /// How many branches there are; 0 where that is not known.
        branches: usize,
    },
    /// `oneOf`: no branch fits, or more than one does.
    OneOf {
        /// How many branches there are.
        branches: usize,
        /// How many fit; never 1.
        matched: usize,
    },
    /// `not`: the value fits what it must not.
    Not,
    /// The schema `false`: no value is allowed here (also `items: false` and its kin).
    FalseSchema,
    /// `unevaluatedItems: false`: an item that no part of the schema speaks of.
    UnevaluatedItems,
    /// `unevaluatedProperties: false`: a property that no part of the schema speaks of.
    UnevaluatedProperties {
        /// The known name that was probably meant.
        near: Option<Cow<'static, str>>,
    },
    /// No fault by the schema, as far as is known: the Rust type holds a number that one of its
    /// alternatives cannot hold exactly, so that nobody can say whether the value fits it.
    NotRepresentable,
    /// What is wrong with a custom attribute, by what its own type knows of it.
    Attribute(Box<AttributeFault>),
}

/// Every code that a [`Fault`] can have, with one line that says what it means; sorted by code.
/// Those of [`Fault::Attribute`] stand in [`attributes::CODES`](crate::attributes::CODES), that of
/// [`Fault::NotRepresentable`] with those of reading JSON.
pub const CODES: &[(&str, &str)] = &[
    (
        "limit/pattern-steps",
        "a pattern could not be decided within the allowed number of steps",
    ),
    (
        "schema/additional-properties",
        "an object has a property that its schema neither knows nor allows",
    ),
    (
        "schema/any-of",
        "a value fits none of the alternatives of `anyOf`",
    ),
    (
        "schema/const",
        "a value is not the one constant that is allowed",
    ),
    (
        "schema/contains",
        "an array has no item of the kind it must contain",
    ),
    (
        "schema/dependent-required",
        "a property is missing that another one asks for",
    ),
    (
        "schema/dependent-schemas",
        "a property is there whose presence the schema rules out",
    ),
    ("schema/enum", "a value is not one of those listed"),
    (
        "schema/exclusive-maximum",
        "a number is not below its exclusive maximum",
    ),
    (
        "schema/exclusive-minimum",
        "a number is not above its exclusive minimum",
    ),
    ("schema/false", "a value is there where none is allowed"),
    (
        "schema/format",
        "a string does not have the format it should have",
    ),
    (
        "schema/max-contains",
        "an array has too many items of one kind",
    ),
    ("schema/max-items", "an array has too many items"),
    ("schema/max-length", "a string has too many code points"),
    ("schema/max-properties", "an object has too many properties"),
    ("schema/maximum", "a number is above its maximum"),
    (
        "schema/min-contains",
        "an array has too few items of one kind",
    ),
    ("schema/min-items", "an array has too few items"),
    ("schema/min-length", "a string has too few code points"),
    ("schema/min-properties", "an object has too few properties"),
    ("schema/minimum", "a number is below its minimum"),
    (
        "schema/multiple-of",
        "a number is not a whole multiple of its factor",
    ),
    ("schema/not", "a value fits what it must not fit"),
    (
        "schema/one-of",
        "a value fits none of the alternatives of `oneOf`, or more than one",
    ),
    ("schema/pattern", "no part of a string matches its pattern"),
    (
        "schema/property-names",
        "an object has a property whose name is not allowed",
    ),
    (
        "schema/required",
        "an object lacks a property that it must have",
    ),
    (
        "schema/type",
        "a value is of another type than the schema allows; also null where it is not allowed",
    ),
    (
        "schema/unevaluated-items",
        "an array has an item that no part of its schema speaks of",
    ),
    (
        "schema/unevaluated-properties",
        "an object has a property that no part of its schema speaks of",
    ),
    ("schema/unique-items", "two items of an array are equal"),
];

impl Fault {
    /// The code: `schema/` and the keyword in kebab-case, or `attribute/…`. All of them stand in
    /// [`CODES`] and [`attributes::CODES`](crate::attributes::CODES).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Type { .. } => "schema/type",
            Self::Enum { .. } => "schema/enum",
            Self::Const => "schema/const",
            Self::Minimum { .. } => "schema/minimum",
            Self::ExclusiveMinimum { .. } => "schema/exclusive-minimum",
            Self::Maximum { .. } => "schema/maximum",
            Self::ExclusiveMaximum { .. } => "schema/exclusive-maximum",
            Self::MultipleOf { .. } => "schema/multiple-of",
            Self::MinLength { .. } => "schema/min-length",
            Self::MaxLength { .. } => "schema/max-length",
            Self::Pattern { .. } => "schema/pattern",
            Self::PatternSteps { .. } => "limit/pattern-steps",
            Self::Format { .. } => "schema/format",
            Self::MinItems { .. } => "schema/min-items",
            Self::MaxItems { .. } => "schema/max-items",
            Self::UniqueItems { .. } => "schema/unique-items",
            Self::Contains => "schema/contains",
            Self::MinContains { .. } => "schema/min-contains",
            Self::MaxContains { .. } => "schema/max-contains",
            Self::Required { .. } => "schema/required",
            Self::MinProperties { .. } => "schema/min-properties",
            Self::MaxProperties { .. } => "schema/max-properties",
            Self::PropertyNames => "schema/property-names",
            Self::AdditionalProperties { .. } => "schema/additional-properties",
            Self::DependentRequired { .. } => "schema/dependent-required",
            Self::DependentSchemas { .. } => "schema/dependent-schemas",
            Self::AnyOf { .. } => "schema/any-of",
            Self::OneOf { .. } => "schema/one-of",
            Self::Not => "schema/not",
            Self::FalseSchema => "schema/false",
            Self::UnevaluatedItems => "schema/unevaluated-items",
            Self::UnevaluatedProperties { .. } => "schema/unevaluated-properties",
            Self::NotRepresentable => "model/not-representable",
            Self::Attribute(fault) => fault.code(),
        }
    }

    /// One clause about `subject`, which stands at its head as it is given: "`phoneNumber` is 40
    /// characters long, the limit is 32". Where a property is missing, that property is what the
    /// clause speaks of, and `subject` (the object) is not used.
    pub fn clause(&self, subject: &str) -> String {
        let mut text = String::with_capacity(subject.len() + 48);
        if !self.names_its_subject() {
            text.push_str(subject);
            text.push(' ');
        }
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{self}");
        text
    }

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

    /// Whether the clause already begins with the name of what it speaks of.
    fn names_its_subject(&self) -> bool {
        match self {
            Self::Required { .. } | Self::DependentRequired { .. } => true,
            Self::Attribute(fault) => fault.names_its_subject(),
            _ => false,
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
            Self::Enum { allowed: 0, .. } => f.write_str("is not one of the allowed values"),
            Self::Enum { allowed: 1, .. } => f.write_str("is not the one allowed value"),
            Self::Enum { allowed, .. } => write!(f, "is not one of the {allowed} allowed values"),
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

/// What a string of a known format is, with its article.
fn noun_of_format(format: &str) -> Option<&'static str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a number")
    }

    /// One of each variant; a new variant breaks `code()`, and then this list by the test below.
    fn one_of_each() -> Vec<Fault> {
        let name = || Cow::Borrowed("name");
        vec![
            Fault::PatternSteps { pattern: name() },
            Fault::AdditionalProperties { near: None },
            Fault::AnyOf { branches: 3 },
            Fault::Const,
            Fault::Contains,
            Fault::DependentRequired {
                property: name(),
                by: Cow::Borrowed("id"),
            },
            Fault::DependentSchemas { by: name() },
            Fault::Enum {
                allowed: 17,
                near: Some(Cow::Borrowed("IOS")),
            },
            Fault::ExclusiveMaximum {
                limit: decimal("0.5"),
            },
            Fault::ExclusiveMinimum {
                limit: decimal("0"),
            },
            Fault::FalseSchema,
            Fault::Format {
                format: Cow::Borrowed("email"),
            },
            Fault::MaxContains { limit: 1, count: 2 },
            Fault::MaxItems {
                limit: 10,
                count: 11,
            },
            Fault::MaxLength {
                limit: 32,
                length: 40,
            },
            Fault::MaxProperties { limit: 0, count: 1 },
            Fault::Maximum {
                limit: decimal("5"),
            },
            Fault::MinContains { limit: 2, count: 1 },
            Fault::MinItems { limit: 1, count: 0 },
            Fault::MinLength {
                limit: 2,
                length: 1,
            },
            Fault::MinProperties { limit: 2, count: 1 },
            Fault::Minimum {
                limit: decimal("18"),
            },
            Fault::MultipleOf {
                factor: decimal("0.1"),
            },
            Fault::Not,
            Fault::OneOf {
                branches: 3,
                matched: 2,
            },
            Fault::Pattern {
                pattern: Cow::Borrowed("^a\nb$"),
            },
            Fault::PropertyNames,
            Fault::Required { property: name() },
            Fault::Type {
                expected: Types::STRING,
                found: Kind::Null,
            },
            Fault::UnevaluatedItems,
            Fault::UnevaluatedProperties { near: None },
            Fault::UniqueItems {
                first: 0,
                second: 2,
            },
        ]
    }

    #[test]
    fn codes_are_sorted_unique_and_each_has_a_variant() {
        let codes: Vec<_> = CODES.iter().map(|(code, _)| *code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
        let raised: Vec<_> = one_of_each().iter().map(Fault::code).collect();
        assert_eq!(codes, raised);
    }

    #[test]
    fn clauses() {
        let clauses: Vec<_> = one_of_each()
            .iter()
            .map(|fault| fault.clause("`x`"))
            .collect();
        insta::assert_snapshot!(clauses.join("\n"));
    }

    #[test]
    fn help_is_the_near_name() {
        let help: Vec<_> = one_of_each().iter().filter_map(Fault::help).collect();
        assert_eq!(help, ["did you mean `IOS`?"]);
    }

    #[test]
    fn a_fraction_where_an_integer_belongs_is_said_so() {
        let fault = Fault::Type {
            expected: Types::INTEGER,
            found: Kind::Number,
        };
        assert_eq!(
            fault.clause("`ranking`"),
            "`ranking` is a number with a fraction, not an integer"
        );
    }

    #[test]
    fn long_patterns_are_cut() {
        let fault = Fault::Pattern {
            pattern: Cow::Owned("é".repeat(500)),
        };
        assert_eq!(
            fault
                .clause("`x`")
                .chars()
                .filter(|char| *char == 'é')
                .count(),
            120
        );
    }
}
