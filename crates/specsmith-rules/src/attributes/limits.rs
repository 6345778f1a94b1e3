//! What a specification asks of a list of attributes and of each pair in it.

use std::borrow::Cow;

use crate::pattern::{Match, Shared};
use crate::{Fault, length};

/// The limits of one list, as the derive has them from the specification.
#[derive(Debug)]
pub struct Limits {
    /// The property that holds the list.
    pub property: &'static str,
    /// The properties of a pair that hold its name and its value.
    pub keys: [&'static str; 2],
    /// At least so many.
    pub min_items: Option<u64>,
    /// At most so many.
    pub max_items: Option<u64>,
    /// What a name must be.
    pub name: TextLimits,
    /// What a value must be.
    pub value: TextLimits,
}

/// No limits, for what the derive could not understand.
pub static NO_LIMITS: Limits = Limits {
    property: "",
    keys: ["name", "value"],
    min_items: None,
    max_items: None,
    name: NO_TEXT_LIMITS,
    value: NO_TEXT_LIMITS,
};

const NO_TEXT_LIMITS: TextLimits = TextLimits {
    min_length: None,
    max_length: None,
    patterns: &[],
};

/// What a text must be.
#[derive(Debug)]
pub struct TextLimits {
    /// At least so long.
    pub min_length: Option<u64>,
    /// At most so long.
    pub max_length: Option<u64>,
    /// Matched by each of these.
    pub patterns: &'static [Shared],
}

impl Limits {
    /// What is wrong with how many there are.
    pub(super) fn fault_of_count(&self, count: u64) -> Option<Fault> {
        if let Some(limit) = self.max_items.filter(|limit| count > *limit) {
            return Some(Fault::MaxItems { limit, count });
        }
        let limit = self.min_items.filter(|limit| count < *limit)?;
        Some(Fault::MinItems { limit, count })
    }
}

impl TextLimits {
    /// The first limit that a text breaks.
    pub(super) fn fault(&self, text: &str) -> Option<Fault> {
        if let Some(limit) = self.max_length.filter(|it| !length::within_max(text, *it)) {
            let length = length::count(text);
            return Some(Fault::MaxLength { limit, length });
        }
        if let Some(limit) = self.min_length.filter(|it| !length::within_min(text, *it)) {
            let length = length::count(text);
            return Some(Fault::MinLength { limit, length });
        }
        self.patterns.iter().find_map(|shared| {
            let pattern = Cow::Borrowed(shared.text());
            match shared.search(text) {
                Match::Found => None,
                Match::Missing => Some(Fault::Pattern { pattern }),
                Match::Undecided => Some(Fault::PatternSteps { pattern }),
            }
        })
    }
}
