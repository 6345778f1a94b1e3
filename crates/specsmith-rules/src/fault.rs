//! What can be wrong with a value: one variant for each keyword that can refuse one.

mod codes;
mod words;

use core::fmt::Write as _;
use std::borrow::Cow;

use specsmith_decimal::Decimal;

use crate::attributes::AttributeFault;
use crate::{Kind, Types};

pub use codes::CODES;
pub use words::noun_of_format;

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
        /// Whether null is allowed too, where that is known: the enums of the models do not hold it.
        null: bool,
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

    /// The property that is missing, where that is what is wrong.
    pub fn missing(&self) -> Option<&str> {
        match self {
            Self::Required { property } => Some(property),
            _ => None,
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

    /// Whether the clause already begins with the name of what it speaks of.
    fn names_its_subject(&self) -> bool {
        match self {
            Self::Required { .. } | Self::DependentRequired { .. } => true,
            Self::Attribute(fault) => fault.names_its_subject(),
            _ => false,
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
                null: false,
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
