//! Suspicion: what in a record the plan hands on for these lints to look at.
//!
//! Most records hold nothing, and reading each of them as a tree would cost many times what
//! judging it does.

use specsmith_plan::Suspicion;

use super::Lints;

/// What is suspected. Never misses where a lint would find something.
pub(super) fn of(lints: &Lints) -> Suspicion {
    let boxed = |name: &String| name.as_str().into();
    Suspicion {
        texts: lints.spoken.iter().map(boxed).collect(),
        attributes: lints.attributes.iter().map(boxed).collect(),
        fields: lints.fields.keys().map(boxed).collect(),
    }
}
