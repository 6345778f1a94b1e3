//! Valid instances, and which rule each of their values met.

use specsmith_ir::{Direction, Literal, Model, SchemaId};

use crate::fit::{self, Patterns};
use crate::goal::{Goal, Type};
use crate::sites::{self, Site};
use crate::{numbers, strings};

/// An instance made from a schema.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The instance.
    pub value: Literal,
    /// Every rule that some value in it was made to satisfy.
    pub sites: Vec<Site>,
}

/// Draws instances of the schemas of a model; the same seed draws the same ones.
#[derive(Debug)]
pub struct Sampler<'m> {
    pub(crate) model: &'m Model,
    pub(crate) direction: Direction,
    pub(crate) random: fastrand::Rng,
    pub(crate) patterns: Patterns<'m>,
    depth: usize,
    budget: usize,
    /// How often values may still be drawn anew.
    anew: usize,
    most_values: usize,
    /// Whether records may have properties that nothing speaks of.
    pub(crate) strangers: bool,
}

/// Deeper than this only what must be there is made.
const FULL_DEPTH: usize = 5;
/// Deeper than this nothing is made: the schema asks for instances without end, or nearly.
const MOST_DEPTH: usize = 40;
/// So many values in one instance; beyond, only what must be there is made.
const MOST_VALUES: usize = 2_000;
/// How often one value is drawn anew before it is given up.
const MOST_TRIES: usize = 6;
/// How often values of one instance are drawn anew in all: where a schema holds itself and must,
/// each level would double the tries of the one above.
const MOST_TRIES_IN_ALL: usize = 500;

/// The way to a value and the rules met so far, while an instance is drawn.
#[derive(Default)]
pub(crate) struct Trail {
    pub(crate) path: Vec<String>,
    pub(crate) sites: Vec<Site>,
}

impl<'m> Sampler<'m> {
    /// The same without properties that no rule speaks of, unless there must be some.
    #[must_use]
    pub fn without_strangers(mut self) -> Self {
        self.strangers = false;
        self
    }

    /// A sampler of what travels in that direction.
    pub fn new(model: &'m Model, direction: Direction, seed: u64) -> Self {
        Self {
            model,
            direction,
            random: fastrand::Rng::with_seed(seed),
            patterns: Patterns::default(),
            depth: 0,
            budget: 0,
            anew: 0,
            most_values: MOST_VALUES,
            strangers: true,
        }
    }

    /// The same sampler, whose instances hold about so many values at most (2,000 unless said
    /// otherwise); what must be there is made even beyond.
    #[must_use]
    pub fn with_most_values(mut self, most: usize) -> Self {
        self.most_values = most;
        self
    }

    /// The next instance of that schema; `None` where no instance was found, because the schema
    /// accepts nothing or only what cannot be guessed.
    pub fn draw(&mut self, schema: SchemaId) -> Option<Sample> {
        for _ in 0..MOST_TRIES {
            self.depth = 0;
            self.budget = self.most_values;
            self.anew = MOST_TRIES_IN_ALL;
            let mut trail = Trail::default();
            if let Some(value) = self.value(&[schema], &mut trail) {
                return Some(Sample {
                    value,
                    sites: trail.sites,
                });
            }
        }
        None
    }

    /// The source of chance, for what is done to a sample afterwards.
    pub fn random(&mut self) -> &mut fastrand::Rng {
        &mut self.random
    }

    /// A value that all of the schemas accept.
    pub(crate) fn value(&mut self, roots: &[SchemaId], trail: &mut Trail) -> Option<Literal> {
        if self.depth >= MOST_DEPTH {
            return None;
        }
        self.depth += 1;
        let tries = if self.budget == 0 { 2 } else { MOST_TRIES };
        let mut drawn = None;
        for _ in 0..tries {
            self.budget = self.budget.saturating_sub(1);
            let known = trail.sites.len();
            // Another branch may end where this one does not.
            let mut goal = Goal::gather(self.model, roots, &mut self.random);
            drawn = self
                .satisfy(&mut goal, trail)
                .filter(|value| self.stands(&goal, value));
            if drawn.is_some() {
                break;
            }
            trail.sites.truncate(known);
            if self.anew == 0 {
                break;
            }
            self.anew -= 1;
        }
        self.depth -= 1;
        drawn
    }

    /// What is inside a value: at the step `at` from it.
    pub(crate) fn inside(
        &mut self,
        at: String,
        roots: &[SchemaId],
        trail: &mut Trail,
    ) -> Option<Literal> {
        trail.path.push(at);
        let value = self.value(roots, trail);
        trail.path.pop();
        value
    }

    /// Whether there is room for what need not be there.
    pub(crate) fn has_room(&self) -> bool {
        self.depth <= FULL_DEPTH && self.budget > 0
    }

    /// Of eight, how often something is there that need not be.
    pub(crate) fn odds(&self) -> u8 {
        match self.depth {
            _ if !self.has_room() => 0,
            0..=2 => 5,
            _ => 2,
        }
    }

    fn satisfy(&mut self, goal: &mut Goal<'m>, trail: &mut Trail) -> Option<Literal> {
        sites::note(goal, &trail.path, &mut trail.sites);
        if let Some(listed) = goal.listed() {
            return self.random.choice(listed).cloned();
        }
        let kind = self.pick_type(goal)?;
        sites::note_of(kind, goal, &trail.path, &mut trail.sites);
        match kind {
            Type::Null => Some(Literal::Null),
            Type::Boolean => Some(Literal::Boolean(self.random.bool())),
            Type::Number => {
                let rules: Vec<_> = goal.numbers().collect();
                numbers::number(&rules, &mut self.random).map(Literal::Number)
            }
            Type::String => {
                let rules: Vec<_> = goal.strings().collect();
                let shown = goal.shown();
                strings::string(&rules, &shown, &mut self.patterns, &mut self.random)
                    .map(Literal::String)
            }
            Type::List => self.list(goal, trail),
            Type::Record => self.record(goal, trail),
        }
    }

    /// Whether nothing that the schemas apply plainly refuses a value drawn for them.
    fn stands(&mut self, goal: &Goal<'m>, value: &Literal) -> bool {
        goal.schemas.iter().all(|(_, schema)| {
            schema.applied.is_empty()
                || fit::fits_applied(
                    self.model,
                    self.direction,
                    &mut self.patterns,
                    schema,
                    value,
                ) != Some(false)
        })
    }

    fn pick_type(&mut self, goal: &Goal<'_>) -> Option<Type> {
        let accepted: Vec<Type> = Type::ALL
            .into_iter()
            .filter(|it| goal.accepts(*it))
            .collect();
        let telling: Vec<Type> = accepted
            .iter()
            .copied()
            .filter(|it| goal.speaks_of(*it))
            .collect();
        if self.depth > FULL_DEPTH {
            // The plainest, so that it ends.
            return accepted.first().copied();
        }
        if telling.is_empty() || self.random.u8(0..8) == 0 {
            self.random.choice(accepted)
        } else {
            self.random.choice(telling)
        }
    }
}
