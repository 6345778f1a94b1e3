//! What a run amounts to: how much was read, what was found, and what is not shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Code, Level};

/// The figures of one run. They count everything, whatever is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many files were read.
    pub files: u64,
    /// How many records they held: items of batches, lines, documents.
    pub records: u64,
    /// How many findings have each code at each level, those at [`Level::Allow`] left out.
    pub counts: BTreeMap<(Code, Level), u64>,
    /// What the files were held against, and how many files each.
    pub operations: BTreeMap<Arc<str>, u64>,
    /// How many findings a baseline hides.
    pub hidden_by_baseline: u64,
    /// How many findings the report does not hold because of the limit on them.
    pub hidden_by_limit: u64,
    /// The codes of rules of the specification that are reported below their level.
    pub lowered: Vec<Code>,
    /// What the process ends with, where that is known.
    pub exit_code: Option<u8>,
}

impl Summary {
    /// How many findings stand at that level.
    pub fn at(&self, level: Level) -> u64 {
        self.counts
            .iter()
            .filter(|((_, it), _)| *it == level)
            .map(|(_, count)| count)
            .sum()
    }

    /// How many findings there are.
    pub fn findings(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Counts one finding; those at [`Level::Allow`] are not counted.
    pub fn count(&mut self, code: Code, level: Level) {
        if level != Level::Allow {
            *self.counts.entry((code, level)).or_default() += 1;
        }
    }
}

/// One file of a run, for formats that name those without findings too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The file, as [`crate::Location::file`] has it.
    pub file: Arc<str>,
    /// What it was held against, where that is known.
    pub operation: Option<Arc<str>>,
    /// How many records it held.
    pub records: u64,
}
