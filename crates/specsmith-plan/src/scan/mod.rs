//! The second pass: judges records where they stand, without a tree and without allocating.
//!
//! It is sure of most records. What it cannot decide in place (a name that occurs twice, numbers
//! that differ only in how they are written, what was not evaluated elsewhere) it leaves to the
//! tree, by saying so.

mod applied;
mod list;
mod noting;
mod object;
mod passage;
mod plain;
mod rest;
mod row;
mod scalar;
mod skip;

use crate::attention::AtEnd;
use crate::kernels::keyed::Keys;
use crate::marked::Marked;
use crate::notes::{Notes, Seen, Why};
use crate::plan::{Kinds, Node, NodeId, Program, RecordRule};
use crate::quick::quick;
use crate::simd::Vector;
use crate::stream::Enough;
use crate::watch::Identity;

/// Why a scan did not come to the end of a valid value.
///
/// As large as a place, so that an [`End`] is handed back in two registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Stop {
    /// The text is no JSON, or the value does not fit.
    Invalid,
    /// Only the tree can tell.
    Unsure,
}

/// Where a value ends.
pub(crate) type End = Result<usize, Stop>;

/// What a scan writes to, kept from one record to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// Hashes of the names or items that must differ, those of inner values last.
    hashes: Vec<u64>,
    text: String,
    pub(crate) notes: Notes,
}

/// Deeper than this the tree takes over, so that the stack stays small.
const DEEPEST: usize = 128;
/// So many bytes of a record may be read more than once; beyond, the tree remembers instead.
const PATIENCE: usize = 1 << 20;

/// A scan over one text.
pub(crate) struct Scan<'a, V, T> {
    vector: V,
    program: &'a Program,
    text: T,
    /// The first mark at or behind the place that is looked at.
    at: usize,
    hashes: &'a mut Vec<u64>,
    room: &'a mut String,
    notes: &'a mut Notes,
    /// What the parts of an id are hashed under.
    identity: &'a [Keys],
    /// What payloads are judged by.
    root: Rooted<'a>,
    /// How deep the properties of a record are.
    record_depth: usize,
    /// Whether what is watched for is noted here; else the tree must look for it.
    telling: bool,
    depth: usize,
    deepest: usize,
    /// Whether a line break ends the record.
    lines: bool,
    nested: u32,
    /// How many bytes may still be read more than once.
    patience: usize,
}

/// The node that a record is judged by.
#[derive(Clone, Copy)]
pub(crate) struct Rooted<'a> {
    id: NodeId,
    /// The rule of objects, where it alone decides about them.
    record: Option<&'a RecordRule>,
}

impl<'a> Rooted<'a> {
    pub(crate) fn of(program: &'a Program, id: NodeId) -> Self {
        Self::with(program, id, quick(program, id).record)
    }

    fn of_root(program: &'a Program) -> Self {
        Self::with(program, program.root, program.root_record)
    }

    fn with(program: &'a Program, id: NodeId, record: Option<u32>) -> Self {
        let record = record.and_then(|it| program.records.get(it as usize));
        Self { id, record }
    }
}

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    pub(crate) fn new(
        vector: V,
        program: &'a Program,
        text: T,
        scratch: &'a mut Scratch,
        lines: bool,
    ) -> Self {
        let identity = program.options.watch.identity.as_ref();
        let identity = identity.map_or(&[][..], Identity::keys);
        scratch.notes.forget_places();
        Self {
            vector,
            program,
            text,
            at: 0,
            hashes: &mut scratch.hashes,
            room: &mut scratch.text,
            notes: &mut scratch.notes,
            identity,
            root: Rooted::of_root(program),
            record_depth: 1,
            telling: true,
            depth: 0,
            deepest: program.options.limits.depth.min(DEEPEST),
            lines,
            nested: 0,
            patience: 0,
        }
    }

    /// Judges the payload that begins at `start`, before which every mark has been passed, and
    /// returns where its value ends. After a stop the marks are anywhere.
    #[inline(always)]
    pub(crate) fn root(&mut self, start: usize) -> End {
        self.record_depth = self.program.attention.depth;
        let end = self.noting(self.root, start)?;
        if self.record_depth > 1 && self.notes.items.is_none() {
            // A batch without its list.
            let watch = &self.program.options.watch;
            self.notes.suspect(watch.suspicion.is_some());
        }
        Ok(end)
    }

    /// The same for one record, by the node of the items of a batch.
    #[inline(always)]
    pub(crate) fn item(&mut self, node: Rooted<'a>, start: usize) -> End {
        self.record_depth = 1;
        self.deepest = self.program.item_limits().depth.min(DEEPEST);
        self.noting(node, start)
    }

    #[inline(always)]
    fn noting(&mut self, node: Rooted<'a>, start: usize) -> End {
        self.notes.clear();
        self.depth = 0;
        self.nested = 0;
        self.patience = PATIENCE;
        self.telling = true;
        let end = match node.record {
            Some(rule) if self.byte(start) == b'{' => self.object(rule, start),
            Some(_) | None => self.value(node.id, start),
        };
        let end = match end {
            // What stands behind the text's end is no part of it.
            Ok(end) if end > self.text.end() => Err(Stop::Invalid),
            end => end,
        };
        if end.is_err() {
            self.hashes.clear();
            self.notes.break_off();
        } else if let Some(at_end) = self.program.attention.at_end {
            match at_end {
                AtEnd::Unsure => return Err(Stop::Unsure),
                AtEnd::Suspected => self.notes.suspect(true),
            }
        }
        end
    }

    /// What records of that node are judged by.
    pub(crate) fn rooted(&self, node: NodeId) -> Rooted<'a> {
        Rooted::of(self.program, node)
    }

    /// Whether anything is noted.
    #[inline(always)]
    pub(crate) fn watching(&self) -> bool {
        self.program.watching
    }

    /// Whether anything was noted of the valid payload that was scanned last beside
    /// [`Self::whole_id`].
    #[inline(always)]
    pub(crate) fn has_noted(&self) -> bool {
        self.notes.are_any()
    }

    /// Why to look again at the valid record that was scanned last, if there is a reason.
    pub(crate) fn why(&mut self, start: usize) -> Option<Why> {
        self.notes.why(self.program, self.text.text(), start)
    }

    /// How many properties that nothing knows are in it, where that is all there is to say.
    pub(crate) fn countable(&self, enough: &Enough) -> Option<u64> {
        self.notes.countable(self.program, self.text.text(), enough)
    }

    /// The id of the valid payload that begins at `start` and was scanned last, where that is one
    /// record.
    #[inline(always)]
    pub(crate) fn whole_id(&mut self, start: usize) -> Option<Seen> {
        // Of a batch nothing is left but what stands beside its records.
        match self.record_depth {
            1 => self.id_behind(start),
            _ => None,
        }
    }

    /// Puts that with the ids of the records in the payload.
    pub(crate) fn list_id(&mut self, start: usize) {
        let id = self.whole_id(start);
        self.notes.list(id);
    }

    /// The ids of the records in the valid payload that was scanned last, but for [`Self::whole_id`].
    pub(crate) fn listed_ids(&self) -> &[Seen] {
        self.notes.listed_ids()
    }

    #[inline(always)]
    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.text.byte(at)
    }

    #[inline(always)]
    fn peek_mark(&self, ahead: usize) -> usize {
        self.text.mark(self.at + ahead)
    }

    /// Passes white space.
    #[inline(always)]
    pub(crate) fn space(&mut self, at: usize) -> usize {
        if self.byte(at) > b' ' {
            at
        } else {
            self.long_space(at)
        }
    }

    #[inline(never)]
    fn long_space(&mut self, mut at: usize) -> usize {
        while at < self.text.end() {
            match self.byte(at) {
                b' ' => {}
                b'\t' | b'\r' => self.at += 1,
                b'\n' if !self.lines => self.at += 1,
                _ => return at,
            }
            at += 1;
        }
        at
    }

    /// The close of the string that opens at the next mark. Its text holds no control character
    /// and no broken escape.
    #[inline(always)]
    fn string_end(&mut self) -> End {
        let close = self.peek_mark(1);
        self.at += 2;
        if self.byte(close) == b'"' && close < self.text.end() {
            Ok(close)
        } else {
            Err(Stop::Invalid)
        }
    }

    /// Judges one value against one node.
    #[inline(always)]
    fn value(&mut self, id: NodeId, at: usize) -> End {
        let program = self.program;
        let node = program.node(id);
        let at = self.space(at);
        let mark = self.at;
        let end = match self.byte(at) {
            b'"' => {
                let close = self.string_end()?;
                if !node.kinds.has(Kinds::STRING) {
                    return Err(Stop::Invalid);
                }
                if let Some(rule) = program.strings.get(node.string as usize) {
                    self.string(rule, at + 1, close)?;
                }
                if let Some(literals) = program.literals.get(node.literals as usize) {
                    self.listed_string(literals, at + 1, close)?;
                }
                close + 1
            }
            b'n' => {
                let end = self.word(at, b"null")?;
                self.kind(node, Kinds::NULL)?;
                end
            }
            b'{' => {
                self.kind(node, Kinds::RECORD)?;
                self.structure(node)?;
                match program.records.get(node.record as usize) {
                    Some(rule) => self.object(rule, at)?,
                    None => self.skip_object(at)?,
                }
            }
            b'[' => {
                self.kind(node, Kinds::LIST)?;
                self.structure(node)?;
                match program.lists.get(node.list as usize) {
                    Some(rule) => self.list(rule, at)?,
                    None => self.skip_list(at)?,
                }
            }
            b't' => {
                let end = self.word(at, b"true")?;
                self.boolean(node, true)?;
                end
            }
            b'f' => {
                let end = self.word(at + 1, b"alse")?;
                self.boolean(node, false)?;
                end
            }
            b'-' | b'0'..=b'9' => {
                let end = self.number_end(at)?;
                self.kind(node, Kinds::NUMBER)?;
                self.number(node, at, end)?;
                end
            }
            _ => return Err(Stop::Invalid),
        };
        if node.applied.0 != node.applied.1 || node.by_tree {
            self.applied(node, mark, at, end)?;
        }
        Ok(end)
    }

    /// Whether values of that kind are accepted at all.
    #[inline(always)]
    fn kind(&self, node: &Node, kind: u8) -> Result<(), Stop> {
        if node.kinds.has(kind) && node.listed.has(kind) {
            Ok(())
        } else {
            Err(Stop::Invalid)
        }
    }

    /// Arrays and objects that a specification lists are compared as trees.
    #[inline(always)]
    fn structure(&self, node: &Node) -> Result<(), Stop> {
        match self.program.literals.get(node.literals as usize) {
            Some(literals) if literals.nested => Err(Stop::Unsure),
            Some(_) | None => Ok(()),
        }
    }
}
