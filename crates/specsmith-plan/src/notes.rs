//! What a scan notes beside its verdict: ids, what makes a record worth a look, and properties that
//! nothing knows.

use specsmith_diagnostics::Mistake;
use specsmith_json::Node;

use crate::names::Names;
use crate::plan::{NodeId, Program};
use crate::strangers::Strangers;
use crate::stream::Enough;
use crate::watch::Identity;

/// What was noted of the payload that was scanned last. It means nothing unless that is valid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    /// What there is beside names and parts of an id, as bits, so that of most payloads no more is
    /// asked than whether there is anything.
    what: u8,
    pub(crate) strangers: Strangers,
    /// The ids of its records.
    listed: Vec<Seen>,
    /// How many records it holds, where it is a batch.
    pub(crate) items: Option<u64>,
    /// Where the name of an attribute stands that was noted last. That of an earlier object stands
    /// before the one that is being scanned.
    pub(crate) name: Place,
    /// The same of the parts of an id.
    pub(crate) parts: [Place; PARTS],
    /// The names of the list of attributes that is being scanned.
    pub(crate) names: Names,
}

/// Where a string stands, from quote to quote.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    start: u32,
    end: u32,
}

impl Place {
    #[inline(always)]
    fn new(start: usize, end: usize) -> Self {
        // A longer text has no place that 32 bits cannot say.
        let (start, end) = (start as u32, end as u32);
        Self { start, end }
    }

    /// Where it begins and ends, if it stands behind the brace of an object.
    #[inline(always)]
    pub(crate) fn behind(self, brace: usize) -> Option<(usize, usize)> {
        let (start, end) = (self.start as usize, self.end as usize);
        (start > brace).then_some((start, end))
    }
}

/// An id of more parts is left to the tree.
pub(crate) const PARTS: usize = 8;

/// A lint may find something in the payload.
const SUSPECTED: u8 = 1;
/// There is something to tell, to hand on or to forget.
const MORE: u8 = 1 << 1;

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
        if self.are_any() {
            self.forget();
        }
    }

    #[inline(never)]
    fn forget(&mut self) {
        self.what = 0;
        self.strangers.clear();
        self.listed.clear();
        self.items = None;
        self.names.clear();
    }

    /// Whether there are any beside names and the parts of an id.
    #[inline(always)]
    pub(crate) fn are_any(&self) -> bool {
        self.what != 0
    }

    /// The payload is not read to its end, so that anything may be left of it.
    pub(crate) fn break_off(&mut self) {
        self.what |= MORE;
    }

    /// Notes that a lint may find something, if that is so.
    #[inline(always)]
    pub(crate) fn suspect(&mut self, suspected: bool) {
        self.what |= u8::from(suspected) * SUSPECTED;
    }

    /// Notes a property that nothing knows, by its quotes, in the object at a brace.
    pub(crate) fn note_stranger(&mut self, node: NodeId, object: usize, quotes: (usize, usize)) {
        self.what |= MORE;
        self.strangers.note(node, object, quotes);
    }

    /// Notes how many records a batch holds.
    pub(crate) fn end_batch(&mut self, items: u64) {
        self.what |= MORE;
        self.items = Some(items);
    }

    /// Forgets where strings stand, because places count anew.
    pub(crate) fn forget_places(&mut self) {
        self.name = Place::default();
        self.parts = [Place::default(); PARTS];
    }

    /// Notes where the name of an attribute stands.
    #[inline(always)]
    pub(crate) fn keep_name(&mut self, start: usize, end: usize) {
        self.name = Place::new(start, end);
    }

    /// Notes where a part of an id stands.
    #[inline(always)]
    pub(crate) fn keep_part(&mut self, part: u8, start: usize, end: usize) {
        self.parts[usize::from(part) % PARTS] = Place::new(start, end);
    }

    fn are_suspicious(&self) -> bool {
        self.what & SUSPECTED != 0
    }

    /// How many properties that nothing knows are in the valid record, where that is all there is
    /// to say about it.
    pub(crate) fn countable(&self, program: &Program, text: &[u8], enough: &Enough) -> Option<u64> {
        if self.are_suspicious() || self.strangers.is_empty() {
            return None;
        }
        self.strangers.countable(program, text, enough)
    }

    /// Why to look again at the valid record that begins at `start`, if there is a reason.
    pub(crate) fn why(&mut self, program: &Program, text: &[u8], start: usize) -> Option<Why> {
        let suspected = self.are_suspicious();
        if suspected || !self.strangers.is_empty() {
            let told = self.strangers.tell(program, text, start);
            return Some(Why::Noted { told, suspected });
        }
        None
    }

    /// The ids of its records.
    pub(crate) fn listed_ids(&self) -> &[Seen] {
        &self.listed
    }

    /// Puts an id with those of the records.
    pub(crate) fn list(&mut self, id: Option<Seen>) {
        self.what |= MORE;
        self.listed.extend(id);
    }

    /// Notes the id of an item, which was scanned to its end.
    pub(crate) fn end_item(&mut self, item: u64, id: Option<Seen>) {
        // A list that several schemas speak of is read as often.
        let known = self.listed.last().and_then(|it| it.item);
        if known.is_some_and(|known| u64::from(known) >= item) {
            return;
        }
        let item = Some(u32::try_from(item).unwrap_or(u32::MAX));
        self.list(id.map(|id| Seen { item, ..id }));
    }

    /// A list of attributes comes to its end.
    #[inline(always)]
    pub(crate) fn end_attributes(&mut self) {
        let twice = self.names.end();
        self.suspect(twice);
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
