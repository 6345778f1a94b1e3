//! Records that the scan does not pass over: the tree decides, and says what is to be told.

use specsmith_diagnostics::Mistake;

use crate::explain::examine;
use crate::glance::{Glance, Seen, Why, ids_of};
use crate::judge::{Judge, Scanned};
use crate::plan::Program;
use crate::tree::Item;

/// What is to be told of a record.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) mistakes: Vec<Mistake>,
    pub(super) suspected: bool,
    pub(super) ids: Vec<Seen>,
    /// How many records a batch holds.
    pub(super) items: Option<u64>,
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

/// Decides by the tree: an item of a batch, or a payload.
pub(super) fn decide(program: &Program, item: Option<Item>, record: &[u8], why: Why) -> Judged {
    let watch = &program.options.watch;
    let mut judged = Judged::default();
    let root = match why {
        Why::Suspected => None,
        Why::Hidden => specsmith_json::read(record, &program.options.limits).root,
        Why::Unsure => {
            let (mistakes, root) = examine(program, item, record);
            judged.mistakes = mistakes;
            root
        }
    };
    judged.suspected = watch.suspicion.is_some()
        && match why {
            Why::Suspected | Why::Hidden => true,
            Why::Unsure => {
                let mut glance = Glance::default();
                let why = match item {
                    Some(_) => glance.record(watch, record),
                    None => glance.payload(watch, record),
                };
                judged.mistakes.is_empty() && why.is_some()
            }
        };
    let batch = watch.batch.as_deref().filter(|_| item.is_none());
    if let (Some(identity), Some(root)) = (&watch.identity, &root) {
        judged.ids = ids_of(identity, batch, root);
    }
    let list = batch.and_then(|batch| root.as_ref()?.get(batch)?.as_array());
    judged.items = list.map(|items| items.len() as u64);
    judged
}

/// Judges one payload.
pub(super) fn judge_one(program: &Program, payload: &[u8]) -> Judged {
    let mut judge = Judge::of(program);
    match judge.look(payload) {
        (Scanned::Valid, None) => of_glance(judge.glance(), false),
        (Scanned::Valid, Some(Why::Suspected)) => of_glance(judge.glance(), true),
        (Scanned::Valid, Some(why)) => decide(program, None, payload, why),
        (Scanned::Invalid | Scanned::Unsure, _) => decide(program, None, payload, Why::Unsure),
    }
}

fn of_glance(glance: &Glance, suspected: bool) -> Judged {
    Judged {
        mistakes: Vec::new(),
        suspected,
        ids: glance.ids.clone(),
        items: glance.items,
    }
}
