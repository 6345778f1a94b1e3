//! Ids that were there before: who has which, in the order of the run.

use std::collections::HashMap;

use specsmith_diagnostics::{Code, Mistake};
use specsmith_json::Span;

use super::held::Held;
use crate::lints::duplicate_id::duplicate;
use crate::seen::{New, Place, Seen};

/// What repetitions are reported as.
pub(super) const CODE: Code = Code("lint/duplicate-id");

/// The repeated ones of ids that follow one another, by their place among them.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    pub(super) found: Vec<(usize, Place)>,
}

impl Repeated {
    /// Notes the first of ids that follow one another, so many.
    pub(super) fn note_all<T>(
        &mut self,
        seen: &mut Seen,
        ids: (&[T], usize),
        new: impl Fn(&T) -> New + Copy,
    ) {
        let mut found = Vec::new();
        seen.note_all(ids, new, |at, earlier| found.push((at, earlier)));
        let places = found.into_iter();
        let places = places.filter_map(|(at, earlier)| Some((at, seen.place(&earlier)?)));
        self.found.extend(places);
    }
}

/// Where each id stands first in one text.
pub(super) fn firsts<K: std::hash::Hash + Eq>(
    ids: impl Iterator<Item = (K, Span)>,
) -> HashMap<K, Span> {
    let mut firsts = HashMap::new();
    for (id, span) in ids {
        firsts.entry(id).or_insert(span);
    }
    firsts
}

impl Held<'_, '_> {
    /// The finding about an id that was there before: at its value, in that item where it is one of
    /// a batch. `first` is where it stands first in the same text, which may be here.
    pub(super) fn repetition(
        &self,
        item: Option<u64>,
        value: Span,
        first: Option<Span>,
        place: &Place,
    ) -> Mistake {
        let name = self.lints.identity.name().unwrap_or_default();
        let first = first.filter(|it| *it != value);
        let mut mistake = duplicate(value, name, &self.pointer_of(item), first);
        if first.is_none() {
            let file = crate::summary::visible(&place.file);
            let line = place.line;
            mistake.help = Some(format!("the earlier record is in {file}, line {line}"));
        }
        mistake
    }
}
