//! The codes of faults, and what each means.

/// Every code that a [`Fault`](crate::Fault) can have, with one line that says what it means; sorted by code.
/// Those of [`Fault::Attribute`](crate::Fault::Attribute) stand in [`attributes::CODES`](crate::attributes::CODES), that of
/// [`Fault::NotRepresentable`](crate::Fault::NotRepresentable) with those of reading JSON.
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
