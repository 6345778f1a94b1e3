//! Findings, their places, and how they are shown.
//!
//! A [`Finding`] is data; every renderer is a function of a list of them. This crate holds no list
//! of codes: each crate that raises findings has a table of its own ([`CodeInfo`]).
#![forbid(unsafe_code)]

mod code;
mod finding;
mod mistake;
mod place;
pub mod render;
mod source;
mod summary;

pub use code::{Code, CodeInfo, Level};
pub use finding::{Finding, Record, Related, SpecPlace, Suggestion};
pub use mistake::Mistake;
pub use place::{Excerpt, Location};
pub use source::{
    BYTE_ORDER_MARK, Source, SourceId, Sources, Span, byte_order_mark, code_points, visible,
};
pub use summary::{Checked, Summary};
