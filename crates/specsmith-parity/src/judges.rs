//! All judges of one schema, asked together.

use specsmith_diagnostics::Mistake;
use specsmith_plan::{Judge, Plan, Scanned, Verdict};
use specsmith_reference::Reference;

use crate::disagreement::{Disagreement, Pairs, Said};

/// A judge that is no part of this crate: a generated model, by its `from_json`.
pub trait Model {
    /// Whether the record is accepted. `None` where the one documented difference applies: the
    /// record is valid, and holds a number that the type cannot hold.
    fn accepts(&self, record: &[u8]) -> Option<bool>;
}

impl<F: Fn(&[u8]) -> Option<bool>> Model for F {
    fn accepts(&self, record: &[u8]) -> Option<bool> {
        self(record)
    }
}

/// All judges of one schema.
pub struct Judges<'s> {
    plan: Plan,
    reference: Reference<'s>,
    models: Vec<Box<dyn Model + 's>>,
}

/// What all judges say about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// It is valid.
    Valid,
    /// It is JSON, and breaks a rule.
    Invalid,
    /// It is no JSON, has a key twice, or exceeds a limit.
    Broken,
}

impl<'s> Judges<'s> {
    /// A plan and a reference of the same schema.
    pub fn new(plan: Plan, reference: Reference<'s>) -> Self {
        Self {
            plan,
            reference,
            models: Vec::new(),
        }
    }

    /// The same judges and a model of the same schema.
    #[must_use]
    pub fn with_model(mut self, model: impl Model + 's) -> Self {
        self.models.push(Box::new(model));
        self
    }

    /// The plan, whose [`Plan::judge`] can be kept for [`Judges::compare_with`].
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The reference judge.
    pub fn reference(&self) -> &Reference<'s> {
        &self.reference
    }

    /// Asks all judges about a record.
    ///
    /// # Errors
    /// If two of them disagree: what each of them said.
    pub fn compare(&self, record: &[u8]) -> Result<Agreed, Box<Disagreement>> {
        self.compare_with(&mut self.plan.judge_of_few(), record)
    }

    /// The same, with a judge of [`Judges::plan`] that is used again and again.
    ///
    /// # Errors
    /// As [`Judges::compare`].
    pub fn compare_with(
        &self,
        judge: &mut Judge<'_>,
        record: &[u8],
    ) -> Result<Agreed, Box<Disagreement>> {
        let said = self.ask(judge, record);
        if !said.agree() {
            return Err(Box::new(Disagreement {
                record: record.to_vec(),
                said,
            }));
        }
        if said.reference_verdict {
            return Ok(Agreed::Valid);
        }
        let broken =
            |(_, code): &(String, &str)| code.starts_with("json/") || code.starts_with("limit/");
        Ok(match said.reference.iter().any(broken) {
            true => Agreed::Broken,
            false => Agreed::Invalid,
        })
    }

    /// What each judge says.
    fn ask(&self, judge: &mut Judge<'_>, record: &[u8]) -> Said {
        let scan = match judge.scan(record) {
            Scanned::Valid => Some(true),
            Scanned::Invalid => Some(false),
            Scanned::Unsure => None,
        };
        let models = self.models.iter().map(|it| it.accepts(record));
        Said {
            scan,
            verdict: judge.verdict(record) == Verdict::Valid,
            explained: pairs(&judge.explain(record)),
            reference_verdict: self.reference.verdict(record),
            reference: pairs(&self.reference.judge(record)),
            models: models.collect(),
        }
    }
}

/// What was found where, apart from what makes nothing invalid.
fn pairs(mistakes: &[Mistake]) -> Pairs {
    let counted = mistakes.iter().filter(|mistake| {
        let code = mistake.code.as_str();
        code != "json/byte-order-mark" && !code.starts_with("lint/")
    });
    counted
        .map(|mistake| (mistake.pointer.clone(), mistake.code.as_str()))
        .collect()
}
