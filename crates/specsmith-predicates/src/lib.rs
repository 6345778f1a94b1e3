//! What each constraint of a schema means, as pure functions of a value.
//!
//! Everything that judges values calls these: models, the plan, and at compile time the derives,
//! which is why they stand below `specsmith-rules`. That crate re-exports them.
#![forbid(unsafe_code)]

pub mod format;
pub mod length;
mod nearest;
pub mod pattern;
pub mod range;
pub mod unique;

pub use crate::nearest::nearest;
