//! Exact decimal numbers as JSON writes them: equality, order, multiples, never through floats.
//!
//! [`DecimalRef`] looks at number text where it stands, without allocating; [`Decimal`] owns a
//! number in canonical text. Both compare by value: `1`, `1.0` and `10e-1` are one number.
//! Numbers of a million digits and exponents such as `1e1000000000` cost what their text costs,
//! because nothing ever writes the zeros out.
#![forbid(unsafe_code)]

mod view;

mod multiple;
mod owned;
mod parts;

pub use owned::Decimal;
pub use view::DecimalRef;
