//! The ids that a run has seen, in little memory.
//!
//! An id is kept as its fingerprint of 64 bits and the line of its record, with an index beside
//! them: 18 bytes in all at most. Two ids with one fingerprint would be taken for one. Among a
//! million ids that happens by chance in one run of 37 million; the fingerprints are keyed at random
//! in each run, so that ids cannot simply be chosen to have the same one, but nothing is proven of
//! them as it is of a cryptographic hash.

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

/// An id that is noted.
#[derive(Clone, Copy, Debug, Default)]
pub struct New {
    /// What it is kept as.
    pub fingerprint: u64,
    /// The line of its record in the file.
    pub line: u64,
    /// Whether a batch begins with it.
    pub begins_batch: bool,
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

    /// Notes the ids of records that follow one another; hands on those that were there before, by
    /// their place among these. Few of them are wanted at a time: the slots of all are read first.
    pub fn note_few(&mut self, ids: &[New], mut found: impl FnMut(usize, Earlier)) {
        if self.full || self.run.entries.len() + ids.len() > REMEMBERED {
            for (at, id) in ids.iter().enumerate() {
                if id.begins_batch {
                    self.begin_batch();
                }
                if let Some(earlier) = self.note(id.fingerprint, id.line) {
                    found(at, earlier);
                }
            }
            return;
        }
        self.run.make_room(ids.len(), REMEMBERED);
        // By itself each id would wait for memory; these reads do not depend on each other and
        // wait together.
        let read = |read, id: &New| read ^ self.run.peek(id.fingerprint);
        std::hint::black_box(ids.iter().fold(0, read));
        let (before, mut last) = (self.lines_before(), self.lines);
        for (at, id) in ids.iter().enumerate() {
            let line = behind(before, id.line);
            last = last.max(line);
            if let Some(line) = self.run.put(id.fingerprint, line) {
                found(at, Earlier(line));
            }
        }
        self.lines = last;
    }

    /// Notes an id on a line of the file; whether it was there before.
    pub fn note(&mut self, fingerprint: u64, line: u64) -> Option<Earlier> {
        let line = behind(self.lines_before(), line);
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

    /// The lines of the files before this one.
    fn lines_before(&self) -> u32 {
        self.files.last().map_or(0, |(before, _)| *before)
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

/// A line of a file that has so many lines before it.
fn behind(before: u32, line: u64) -> u32 {
    u32::try_from(line).map_or(u32::MAX, |it| before.saturating_add(it))
}

/// The line of an id that was seen before, counted over all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier(u32);

/// Fingerprints, each with a line, in the order in which they came, and an index of them.
///
/// Most ids are new, so the index is kept small enough for a cache: a slot holds no fingerprint but
/// its place and a few bits of it, and only where these are the same is the fingerprint looked at.
#[derive(Clone, Debug, Default)]
struct Table {
    /// The halves of the fingerprint, and the line.
    entries: Vec<[u32; 3]>,
    /// By fingerprint, with open addressing; zero where there is none.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Noted {
    New,
    Earlier(u32),
    NoRoom,
}

/// The slots of the smallest index, and how fast indices grow.
const SLOTS: usize = 8192;
const GROWTH: usize = 4;
/// So many bits of a slot are the place of a fingerprint, from 1; the others are its lowest bits.
const PLACE: u32 = 20;
const PLACES: u32 = (1 << PLACE) - 1;
const _: () = assert!(REMEMBERED <= PLACES as usize && IN_BATCH <= REMEMBERED);

impl Table {
    fn clear(&mut self) {
        self.entries.clear();
        self.slots.clear();
    }

    fn note(&mut self, fingerprint: u64, line: u32, most: usize) -> Noted {
        if self.entries.len() < most {
            self.make_room(1, most);
            return match self.put(fingerprint, line) {
                Some(line) => Noted::Earlier(line),
                None => Noted::New,
            };
        }
        match self.find(fingerprint) {
            Ok(line) => Noted::Earlier(line),
            Err(_) => Noted::NoRoom,
        }
    }

    /// Makes room for so many more, of which there are no more than `most` then: no more than two
    /// slots of three are taken, so that a free one is near.
    #[inline]
    fn make_room(&mut self, more: usize, most: usize) {
        while (self.entries.len() + more) * 3 > self.slots.len() * 2 {
            self.grow(most);
        }
    }

    /// Takes a fingerprint in, for which there is room; its line if it is there already.
    #[inline]
    fn put(&mut self, fingerprint: u64, line: u32) -> Option<u32> {
        match self.find(fingerprint) {
            Ok(line) => Some(line),
            Err(at) => {
                if let Some(slot) = self.slots.get_mut(at) {
                    *slot = bits(fingerprint) | (self.entries.len() as u32 + 1);
                }
                self.entries.push(entry(fingerprint, line));
                None
            }
        }
    }

    /// The line of a fingerprint, else the slot where it belongs. One slot at least is free.
    #[inline]
    fn find(&self, fingerprint: u64) -> Result<u32, usize> {
        let mut at = self.home(fingerprint);
        loop {
            match self.slots.get(at).copied() {
                Some(0) => return Err(at),
                Some(slot) if slot & !PLACES == bits(fingerprint) => {
                    let entry = self.entries.get((slot & PLACES) as usize - 1);
                    if let Some([low, high, line]) = entry
                        && fingerprint_of([*low, *high, 0]) == fingerprint
                    {
                        return Ok(*line);
                    }
                    at += 1;
                }
                Some(_) => at += 1,
                None => at = 0,
            }
        }
    }

    /// What stands in the slot of a fingerprint, whatever it is.
    #[inline]
    fn peek(&self, fingerprint: u64) -> u32 {
        let slot = self.slots.get(self.home(fingerprint)).copied();
        slot.unwrap_or_default()
    }

    /// The slot that a fingerprint stands in or behind.
    #[inline]
    fn home(&self, fingerprint: u64) -> usize {
        let slots = self.slots.len() as u128;
        ((u128::from(fingerprint) * slots) >> 64) as usize
    }

    /// Makes a larger index where the old one is. There is room for as many fingerprints as there
    /// may ever be from the start: pages that nobody has written to cost nothing. Those that will
    /// be are written to in a row, since reading them first would cost a second fault for each.
    #[cold]
    fn grow(&mut self, most: usize) {
        let all = most + most / 2 + 1;
        let slots = (self.slots.len() * GROWTH).max(SLOTS).min(all);
        self.entries.reserve_exact(most - self.entries.len());
        self.slots.clear();
        self.slots.reserve_exact(all);
        self.slots.resize(slots, 0);
        for (place, entry) in (1..).zip(&self.entries) {
            let fingerprint = fingerprint_of(*entry);
            let mut at = self.home(fingerprint);
            while self.slots.get(at).is_some_and(|it| *it != 0) {
                at = (at + 1) % slots;
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = bits(fingerprint) | place;
            }
        }
    }
}

fn entry(fingerprint: u64, line: u32) -> [u32; 3] {
    [fingerprint as u32, (fingerprint >> 32) as u32, line]
}

fn fingerprint_of([low, high, _]: [u32; 3]) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// The bits of a fingerprint that its slot holds.
fn bits(fingerprint: u64) -> u32 {
    (fingerprint as u32) << PLACE
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
        assert_eq!(table.slots.len(), 30_001);
    }

    /// Of the same slot, and of the same bits in it.
    #[test]
    fn fingerprints_of_one_slot_are_kept_apart() {
        let mut table = Table::default();
        let alike = |at: u64| u64::MAX - (at << PLACE);
        for at in 0..100 {
            assert_eq!(table.note(alike(at), at as u32, 1000), Noted::New);
        }
        for at in 0..100 {
            let noted = table.note(alike(at), 777, 1000);
            assert_eq!(noted, Noted::Earlier(at as u32));
        }
        table.clear();
        assert_eq!(table.note(alike(7), 1, 1000), Noted::New);
        assert_eq!(table.note(alike(7), 2, 1000), Noted::Earlier(1));
    }

    /// Few at a time as one by one, up to where there is no room and beyond.
    #[test]
    fn few_are_noted_as_one_by_one() {
        let hash = RandomState::new();
        let (mut few, mut single) = (Seen::default(), Seen::default());
        few.begin_file(&"a".into());
        single.begin_file(&"a".into());
        let id = |at: u64| New {
            // Each of many is there again in a while, and some at once.
            fingerprint: hash.hash_one(if at % 5 == 4 { at / 2 } else { at }),
            line: at / 3 + 1,
            begins_batch: at.is_multiple_of(1000),
        };
        let ids: Vec<New> = (0..REMEMBERED as u64 * 4 / 3).map(id).collect();
        let mut found = Vec::new();
        for (chunk, ids) in ids.chunks(64).enumerate() {
            few.note_few(ids, |at, earlier| found.push((chunk * 64 + at, earlier)));
        }
        let mut expected = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            if id.begins_batch {
                single.begin_batch();
            }
            let earlier = single.note(id.fingerprint, id.line);
            expected.extend(earlier.map(|it| (at, it)));
        }
        assert!(few.full && single.full && found.len() > 100_000);
        assert!(found == expected);
    }

    #[test]
    fn beyond_what_is_remembered_repetitions_are_found_within_a_batch() {
        let mut seen = Seen::default();
        seen.begin_file(&"a".into());
        let ids = |from: u64| (from..).map(|it| it.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for (line, id) in (1..).zip(ids(1).take(REMEMBERED)) {
            assert_eq!(seen.note(id, line), None);
        }
        assert!(!seen.full);
        let more: Vec<u64> = ids(1 + REMEMBERED as u64).take(2).collect();
        seen.begin_batch();
        assert_eq!(seen.note(more[0], 1_000_001), None);
        assert!(seen.full);
        let again = seen.note(more[0], 1_000_002);
        assert_eq!(line_of(&seen, again), Some(("a".to_owned(), 1_000_001)));
        seen.begin_batch();
        assert_eq!(seen.note(more[0], 1_000_003), None);
        let first = ids(1).next();
        let again = first.and_then(|it| seen.note(it, 1_000_004));
        assert_eq!(line_of(&seen, again), Some(("a".to_owned(), 1)));
    }
}
