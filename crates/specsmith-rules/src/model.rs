//! What generated models are made of besides the derives: operations, and the kinds of types whose
//! `Deserialize` no derive gives.

mod listed;
mod literals;
mod newtype;
mod operation;
mod union;

pub use listed::NotListed;
pub use operation::Operation;

/// What the macros here name.
#[doc(hidden)]
pub mod __model {
    pub use super::listed::read_listed;
    pub use super::literals::{read_literal, write_literal};
    pub use super::union::{Misfits, branch};
    pub use serde;
    pub use specsmith_json::Node;
}
