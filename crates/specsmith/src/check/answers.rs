//! What the API would answer: which items of a batch it would refuse.

use std::collections::BTreeSet;

use specsmith_diagnostics::Mistake;
use specsmith_json::pointer;

use crate::target::Target;

/// The items refused so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    items: BTreeSet<u64>,
    whole: bool,
}

impl Answers {
    /// Notes what one record, or one batch, would be refused for. Levels have no say: the API does
    /// not know them.
    pub(super) fn take(&mut self, mistakes: &[Mistake], target: &Target, index: Option<u64>) {
        for mistake in mistakes {
            if !matches!(mistake.code.area(), "json" | "yaml" | "schema" | "limit") {
                continue;
            }
            if mistake.code.as_str() == "json/byte-order-mark" {
                continue;
            }
            match (index, item_of(mistake, target)) {
                (Some(index), _) | (None, Some(index)) => {
                    self.items.insert(index);
                }
                (None, None) => self.whole = true,
            }
        }
    }

    /// `200, partial success: 3 of 1000 items refused`, and the like.
    pub(super) fn words(&self, records: u64, target: &Target) -> String {
        let refused = self.items.len() as u64;
        let what = match (target.batch.is_some(), records) {
            (false, 0 | 1) => "the item",
            (_, _) => "every item",
        };
        if self.whole {
            return "400, the request is refused as a whole".to_owned();
        }
        match refused {
            0 => format!("200, {what} accepted"),
            refused if refused >= records => format!("400, {what} refused"),
            refused => format!("200, partial success: {refused} of {records} items refused"),
        }
    }
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
