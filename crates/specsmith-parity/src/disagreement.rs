//! What judges said that do not agree.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

/// JSON pointers and codes.
pub(crate) type Pairs = BTreeSet<(String, &'static str)>;

/// Keywords that refuse a value as a whole: of such a value one of the two explanations may say
/// more, or of what is in it.
const DECISIVE: [&str; 3] = ["schema/type", "schema/enum", "schema/const"];

/// Keywords about what no other part of a schema speaks of. The reference names the keyword, the
/// plan says what the schema under it has against the value. And where another part is broken, the
/// reference's engine may hold that it speaks of nothing, while the plan does not blame a property
/// for the mistake of its neighbour.
const UNEVALUATED: [&str; 2] = ["schema/unevaluated-items", "schema/unevaluated-properties"];

/// Whether a pointer leads to the value at another, or into it.
fn is_within(at: &str, around: &str) -> bool {
    let rest = at.strip_prefix(around);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A record about which judges disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The record.
    pub record: Vec<u8>,
    /// What each judge says about it.
    pub said: Said,
}

/// What each judge says about one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The plan's fast tier; `None` where it leaves the verdict to the tree.
    pub scan: Option<bool>,
    /// The plan's verdict.
    pub verdict: bool,
    /// What the plan explains: JSON pointer and code.
    pub explained: Pairs,
    /// The reference's verdict.
    pub reference_verdict: bool,
    /// What the reference finds: JSON pointer and code.
    pub reference: Pairs,
    /// What the models say; `None` where a number cannot be held.
    pub models: Vec<Option<bool>>,
}

impl Said {
    /// Whether all agree on the verdict, and both explanations on what is wrong where they speak
    /// of the same.
    pub fn agree(&self) -> bool {
        self.verdicts_agree() && self.differences().is_empty()
    }

    /// Whether all agree on the verdict.
    pub fn verdicts_agree(&self) -> bool {
        let valid = self.reference_verdict;
        self.scan.is_none_or(|it| it == valid)
            && self.verdict == valid
            && self.explained.is_empty() == valid
            && self.reference.is_empty() == valid
            && self.models.iter().all(|it| it.is_none_or(|it| it == valid))
            && (valid || self.models.iter().all(Option::is_some))
    }

    /// What only one of the two explanations says, of what both speak of in the same words.
    pub fn differences(&self) -> Vec<(String, &'static str)> {
        let (explained, reference) = (&self.explained, &self.reference);
        let decided = |pairs: &Pairs| -> BTreeSet<String> {
            let pairs = pairs.iter().filter(|(_, code)| DECISIVE.contains(code));
            pairs.map(|(at, _)| at.clone()).collect()
        };
        let (one, other) = (decided(explained), decided(reference));
        let decided: Vec<&String> = one.intersection(&other).collect();
        let is_decided = |at: &str| decided.iter().any(|around| is_within(at, around));
        let rests = reference.iter().filter(|it| UNEVALUATED.contains(&it.1));
        let rests: Vec<&str> = rests.map(|(at, _)| at.as_str()).collect();
        let only_explained = explained.difference(reference).filter(|(at, _)| {
            let by_schema = rests.iter().any(|around| is_within(at, around));
            !is_decided(at) && !by_schema
        });
        let only_reference = reference.difference(explained).filter(|(at, code)| {
            let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
            let by_schema_or_neighbour = UNEVALUATED.contains(code)
                && explained.iter().any(|it| {
                    is_within(&it.0, at) || (is_within(&it.0, parent) && reference.contains(it))
                });
            !is_decided(at) && !by_schema_or_neighbour
        });
        only_explained.chain(only_reference).cloned().collect()
    }

    /// The same kind of disagreement, so that one can stand for the other.
    pub(crate) fn resembles(&self, other: &Self) -> bool {
        let kind = |it: &Self| {
            let differences = it.differences().into_iter();
            let codes: BTreeSet<&str> = differences.map(|(_, code)| code).collect();
            (
                it.scan.map(|scan| scan == it.reference_verdict),
                it.verdict == it.reference_verdict,
                it.explained.is_empty() == it.reference_verdict,
                it.reference.is_empty() == it.reference_verdict,
                it.models
                    .iter()
                    .map(|model| *model == Some(it.reference_verdict))
                    .collect::<Vec<_>>(),
                it.reference_verdict,
                codes,
            )
        };
        kind(self) == kind(other)
    }
}

impl Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "record: {}", self.record.escape_ascii())?;
        self.said.fmt(f)
    }
}

impl Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |valid: bool| if valid { "valid" } else { "invalid" };
        writeln!(f, "  scan: {}", self.scan.map_or("unsure", word))?;
        writeln!(f, "  verdict: {}", word(self.verdict))?;
        writeln!(f, "  reference: {}", word(self.reference_verdict))?;
        for (index, model) in self.models.iter().enumerate() {
            let model = model.map_or("not representable", word);
            writeln!(f, "  model {index}: {model}")?;
        }
        for (pointer, code) in self.explained.difference(&self.reference) {
            writeln!(f, "  only explained: {code} at `{pointer}`")?;
        }
        for (pointer, code) in self.reference.difference(&self.explained) {
            writeln!(f, "  only by the reference: {code} at `{pointer}`")?;
        }
        for (pointer, code) in self.reference.intersection(&self.explained) {
            writeln!(f, "  both: {code} at `{pointer}`")?;
        }
        Ok(())
    }
}
