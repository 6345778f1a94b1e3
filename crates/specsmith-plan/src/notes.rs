//! What a scan notes beside its verdict: ids, what makes a record worth a look, and properties that
//! nothing knows.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use crate::names::Names;
use crate::plan::Program;
use crate::strangers::Strangers;
use crate::stream::Enough;
use crate::watch::{Fingerprint, Identity};

/// What was noted of the payload that was scanned last. It means nothing unless that is valid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) strangers: Strangers,
    /// The ids of its records, where it is a batch.
    listed: Vec<Seen>,
    /// How many records it holds, where it is a batch.
    pub(crate) items: Option<u64>,
    /// Whether a lint may find something in it.
    pub(crate) suspected: bool,
    /// Of the record that is being scanned.
    id: Fingerprint,
    place: (usize, usize),
    /// The names of the list of attributes that is being scanned.
    pub(crate) names: Names,
}

/// Why a record is looked at again.
#[derive(Debug)]
pub(crate) enum Why {
    /// The scan did not say that it is valid.
    Unsure,
    /// It is valid, and there is that to tell, or a lint may find something in it.
    Noted { told: Vec<Mistake>, suspected: bool },
}

/// The id of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) fingerprint: u64,
    /// The place of the record in its batch.
    pub(crate) item: Option<u32>,
    /// The value of the last property of the identity.
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Notes {
    /// Forgets everything that is of one payload.
    #[inline(always)]
    pub(crate) fn clear(&mut self) {
        self.strangers.clear();
        self.listed.clear();
        self.items = None;
        self.suspected = false;
        self.id = Fingerprint::default();
        self.names.clear();
    }

    /// How many properties that nothing knows are in the valid record, where that is all there is
    /// to say about it.
    #[inline(always)]
    pub(crate) fn countable(&self, program: &Program, text: &[u8], enough: &Enough) -> Option<u64> {
        let suspected = self.suspected || program.options.watch.everything;
        if suspected || self.strangers.is_empty() {
            return None;
        }
        self.strangers.countable(program, text, enough)
    }

    /// Why to look again at the valid record that begins at `start`, if there is a reason.
    #[inline(always)]
    pub(crate) fn why(&mut self, program: &Program, text: &[u8], start: usize) -> Option<Why> {
        let suspected = self.suspected || program.options.watch.everything;
        if suspected || !self.strangers.is_empty() {
            let told = self.strangers.tell(program, text, start);
            return Some(Why::Noted { told, suspected });
        }
        None
    }

    /// Notes the hash of a part of the identity, and where its value stands.
    #[inline(always)]
    pub(crate) fn note_id(
        &mut self,
        identity: &Identity,
        part: u8,
        hash: u64,
        place: (usize, usize),
    ) {
        self.id.add(part, hash);
        if identity.is_last(part) {
            self.place = place;
        }
    }

    /// The id of the payload, where that is one record.
    #[inline(always)]
    pub(crate) fn whole_id(&self, identity: Option<&Identity>) -> Option<Seen> {
        // Of a batch nothing is left.
        let fingerprint = self.id.finish(identity?)?;
        Some(self.seen(fingerprint, None))
    }

    /// The ids of its records, where it is a batch.
    #[inline(always)]
    pub(crate) fn listed_ids(&self) -> &[Seen] {
        &self.listed
    }

    /// Forgets what was noted of an id: it is of something beside the records of a batch.
    #[inline(always)]
    pub(crate) fn forget_id(&mut self) {
        self.id = Fingerprint::default();
    }

    /// The record that is being scanned comes to its end; it is an item of a batch.
    pub(crate) fn end_item(&mut self, identity: Option<&Identity>, item: u64) {
        let id = std::mem::take(&mut self.id);
        // A list that several schemas speak of is read as often.
        let known = self.listed.last().and_then(|it| it.item);
        if known.is_some_and(|known| u64::from(known) >= item) {
            return;
        }
        if let Some(fingerprint) = identity.and_then(|it| id.finish(it)) {
            let item = u32::try_from(item).unwrap_or(u32::MAX);
            self.listed.push(self.seen(fingerprint, Some(item)));
        }
    }

    #[inline(always)]
    fn seen(&self, fingerprint: u64, item: Option<u32>) -> Seen {
        let small = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Seen {
            fingerprint,
            item,
            start: small(self.place.0),
            end: small(self.place.1),
        }
    }

    /// A list of attributes comes to its end.
    #[inline(always)]
    pub(crate) fn end_attributes(&mut self) {
        self.suspected |= self.names.end();
    }
}

/// The ids of the records of a payload, read from its tree.
pub(crate) fn ids_of(identity: &Identity, batch: Option<&str>, root: &Node) -> Vec<Seen> {
    let seen = |record, item| {
        let (fingerprint, span) = identity.of(record)?;
        Some(Seen {
            fingerprint,
            item,
            start: span.start,
            end: span.end,
        })
    };
    match batch {
        None => seen(root, None).into_iter().collect(),
        Some(batch) => {
            let list = root.get(batch).and_then(|it| it.as_array());
            let items = (0..).zip(list.unwrap_or_default());
            items
                .filter_map(|(at, item)| seen(item, Some(at)))
                .collect()
        }
    }
}
