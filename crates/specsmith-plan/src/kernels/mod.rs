//! Faster ways to decide what `specsmith-rules` defines; each is tested against it.

pub(crate) mod class;
pub(crate) mod format;
pub(crate) mod keyed;
pub(crate) mod text;
