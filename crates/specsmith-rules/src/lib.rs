//! What each constraint of a schema means at run time.
//!
//! [`Validate`] is what generated models and hand-written types implement, mostly by its derive;
//! [`Violations`] is what it reports and [`Valid`] what it proves. The meaning of each keyword
//! stands once, in a pure function.
#![forbid(unsafe_code)]

mod fault;
mod field;
pub mod format;
mod kind;
pub mod length;
mod nearest;
mod path;
pub mod pattern;
pub mod range;
pub mod unique;
mod validate;
mod violation;

pub use crate::fault::{CODES, Fault};
pub use crate::field::Field;
pub use crate::kind::{Kind, Types};
pub use crate::nearest::nearest;
pub use crate::path::{Path, Subject};
pub use crate::validate::{Valid, Validate};
pub use crate::violation::{Violation, Violations};
