//! Judges: who says what is wrong with a record.

use specsmith_diagnostics::Mistake;
use specsmith_plan::Plan;
use specsmith_reference::Reference;

/// Says what is wrong with one record after the other.
pub trait Judge {
    /// Everything that is to be said about a record, in the order of the bytes.
    fn explain(&mut self, record: &[u8]) -> Vec<Mistake>;
}

/// What makes judges for one target; any number of threads may share it.
pub enum Bar<'s> {
    /// The compiled plan.
    Plan(Plan),
    /// The independent reference; lints, which it knows nothing of, are the plan's.
    Reference(Box<Reference<'s>>, Plan),
}

impl Bar<'_> {
    /// A judge for one thread.
    pub fn judge(&self) -> Box<dyn Judge + '_> {
        match self {
            Self::Plan(plan) => Box::new(ByPlan(plan)),
            Self::Reference(reference, plan) => Box::new(ByReference(reference, plan)),
        }
    }
}

struct ByPlan<'p>(&'p Plan);

impl Judge for ByPlan<'_> {
    fn explain(&mut self, record: &[u8]) -> Vec<Mistake> {
        self.0.explain(record)
    }
}

struct ByReference<'r, 's>(&'r Reference<'s>, &'r Plan);

impl Judge for ByReference<'_, '_> {
    fn explain(&mut self, record: &[u8]) -> Vec<Mistake> {
        let mut mistakes = self.0.judge(record);
        let lints = self.1.explain(record).into_iter();
        mistakes.extend(lints.filter(|it| it.code.area() == "lint"));
        mistakes
    }
}
