//! The expansion of Specsmith's derives, as an ordinary library.
//!
//! Each derive goes through three stages with types of their own: *syntax*, what was written;
//! *check*, what is meant, with every mistake reported at its place; *emit*, which cannot fail.
//! Where there is a mistake, a stub implementation is given beside the messages, so that one
//! mistake does not breed others. All paths to the runtime come from [`Roots`].
#![forbid(unsafe_code)]

pub mod attributes;
mod errors;
mod numbers;
mod options;
mod readers;
pub mod record;
mod roots;
mod serde_names;
mod shape;
pub mod validate;

pub use crate::roots::Roots;
