//! The independent judge: JSON Schema made from the raw documents, run by the `jsonschema` crate.
//!
//! It never sees the model that everything else is built on, so that what the two say can be held
//! against each other. Of `specsmith-ir` it uses the words for dialect and direction, of
//! `specsmith-rules` the words for mistakes; what is right it decides on its own.
//!
//! Numbers are exact: payloads stay in our own tree, which the crate reads through its `Json`
//! trait, and the keywords that it would put through `f64` are decided in `exact`.
#![forbid(unsafe_code)]

mod circles;
mod documents;
mod ecma;
mod exact;
mod faults;
mod finding;
mod grammar;
mod judge;
mod keyword;
mod mistakes;
mod origin;
mod rewrite;
mod room;
mod slip;
mod target;
mod tree;
mod v3_0;
mod v3_1;

pub use finding::CODES;
pub use judge::{Options, Reference};
pub use target::Target;
