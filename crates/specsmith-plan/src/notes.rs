//! What a scan notes beside its verdict: ids, what makes a record worth a look, and properties that
//! nothing knows.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use crate::plan::Program;
use crate::strangers::Strangers;
use crate::watch::{Fingerprint, Identity};

/// What was noted of the payload that was scanned last. It means nothing unless that is valid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) strangers: Strangers,
    /// The ids of its records.
    pub(crate) ids: Vec<Seen>,
    /// How many records it holds, where it is a batch.
    pub(crate) items: Option<u64>,
    /// Whether a lint may find something in it.
    pub(crate) suspected: bool,
    /// Of the record that is being scanned.
    id: Fingerprint,
    place: (usize, usize),
    /// Hashes of the names of the list of attributes that is being scanned.
    names: Vec<u64>,
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
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.strangers.clear();
        self.ids.clear();
        self.items = None;
        self.suspected = false;
        self.id = Fingerprint::default();
        self.names.clear();
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

    /// Notes a part of the identity, unescaped, and where its value stands.
    #[inline(always)]
    pub(crate) fn note_id(
        &mut self,
        identity: &Identity,
        part: u8,
        text: &[u8],
        place: (usize, usize),
    ) {
        self.id.add(identity, part, text);
        if identity.is_last(part) {
            self.place = place;
        }
    }

    /// The record that is being scanned comes to its end.
    pub(crate) fn end_record(&mut self, identity: Option<&Identity>, item: Option<u64>) {
        let id = std::mem::take(&mut self.id);
        // A list that several schemas speak of is read as often.
        let known = self.ids.last().and_then(|it| it.item);
        if item.is_some_and(|item| known.is_some_and(|known| u64::from(known) >= item)) {
            return;
        }
        if let Some(fingerprint) = identity.and_then(|it| id.finish(it)) {
            let small = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
            self.ids.push(Seen {
                fingerprint,
                item: item.map(|it| u32::try_from(it).unwrap_or(u32::MAX)),
                start: small(self.place.0),
                end: small(self.place.1),
            });
        }
    }

    /// Notes the name of an attribute.
    pub(crate) fn note_name(&mut self, hash: u64) {
        self.names.push(hash);
    }

    /// A list of attributes comes to its end.
    pub(crate) fn end_attributes(&mut self) {
        let names = self.names.iter().enumerate();
        let before = |at: usize| self.names.get(..at).unwrap_or_default();
        let mut few = names.take(NAMES);
        self.suspected |= self.names.len() > NAMES || few.any(|(at, it)| before(at).contains(it));
        self.names.clear();
    }
}

/// How many names of one list are compared without a tree.
const NAMES: usize = 16;

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
