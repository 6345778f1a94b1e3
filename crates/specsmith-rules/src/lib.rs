//! What each constraint of a schema means at run time.
//!
//! [`Validate`] is what generated models and hand-written types implement, mostly by its derive;
//! [`Violations`] is what it reports and [`Valid`] what it proves. The meaning of each keyword
//! stands once, as a pure function in `specsmith-predicates`, whose modules are re-exported here.
#![forbid(unsafe_code)]

pub mod attributes;
pub mod check;
mod fault;
mod field;
#[cfg(feature = "json")]
mod integer;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "value")]
pub mod judge;
mod kind;
#[cfg(feature = "json")]
mod model;
#[cfg(feature = "serde")]
pub mod non_null;
#[cfg(feature = "serde")]
pub mod nullable;
mod path;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod record;
#[cfg(any(feature = "chrono", feature = "uuid"))]
pub mod typed;
mod validate;
mod violation;

pub use crate::fault::{CODES, Fault, noun_of_format};
pub use crate::field::Field;
#[cfg(feature = "json")]
pub use crate::integer::{Integer, NoInteger};
#[cfg(feature = "json")]
pub use crate::json::{Report, from_json};
pub use crate::kind::{Kind, Types};
#[cfg(feature = "json")]
pub use crate::model::{__model, NotListed, Operation};
pub use crate::path::{Path, Subject};
pub use crate::validate::{Valid, Validate};
pub use crate::violation::{Violation, Violations};
#[cfg(all(feature = "derive", feature = "serde"))]
pub use specsmith_derive::JsonRecord;
#[cfg(feature = "derive")]
pub use specsmith_derive::Validate;
pub use specsmith_predicates::{format, length, nearest, pattern, range, unique};

/// What the derives' output names. Crates that re-export the derives re-export this module, too.
#[doc(hidden)]
pub mod __private {
    pub use crate::attributes::__private as attributes;
    pub use crate::check;
    pub use crate::format::Format;
    pub use crate::pattern::Shared as SharedPattern;
    pub use crate::range::{Bound, IntegerFormat, Numeric};
    #[cfg(feature = "serde")]
    pub use crate::record;
    pub use crate::{__requires_pattern as requires_pattern, Field, Path, Validate, Violations};
    pub use core;
    pub use std;
}

/// Fails to compile where the feature `pattern` is off.
#[cfg(feature = "pattern")]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_pattern {
    () => {};
}

/// Fails to compile where the feature `pattern` is off.
#[cfg(not(feature = "pattern"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_pattern {
    () => {
        ::core::compile_error!(
            "a pattern that is more than one repeated class needs the feature `pattern` of `specsmith-rules`"
        );
    };
}
