//! The sink: counts every finding and keeps as many as somebody will look at.

use std::collections::BTreeSet;
use std::sync::Arc;

use specsmith_diagnostics::{Checked, Code, Finding, Level, Summary};

/// What a sink is to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// How many findings.
    pub findings: usize,
    /// Whether their lines are shown.
    pub excerpts: bool,
}

/// Takes findings in, in the order in which they are reported.
#[derive(Clone, Debug)]
pub struct Sink {
    keeping: Keeping,
    /// The findings kept.
    pub findings: Vec<Finding>,
    /// How many were handed on before these.
    pub handed_on: usize,
    /// The files seen.
    pub checked: Vec<Checked>,
    /// Those of which something could not be read.
    pub unread: BTreeSet<Arc<str>>,
    /// The figures.
    pub summary: Summary,
    /// What the API would answer, where that was asked for.
    pub answers: Vec<String>,
    /// How many bytes were read, unpacked.
    pub bytes: u64,
    /// Whether something could not be run.
    pub could_not_run: bool,
}

impl Sink {
    /// A sink that is empty.
    pub fn new(keeping: Keeping) -> Self {
        Self {
            keeping,
            findings: Vec::new(),
            handed_on: 0,
            checked: Vec::new(),
            unread: BTreeSet::new(),
            summary: Summary::default(),
            answers: Vec::new(),
            bytes: 0,
            could_not_run: false,
        }
    }

    /// Takes a finding whose level is settled.
    pub fn push(&mut self, finding: Finding) {
        if finding.level == Level::Allow {
            return;
        }
        self.count(finding.code, finding.level, 1);
        if self.has_room() {
            self.findings.push(finding);
        }
    }

    /// Counts findings that are not kept.
    pub fn count(&mut self, code: Code, level: Level, count: u64) {
        if level == Level::Allow || count == 0 {
            return;
        }
        *self.summary.counts.entry((code, level)).or_default() += count;
        if level == Level::Deny && matches!(code.area(), "config" | "spec") {
            self.could_not_run = true;
        }
    }

    /// Whether the next finding is kept, so that it is worth writing out.
    pub fn has_room(&self) -> bool {
        self.taken() < self.keeping.findings
    }

    /// How many findings it has kept, those that were handed on among them.
    pub fn taken(&self) -> usize {
        self.handed_on + self.findings.len()
    }

    /// Hands on the findings kept.
    pub fn hand_on(&mut self) -> Vec<Finding> {
        self.handed_on = self.taken();
        // As many more may come.
        let room = Vec::with_capacity(self.findings.len());
        std::mem::replace(&mut self.findings, room)
    }

    /// Whether the next finding is shown with its line.
    pub fn wants_excerpt(&self) -> bool {
        self.keeping.excerpts && self.has_room()
    }

    /// What this sink is to keep.
    pub fn keeping(&self) -> Keeping {
        self.keeping
    }

    /// Takes over what another sink has taken in after this one.
    pub fn append(&mut self, other: Sink) {
        self.handed_on += other.handed_on;
        let room = self.keeping.findings.saturating_sub(self.taken());
        self.findings.extend(other.findings.into_iter().take(room));
        self.checked.extend(other.checked);
        self.unread.extend(other.unread);
        self.answers.extend(other.answers);
        self.bytes += other.bytes;
        self.could_not_run |= other.could_not_run;
        self.summary.files += other.summary.files;
        self.summary.records += other.summary.records;
        self.summary.hidden_by_baseline += other.summary.hidden_by_baseline;
        for (key, count) in other.summary.counts {
            *self.summary.counts.entry(key).or_default() += count;
        }
        for (name, count) in other.summary.operations {
            *self.summary.operations.entry(name).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_counted() {
        let keeping = Keeping {
            findings: 1,
            excerpts: false,
        };
        let mut whole = Sink::new(keeping);
        for _ in 0..2 {
            let mut sink = Sink::new(keeping);
            for _ in 0..3 {
                sink.push(Finding::new(Code("schema/type"), Level::Deny, "wrong"));
                sink.push(Finding::new(Code("schema/type"), Level::Allow, "wrong"));
            }
            whole.append(sink);
        }
        assert_eq!(whole.findings.len(), 1);
        assert_eq!(whole.summary.findings(), 6);
        assert!(!whole.could_not_run);
    }
}
