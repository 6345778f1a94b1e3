//! What the API would answer: which items of a batch it would refuse.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::Mistake;
use specsmith_json::pointer;

use super::stream::is_no_json;
use super::subject::{Part, Root};
use crate::target::Target;

/// What would be refused so far, by request: each payload of a file of batches is one by its
/// number, and any other file is one.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    requests: BTreeMap<Option<u64>, Refused>,
}

/// What of a request would be refused.
#[derive(Clone, Debug, Default)]
struct Refused {
    items: BTreeSet<u64>,
    whole: bool,
    /// Whether the list of a batch is missing, which the API does not mind.
    listless: bool,
    /// How many items it has, where it is one batch of several.
    of: u64,
}

impl Answers {
    /// Notes what one record, or one batch with the root, would be refused for. Levels have no say:
    /// the API does not know them.
    pub(super) fn take(
        &mut self,
        mistakes: &[Mistake],
        target: &Target,
        (root, part): (&Root<'_>, Part),
    ) {
        let (request, index) = match (&target.batch, part) {
            (Some(_), Part::Payload(number)) => (Some(number), None),
            (_, part) => (None, part.number()),
        };
        for mistake in mistakes {
            if mistake.code.as_str() == "lint/missing-items" {
                self.requests.entry(request).or_default().listless = true;
            }
            if !matches!(mistake.code.area(), "json" | "yaml" | "schema" | "limit") {
                continue;
            }
            if mistake.code.as_str() == "json/byte-order-mark" {
                continue;
            }
            let refused = self.requests.entry(request).or_insert_with(|| Refused {
                of: items(root, target),
                ..Refused::default()
            });
            // A request that is no JSON has no items.
            let unread = target.batch.is_some() && is_no_json(mistake);
            match (index, item_of(mistake, target)) {
                (Some(index), _) | (None, Some(index)) if !unread => {
                    refused.items.insert(index);
                }
                (_, _) => refused.whole = true,
            }
        }
    }

    /// For each request that would be refused in part or as a whole, its record and what is said of
    /// it: `200, partial success: 3 of 1000 items refused`, and the like; then what is said of all
    /// others, or of a file that is one request.
    pub(super) fn words(&self, records: u64, target: &Target) -> Vec<(Option<u64>, String)> {
        let batch = target.batch.is_some();
        let said = self.requests.iter().map(|(request, refused)| {
            let of = if request.is_some() {
                refused.of
            } else {
                records
            };
            (*request, refused.words(of, batch))
        });
        let mut said: Vec<_> = said.collect();
        let several = said.first().is_some_and(|(request, _)| request.is_some());
        match said.is_empty() {
            true => said.push((None, Refused::default().words(records, batch))),
            false if several && records > 1 => {
                said.push((None, "200, every item accepted, to all others".to_owned()));
            }
            false => {}
        }
        said
    }
}

impl Refused {
    fn words(&self, of: u64, batch: bool) -> String {
        let refused = self.items.len() as u64;
        let what = match (batch, of) {
            (false, 0 | 1) => "the item",
            (_, _) => "every item",
        };
        if self.whole {
            return "400, the request is refused as a whole".to_owned();
        }
        match refused {
            0 if self.listless => "200, and take in no item".to_owned(),
            0 => format!("200, {what} accepted"),
            refused if refused >= of => format!("400, {what} refused"),
            refused => format!("200, partial success: {refused} of {of} items refused"),
        }
    }
}

/// How many items a batch has.
fn items(root: &Root<'_>, target: &Target) -> u64 {
    let list = target.batch.as_ref().and_then(|batch| {
        let list = root.get()?.get(&batch.property)?;
        list.as_array()
    });
    list.map_or(0, |it| it.len() as u64)
}

/// The item of a batch that a mistake is in.
fn item_of(mistake: &Mistake, target: &Target) -> Option<u64> {
    let Some(batch) = &target.batch else {
        return Some(0);
    };
    let tokens = pointer::tokens(&mistake.pointer)?;
    match tokens.as_slice() {
        [property, item, ..] if *property == batch.property => {
            pointer::index(item).map(|it| it as u64)
        }
        _ => None,
    }
}
