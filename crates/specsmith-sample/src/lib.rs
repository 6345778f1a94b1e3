//! Valid and just-invalid instances of a schema, from a seed.
//!
//! The same seed gives the same instances. A sample is made to satisfy every rule that the schema
//! states about its own values; rules that speak of other rules (`not`, exactly one of several,
//! what nothing else has spoken of) can still refuse it, so that whoever needs certainty asks a
//! judge and draws again.
#![forbid(unsafe_code)]

mod breaking;
mod fit;
mod goal;
mod list;
mod mutate;
mod numbers;
mod record;
mod sites;
mod strings;
mod value;
mod writing;

pub use breaking::{Broken, break_at};
pub use mutate::{Mutated, Mutation, mutate, mutate_with};
pub use sites::Site;
pub use value::{Sample, Sampler};
pub use writing::{Style, write};
