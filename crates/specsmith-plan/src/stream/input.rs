//! One reused buffer over a reader.

use std::io::{self, ErrorKind, Read};

use specsmith_diagnostics::{BYTE_ORDER_MARK, Code, Mistake};

use super::{Record, RecordReport, StreamOptions, Subject};
use crate::codes;
use crate::marked::PAGE_AND_PADDING;
use crate::marks::PADDING;
use crate::spare::{Lent, Spare};

/// A reader, and the stretch of it that is being looked at.
pub(super) struct Input<'p, R> {
    reader: R,
    buffer: Lent<'p, Vec<u8>>,
    /// How many bytes of the buffer are of the input.
    have: usize,
    /// Where the buffer's first byte stands in the input.
    offset: u64,
    /// How many bytes have been read.
    bytes: u64,
    ended: bool,
    marked: bool,
    usual: usize,
}

/// So much can be read behind the bytes at hand, so that any place in them begins a page.
pub(super) const BEHIND: usize = PAGE_AND_PADDING;

/// A buffer of so many bytes is kept once it has grown.
const KEPT: usize = 2 << 20;

impl<'p, R: Read> Input<'p, R> {
    pub(super) fn new(reader: R, options: &StreamOptions, spare: &'p Spare) -> Self {
        let usual = options.buffer.max(4096);
        Self {
            reader,
            buffer: spare.buffer(usual + BEHIND),
            have: 0,
            offset: 0,
            bytes: 0,
            ended: false,
            marked: false,
            usual,
        }
    }

    /// Passes a byte order mark. Of two, the second is no mark: the record says so.
    pub(super) fn skip_mark(&mut self) -> io::Result<()> {
        while self.have < 2 * BYTE_ORDER_MARK.len() && self.fill()? {}
        let behind = self.text().strip_prefix(BYTE_ORDER_MARK);
        if behind.is_some_and(|it| !it.starts_with(BYTE_ORDER_MARK)) {
            self.marked = true;
            self.consume(BYTE_ORDER_MARK.len());
        }
        Ok(())
    }

    /// What is said about a byte order mark, if there was one.
    pub(super) fn mark_report(&self) -> Option<RecordReport<'static>> {
        let kind = specsmith_json::FaultKind::ByteOrderMark;
        self.marked.then(|| RecordReport {
            subject: Subject::Input,
            record: Record {
                index: 0,
                line: 1,
                column: 1,
                offset: 0,
                text: BYTE_ORDER_MARK,
                gap: None,
            },
            mistakes: vec![Mistake {
                help: kind.help().map(str::to_owned),
                ..Mistake::new(
                    Code(kind.code()),
                    kind.to_string(),
                    0..BYTE_ORDER_MARK.len() as u64,
                )
            }],
            suspected: false,
            tree: None,
        })
    }

    /// The bytes at hand.
    pub(super) fn text(&self) -> &[u8] {
        self.buffer.get(..self.have).unwrap_or_default()
    }

    /// The bytes at hand and the padding behind them, which is not always zero.
    pub(super) fn padded(&self) -> &[u8] {
        &self.buffer
    }

    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Reads once more into the room that is left; whether there was something.
    pub(super) fn fill(&mut self) -> io::Result<bool> {
        self.fill_up_to(usize::MAX)
    }

    /// The same, but no further than up to `most` bytes at hand.
    fn fill_up_to(&mut self, most: usize) -> io::Result<bool> {
        let room = most.min(self.buffer.len() - BEHIND);
        while !self.ended && self.have < room {
            let free = self.buffer.get_mut(self.have..room).unwrap_or_default();
            match self.reader.read(free) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.have += count;
                    self.bytes += count as u64;
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Reads until the buffer is full or the input ends.
    pub(super) fn fill_whole(&mut self) -> io::Result<()> {
        while self.fill()? {}
        self.pad();
        Ok(())
    }

    /// Reads on where the first `known` bytes were not enough: as much as usual at first, then a
    /// little at a time, since what is read too much is moved. There is room for `most` bytes then,
    /// if so many come.
    pub(super) fn fill_more(&mut self, known: usize, most: usize) -> io::Result<()> {
        let wanted = self.usual.max(most.min(known + self.usual / 4));
        while self.buffer.len() - BEHIND < wanted && self.grow(most) {}
        while self.have < wanted && self.fill_up_to(wanted)? {}
        self.pad();
        Ok(())
    }

    /// Reads until there are `count` bytes or the input ends; how many there are.
    pub(super) fn fill_to(&mut self, count: usize) -> io::Result<usize> {
        loop {
            while self.have < count && self.fill()? {}
            if self.have >= count || self.ended {
                self.pad();
                return Ok(self.have);
            }
            self.grow(count);
        }
    }

    /// Makes room for more, up to `most` bytes; whether there is any more room now.
    pub(super) fn grow(&mut self, most: usize) -> bool {
        let room = self.buffer.len() - BEHIND;
        if room >= most {
            return false;
        }
        let wanted = room.saturating_mul(2).min(most);
        self.buffer.reserve_exact(wanted - room);
        self.buffer.resize(wanted + BEHIND, 0);
        true
    }

    /// Ends the last line, which has no line break of its own.
    pub(super) fn end_line(&mut self) {
        if let Some(slot) = self.buffer.get_mut(self.have) {
            *slot = b'\n';
        }
        self.have += 1;
        if self.buffer.len() < self.have + BEHIND {
            self.buffer.resize(self.have + BEHIND, 0);
        }
        self.pad();
    }

    /// Leaves zeros behind the bytes at hand.
    pub(super) fn pad(&mut self) {
        if let Some(padding) = self.buffer.get_mut(self.have..self.have + PADDING) {
            padding.fill(0);
        }
    }

    /// Lets go of the first bytes at hand.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.have);
        self.buffer.copy_within(count..self.have, 0);
        self.have -= count;
        self.offset += count as u64;
        // Long records are seldom alone, so that room is given back only where it is much.
        if self.buffer.len() > KEPT.max(self.usual) + BEHIND && self.have <= self.usual {
            self.buffer.truncate(self.usual + BEHIND);
            self.buffer.shrink_to_fit();
        }
        self.pad();
    }

    /// Hands the whole lines at hand to `other`, whose buffer takes this one's place.
    pub(super) fn swap_lines(&mut self, other: &mut Vec<u8>, cut: usize) {
        let rest = self.buffer.get(cut..self.have).unwrap_or_default();
        let room = (self.usual + BEHIND).max(rest.len() + BEHIND);
        // Pages that nobody has written to cost nothing, so most of a new buffer does not.
        if other.len() < room {
            *other = vec![0; room];
        }
        other.truncate(room);
        if let Some(front) = other.get_mut(..rest.len()) {
            front.copy_from_slice(rest);
        }
        self.have = rest.len();
        self.offset += cut as u64;
        std::mem::swap(&mut *self.buffer, other);
    }

    /// Reads the rest and forgets it.
    pub(super) fn drain(&mut self) -> io::Result<()> {
        while !self.ended {
            self.consume(usize::MAX);
            self.fill()?;
        }
        Ok(())
    }
}

/// What is said about a record that is too long.
pub(super) fn too_long(limit: usize) -> Mistake {
    let message = format!("the record is longer than the limit of {limit} bytes");
    Mistake {
        help: Some("send less in one record, or raise the limit".to_owned()),
        ..Mistake::new(Code(codes::RECORD_LIMIT), message, 0..1)
    }
}
