//! Samples of one schema, and what the judges make of them.

use specsmith_ir::Literal;
use specsmith_sample::{Mutation, Sampler, Style, break_at, mutate_with, write};

use crate::{Agreed, Disagreement, Judges, Place, Subject};

/// How many samples of each kind are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Valid ones.
    pub valid: usize,
    /// Ones that break a rule.
    pub invalid: usize,
    /// From what the samples are drawn; the same seed draws the same ones.
    pub seed: u64,
}

/// What became of the samples of one schema or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that all judges call valid.
    pub valid: usize,
    /// Records that all judges call invalid.
    pub invalid: usize,
    /// Records about which they disagree.
    pub disagreements: usize,
    /// Draws of the sampler that were meant to be valid.
    pub drawn: usize,
    /// Those of them that are.
    pub drawn_valid: usize,
}

impl Tally {
    /// Adds what became of other samples.
    pub fn add(&mut self, other: &Self) {
        self.valid += other.valid;
        self.invalid += other.invalid;
        self.disagreements += other.disagreements;
        self.drawn += other.drawn;
        self.drawn_valid += other.drawn_valid;
    }
}

/// Of two kinds of mutation, those that leave a text JSON and may break a rule.
const TELLING: [Mutation; 9] = [
    Mutation::NumberForm,
    Mutation::HugeNumber,
    Mutation::UnknownKey,
    Mutation::MisspeltKey,
    Mutation::DroppedMember,
    Mutation::WrongType,
    Mutation::Null,
    Mutation::OtherString,
    Mutation::Wrapped,
];

/// Draws samples of a schema until as many are valid and invalid as wanted, or until it is plain
/// that there are not so many, and hands every disagreement to `report`.
pub fn sample_schema(
    subject: &Subject,
    place: &Place,
    judges: &Judges<'_>,
    wanted: Wanted,
    report: &mut dyn FnMut(&Disagreement),
) -> Tally {
    let model = &subject.lowered.model;
    let mut sampler = Sampler::new(model, place.direction, wanted.seed).with_most_values(100);
    let mut judge = judges.plan().judge();
    let mut tally = Tally::default();
    let mut idle = 0;
    let mut ask =
        |text: &str, tally: &mut Tally| match judges.compare_with(&mut judge, text.as_bytes()) {
            Ok(Agreed::Valid) => {
                tally.valid += 1;
                Some(true)
            }
            Ok(Agreed::Invalid | Agreed::Broken) => {
                tally.invalid += 1;
                Some(false)
            }
            Err(disagreement) => {
                tally.disagreements += 1;
                report(&disagreement);
                None
            }
        };
    while (tally.valid < wanted.valid || tally.invalid < wanted.invalid) && idle < 50 {
        let before = (
            tally.valid.min(wanted.valid),
            tally.invalid.min(wanted.invalid),
        );
        let sample = sampler.draw(place.schema);
        let value = sample.as_ref().map_or(Literal::Null, |it| it.value.clone());
        let styles = [Style::Compact, Style::Spaced, Style::Pretty, Style::Escaped];
        let style = sampler.random().choice(styles).unwrap_or(Style::Compact);
        if sample.is_some() {
            tally.drawn += 1;
            if ask(&write(&value, style), &mut tally) == Some(true) {
                tally.drawn_valid += 1;
            }
        }
        // One that is just invalid: a rule that the sample met, broken.
        let site = sample.as_ref().and_then(|it| {
            let site = sampler.random().choice(&it.sites)?;
            Some((it, site))
        });
        let broken = site.and_then(|(it, site)| break_at(model, place.direction, it, site));
        match broken {
            Some(broken) if tally.invalid < wanted.invalid => {
                ask(&write(&broken.value, style), &mut tally);
            }
            // And one with something else done to it, for what rules do not speak of.
            Some(_) | None => {
                let mutation = sampler.random().choice(TELLING);
                let mutation: Vec<Mutation> = mutation.into_iter().collect();
                let text = mutate_with(&value, &mutation, sampler.random()).text;
                ask(&String::from_utf8_lossy(&text), &mut tally);
            }
        }
        let after = (
            tally.valid.min(wanted.valid),
            tally.invalid.min(wanted.invalid),
        );
        idle = if after == before { idle + 1 } else { 0 };
    }
    tally
}
