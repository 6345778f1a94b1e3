//! What a name says of which target a record is for.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

use crate::target::Target;

/// What a name says that nobody knows but is near one that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// As little as any other that is unknown.
    Unknown,
    /// Neither for the target nor against it.
    Neither,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Level {
    /// At the root of the payload.
    Own,
    /// In a record of a batch.
    Item,
}

/// What names say for a target together, and whether it knows any of them.
pub(super) type Sum = (i64, bool);

/// What a name says for each target.
type Weighed = Box<[i8]>;

/// The weights of names, each found out once.
pub(super) struct Weights<'t, 'r> {
    targets: &'t [&'t Target],
    near: Near,
    /// How many more names may be compared with others that are near.
    left: Cell<usize>,
    known: RefCell<HashMap<(Level, &'r str), Weighed>>,
    /// Which names of lists are near those of properties.
    called: RefCell<HashMap<(&'r str, &'t str), bool>>,
}

/// So many comparisons tell what a file is for, or no number of them does.
const COMPARED: usize = 200_000;
/// What a name weighs that a target knows; one that it does not know weighs as much against it.
const KNOWN: i8 = 1;
/// What a name weighs that a record of this target must have and that no other kind of record knows.
const TELLING: i8 = 5;

impl<'t, 'r> Weights<'t, 'r> {
    pub(super) fn new(targets: &'t [&'t Target], near: Near) -> Self {
        Self {
            targets,
            near,
            left: Cell::new(COMPARED),
            known: RefCell::default(),
            called: RefCell::default(),
        }
    }

    /// What the names say for each target.
    pub(super) fn sums(&self, level: Level, names: &'r [Cow<'r, str>]) -> Vec<Sum> {
        let mut known = self.known.borrow_mut();
        let mut sums = vec![(0, false); self.targets.len()];
        for name in names {
            let all = known
                .entry((level, &**name))
                .or_insert_with(|| self.of(level, name));
            for ((sum, knows), weight) in sums.iter_mut().zip(all.iter()) {
                *sum += i64::from(*weight);
                *knows |= *weight > -KNOWN;
            }
        }
        sums
    }

    /// Whether a list that is called so may be what a property should be.
    pub(super) fn is_called(&self, name: &'r str, property: &'t str) -> bool {
        let mut called = self.called.borrow_mut();
        let near = || specsmith_rules::nearest(name, [property]).is_some();
        *called.entry((name, property)).or_insert_with(near)
    }

    /// What a name says for each target.
    fn of(&self, level: Level, name: &str) -> Weighed {
        let targets = self.targets.iter();
        let weight = |target: &&Target| {
            let (names, required) = match (level, &target.batch) {
                (Level::Own, _) => (&target.names, &target.required),
                (Level::Item, Some(batch)) => (&batch.names, &batch.required),
                // A list that it does not know.
                (Level::Item, None) => return -KNOWN,
            };
            let is_record = level == Level::Item || target.batch.is_none();
            if !names.contains(name) {
                return match self.near {
                    Near::Neither if self.is_near(name, names) => 0,
                    Near::Neither | Near::Unknown => -KNOWN,
                };
            }
            match is_record && required.contains(name) && self.is_of_one(name, names) {
                true => TELLING,
                false => KNOWN,
            }
        };
        targets.map(weight).collect()
    }

    fn is_near(&self, name: &str, names: &BTreeSet<String>) -> bool {
        let left = self.left.get().saturating_sub(names.len());
        self.left.set(left);
        let known = names.iter().map(String::as_str);
        left > 0 && specsmith_rules::nearest(name, known).is_some()
    }

    /// Whether no other kind of record knows a name than that of these names.
    fn is_of_one(&self, name: &str, names: &BTreeSet<String>) -> bool {
        self.targets.iter().all(|other| {
            let others = match &other.batch {
                Some(batch) => &batch.names,
                None => &other.names,
            };
            others == names || !others.contains(name)
        })
    }
}
