//! A validation plan compiled from a specification, run over the bytes of payloads.
//!
//! [`compile`] makes a [`Plan`] of a model. A plan has two tiers: a scan over the bytes that builds
//! no tree and is sure of nearly every record, and an explanation that reads a record again and
//! says everything that is wrong with it. What the scan is not sure of, the second tier decides, so
//! the two never disagree.
#![deny(unsafe_code)]

mod attention;
#[cfg(any(test, feature = "bench"))]
pub mod bench;
mod bounds;
mod codes;
mod compile;
mod explain;
mod family;
mod fingerprints;
mod judge;
mod kernels;
mod keys;
mod literals;
mod marked;
mod marks;
mod names;
mod notes;
mod plan;
mod quick;
mod record;
mod scan;
mod simd;
mod spare;
mod strangers;
mod stream;
mod tree;
mod watch;
mod words;

pub use codes::CODES;
pub use compile::compile;
pub use fingerprints::{Fingerprints, Noted};
pub use judge::{Judge, Scanned, Verdict};
pub use plan::{Options, Plan};
pub use stream::{
    Counts, Enough, Gap, Id, Ids, Meeting, Record, RecordReport, Shape, Sink, StreamOptions,
    Subject,
};
pub use watch::{Identity, Suspicion, Watch, folded};
