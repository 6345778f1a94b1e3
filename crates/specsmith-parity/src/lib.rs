//! Whether the judges agree: the plan's verdict, the plan's explanation, the reference judge that
//! never sees the model, and models where there are any.
//!
//! [`Subject`] is a specification, [`Judges`] are all judges of one of its schemas, and
//! [`Judges::compare`] asks them about one record. What they disagree about is cut down to a
//! minimal record by [`Judges::minimal`]; [`check`] is all of it at once, for tests. Models are
//! compiled in a [`Workspace`] into a [`Program`].
#![forbid(unsafe_code)]

mod check;
mod disagreement;
pub mod documents;
mod judges;
mod minimal;
mod program;
mod subject;
pub mod suites;
mod tally;
mod target;
mod workspace;

pub use check::check;
pub use disagreement::{Disagreement, Said};
pub use judges::{Agreed, Judges, Model};
pub use program::Program;
pub use subject::Subject;
pub use tally::{Tally, Wanted, sample_schema};
pub use target::{Place, places};
pub use workspace::Workspace;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
