//! The ids that a run has seen, in little memory.
//!
//! An id is kept as its fingerprint of 64 bits and the line of its record, 12 bytes in all. The
//! fingerprints are keyed at random in each run, so that no one can make two ids have the same one;
//! that it happens by chance among a million ids is one run in 37 million.

use std::sync::Arc;

/// How many ids of a run are remembered.
pub const REMEMBERED: usize = 1_000_000;
/// How many ids of a batch are compared with each other once there is no room for more.
pub const IN_BATCH: usize = 100_000;

/// The ids that a run has seen so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    run: Table,
    batch: Table,
    /// The files, each with the lines of those before it.
    files: Vec<(u32, Arc<str>)>,
    lines: u32,
    /// Whether there were more ids than are remembered.
    pub full: bool,
}

/// Where an id was seen before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<str>,
    /// The line of the record.
    pub line: u64,
}

impl Seen {
    /// From here on ids are of another file.
    pub fn begin_file(&mut self, file: &Arc<str>) {
        self.files.push((self.lines, Arc::clone(file)));
        self.batch.clear();
    }

    /// From here on ids are of another batch.
    pub fn begin_batch(&mut self) {
        if self.full {
            self.batch.clear();
        }
    }

    /// Reads the slots of ids that are noted next. No cache holds the table, so each id would wait
    /// for memory by itself; these reads do not depend on each other and wait together.
    #[inline]
    pub fn foresee(&self, fingerprints: impl Iterator<Item = u64>) {
        let read = fingerprints.fold(0, |read, it| read ^ self.run.peek(it));
        std::hint::black_box(read);
    }

    /// Notes an id on a line of the file; whether it was there before.
    #[inline]
    pub fn note(&mut self, fingerprint: u64, line: u64) -> Option<Earlier> {
        let before = self.files.last().map_or(0, |(before, _)| *before);
        let line = u32::try_from(line).map_or(u32::MAX, |it| before.saturating_add(it));
        self.lines = self.lines.max(line);
        match self.run.note(fingerprint, line, REMEMBERED) {
            Noted::New => None,
            Noted::Earlier(line) => Some(Earlier(line)),
            Noted::NoRoom => {
                self.full = true;
                match self.batch.note(fingerprint, line, IN_BATCH) {
                    Noted::New | Noted::NoRoom => None,
                    Noted::Earlier(line) => Some(Earlier(line)),
                }
            }
        }
    }

    /// Where an id was seen before.
    pub fn place(&self, earlier: &Earlier) -> Option<Place> {
        let behind = self
            .files
            .partition_point(|(before, _)| *before < earlier.0);
        let (before, file) = self.files.get(behind.checked_sub(1)?)?;
        Some(Place {
            file: Arc::clone(file),
            line: u64::from(earlier.0 - before),
        })
    }
}

/// The line of an id that was seen before, counted over all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier(u32);

/// Fingerprints, each with a line, in a table with open addressing.
#[derive(Clone, Debug, Default)]
struct Table {
    /// Zero where there is none.
    fingerprints: Vec<u64>,
    lines: Vec<u32>,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Noted {
    New,
    Earlier(u32),
    NoRoom,
}

/// The slots of the smallest table, and how fast tables grow.
const SLOTS: usize = 1024;
const GROWTH: usize = 4;

impl Table {
    fn clear(&mut self) {
        *self = Self::default();
    }

    #[inline]
    fn note(&mut self, fingerprint: u64, line: u32, most: usize) -> Noted {
        // No more than four slots of five are taken, so that a free one is near.
        if self.count * 5 >= self.fingerprints.len() * 4 && self.count < most {
            self.grow(most);
        }
        let fingerprint = fingerprint.max(1);
        let mut at = self.home(fingerprint);
        loop {
            match self.fingerprints.get(at) {
                Some(0) => break,
                Some(it) if *it == fingerprint => {
                    let line = self.lines.get(at).copied();
                    return Noted::Earlier(line.unwrap_or_default());
                }
                Some(_) => at += 1,
                None => at = 0,
            }
        }
        if self.count >= most {
            return Noted::NoRoom;
        }
        if let (Some(slot), Some(place)) = (self.fingerprints.get_mut(at), self.lines.get_mut(at)) {
            (*slot, *place) = (fingerprint, line);
            self.count += 1;
        }
        Noted::New
    }

    /// What stands in the slot of a fingerprint, whatever it is.
    #[inline]
    fn peek(&self, fingerprint: u64) -> u64 {
        let at = self.home(fingerprint);
        let line = self.lines.get(at).copied().unwrap_or_default();
        self.fingerprints.get(at).copied().unwrap_or_default() ^ u64::from(line)
    }

    /// The slot that a fingerprint stands in or behind.
    #[inline]
    fn home(&self, fingerprint: u64) -> usize {
        let slots = self.fingerprints.len() as u128;
        ((u128::from(fingerprint) * slots) >> 64) as usize
    }

    #[cold]
    fn grow(&mut self, most: usize) {
        // The last step is a long one: two tables of that size would be too much at once.
        let slots = match self.fingerprints.len() * GROWTH {
            more if more < most / 8 => more.max(SLOTS),
            _ => most + most / 4 + 1,
        };
        let old = std::mem::replace(
            self,
            Self {
                fingerprints: vec![0; slots],
                lines: vec![0; slots],
                count: 0,
            },
        );
        for (fingerprint, line) in old.fingerprints.into_iter().zip(old.lines) {
            if fingerprint != 0 {
                let mut at = self.home(fingerprint);
                while self.fingerprints.get(at).is_some_and(|it| *it != 0) {
                    at = (at + 1) % slots;
                }
                if let (Some(slot), Some(place)) =
                    (self.fingerprints.get_mut(at), self.lines.get_mut(at))
                {
                    (*slot, *place) = (fingerprint, line);
                    self.count += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, RandomState};

    fn line_of(seen: &Seen, earlier: Option<Earlier>) -> Option<(String, u64)> {
        let place = seen.place(&earlier?)?;
        Some((place.file.to_string(), place.line))
    }

    #[test]
    fn an_id_is_told_with_the_line_it_was_first_seen_on() {
        let mut seen = Seen::default();
        seen.begin_file(&"a".into());
        assert_eq!(seen.note(7, 1), None);
        assert_eq!(seen.note(0, 3), None);
        let again = seen.note(7, 9);
        assert_eq!(line_of(&seen, again), Some(("a".to_owned(), 1)));
        seen.begin_file(&"empty".into());
        seen.begin_file(&"b".into());
        assert_eq!(seen.note(8, 1), None);
        let again = seen.note(8, 2);
        assert_eq!(line_of(&seen, again), Some(("b".to_owned(), 1)));
        let again = seen.note(0, 2);
        assert_eq!(line_of(&seen, again), Some(("a".to_owned(), 3)));
    }

    /// As a map would have it, through every size of the table.
    #[test]
    fn tables_remember_what_they_were_told() {
        let mut table = Table::default();
        let mut map = std::collections::HashMap::new();
        let hash = RandomState::new();
        for line in 0..40_000_u32 {
            let fingerprint = hash.hash_one(line % 25_000);
            let expected = match map.get(&fingerprint) {
                Some(first) => Noted::Earlier(*first),
                None if map.len() >= 20_000 => Noted::NoRoom,
                None => {
                    map.insert(fingerprint, line);
                    Noted::New
                }
            };
            assert_eq!(table.note(fingerprint, line, 20_000), expected);
        }
        assert_eq!(table.fingerprints.len(), 25_001);
    }
}
