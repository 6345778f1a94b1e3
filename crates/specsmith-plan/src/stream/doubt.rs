//! Records that the scan does not pass over: the tree decides, and says what is to be told.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use super::Id;
use crate::explain::examine;
use crate::judge::{Judge, Scanned};
use crate::notes::{Seen, Why, ids_of};
use crate::plan::{NodeId, Program};
use crate::tree::report::DOCUMENT;

/// Of so many records that are judged before they are told the trees are kept: together they take
/// many times the memory of their text.
pub(super) const KEPT: usize = 64;

/// So many records in doubt are told before more are looked for: what is to be told of them takes
/// many times the memory of their text.
pub(super) const MOST: usize = 1024;

/// What is to be told of a record.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) mistakes: Vec<Mistake>,
    pub(super) suspected: bool,
    pub(super) ids: Vec<Seen>,
    /// How many records a batch holds.
    pub(super) items: Option<u64>,
    /// The record, where it was read as a tree.
    pub(super) tree: Option<Node>,
}

impl Judged {
    pub(super) fn mistaken(mistake: Mistake) -> Self {
        Self {
            mistakes: vec![mistake],
            ..Self::default()
        }
    }

    /// Whether there is anything to tell.
    pub(super) fn is_told(&self) -> bool {
        self.suspected || !self.mistakes.is_empty()
    }
}

/// Decides about an item of that node, or a payload: by the tree, where the scan did not.
pub(super) fn decide(program: &Program, item: Option<NodeId>, record: &[u8], why: Why) -> Judged {
    let mut judged = Judged::default();
    match why {
        Why::Noted { told, suspected } => {
            judged.mistakes = told;
            judged.suspected = suspected;
        }
        Why::Unsure => {
            let watch = &program.options.watch;
            let (mistakes, root) = examine(program, item, record, None);
            judged.mistakes = mistakes;
            judged.suspected = watch.suspicion.is_some() || watch.everything;
            let batch = watch.batch.as_deref().filter(|_| item.is_none());
            if let (Some(identity), Some(root)) = (&watch.identity, &root) {
                judged.ids = ids_of(identity, batch, root);
            }
            let list = batch.and_then(|batch| root.as_ref()?.get(batch)?.as_array());
            judged.items = list.map(|items| items.len() as u64);
            judged.tree = root;
        }
    }
    judged
}

/// Puts the ids from `sure` on, of which there are few, among those before them: both are in the
/// order of their records.
pub(super) fn merge(ids: &mut [Id], sure: usize) {
    let late = ids.get(sure..).unwrap_or_default().to_vec();
    let mut end = sure;
    for (before, id) in late.iter().enumerate().rev() {
        let ahead = ids.get(..end).unwrap_or_default();
        let place = ahead.partition_point(|it| (it.index, it.item) <= (id.index, id.item));
        ids.copy_within(place..end, place + before + 1);
        if let Some(slot) = ids.get_mut(place + before) {
            *slot = *id;
        }
        end = place;
    }
}

/// Calls the root of an item by its number, as it is called in the whole batch.
pub(super) fn call_item(mistakes: &mut [Mistake], number: u64) {
    for mistake in mistakes {
        if let Some(clause) = mistake.message.strip_prefix(DOCUMENT) {
            mistake.message = format!("item {number}{clause}");
        }
    }
}

/// Judges one payload.
pub(super) fn judge_one(program: &Program, payload: &[u8]) -> Judged {
    let mut judge = Judge::of_few(program);
    let (scanned, why) = judge.look(payload);
    let mut judged = match (scanned, why) {
        (Scanned::Valid, None) => Judged::default(),
        (Scanned::Valid, Some(why)) => decide(program, None, payload, why),
        (Scanned::Invalid | Scanned::Unsure, _) => {
            return decide(program, None, payload, Why::Unsure);
        }
    };
    let notes = judge.notes();
    judged.ids.extend(notes.listed_ids());
    judged.items = notes.items;
    judged
}
