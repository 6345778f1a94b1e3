//! Fingerprints, each with a line, in the order in which they came, and an index of them.

use super::words::{Word, Words};

/// Most ids are new, so the index is kept small enough for a cache: a slot holds no fingerprint but
/// its place and a few bits of it, and only where these are the same is the fingerprint looked at.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The halves of each fingerprint, and its line.
    entries: Words,
    /// How many entries there are.
    len: usize,
    /// By fingerprint, with open addressing; zero where there is none.
    index: Words,
    /// How many slots of the index are in use.
    slots: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    New,
    Earlier(u32),
    NoRoom,
}

/// How many slots indices have, one after the other. The largest takes a large page; from there on
/// there is room for all fingerprints that there may ever be, which costs nothing before use.
const SIZES: [usize; 2] = [1 << 13, MANY];
const MANY: usize = 1 << 19;
/// So many words are an entry: the halves of a fingerprint, and its line.
const ENTRY: usize = 3;
type Entry = [Word; ENTRY];
/// So many slots are looked at together. They are of one line of a cache.
const GROUP: usize = 8;
/// So many bits of a slot are the place of a fingerprint, from 1; the others are its lowest bits.
const PLACE: u32 = 20;
pub(super) const PLACES: u32 = (1 << PLACE) - 1;

impl Table {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
        self.slots = 0;
    }

    pub(super) fn note(&mut self, fingerprint: u64, line: u32, most: usize) -> Noted {
        let room = self.len < most;
        if room {
            self.make_room(1, most);
        }
        let mut open = self.open();
        match open.look().find(fingerprint) {
            Ok(line) => Noted::Earlier(line),
            Err(at) if room => {
                open.put(at, fingerprint, line);
                Noted::New
            }
            Err(_) => Noted::NoRoom,
        }
    }

    /// Makes room for so many more, of which there are no more than `most` then: no more than two
    /// slots of three are taken, so that a free one is near.
    #[inline]
    pub(super) fn make_room(&mut self, more: usize, most: usize) {
        while (self.len + more) * 3 > self.slots * 2 {
            self.grow(most);
        }
    }

    /// The table with its memory at hand.
    #[inline]
    pub(super) fn open(&mut self) -> Open<'_> {
        Open {
            index: self
                .index
                .all_mut()
                .get_mut(..self.slots)
                .unwrap_or_default(),
            entries: self.entries.all_mut().as_chunks_mut().0,
            len: self.len,
            known: &mut self.len,
        }
    }

    /// Makes a larger index, where the old one is if that has room. Its pages are written to in a
    /// row, since reading them first would cost a second fault for each.
    #[cold]
    fn grow(&mut self, most: usize) {
        let all = (most + most / 2 + 1).next_multiple_of(GROUP);
        let larger = SIZES.into_iter().find(|it| *it > self.slots);
        let slots = larger.unwrap_or(all).min(all);
        if slots > self.index.all().len() {
            let room = if slots < MANY { slots } else { all };
            self.index = Words::zeroed(room);
            let mut entries = Words::zeroed(room.div_ceil(3) * 2 * ENTRY);
            let both = entries.all_mut().iter_mut().zip(self.entries.all());
            for (new, old) in both.take(self.len * ENTRY) {
                *new = *old;
            }
            self.entries = entries;
        }
        self.slots = slots;
        let known = self.len;
        let mut open = self.open();
        open.index.fill(Word::default());
        for at in 0..known {
            open.index_again(at);
        }
    }
}

/// A table with its memory at hand.
pub(super) struct Open<'t> {
    index: &'t mut [Word],
    entries: &'t mut [Entry],
    /// How many entries there are; kept apart from the table, so that it stays in a register.
    len: usize,
    known: &'t mut usize,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        *self.known = self.len;
    }
}

impl Open<'_> {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look {
            index: self.index,
            entries: self.entries,
        }
    }

    /// Says that a fingerprint will soon be noted.
    #[inline]
    pub(super) fn look_ahead(&self, fingerprint: u64) {
        let look = self.look();
        if let Some(slot) = look.index.get(look.home(fingerprint)) {
            specsmith_plan::look_ahead(slot);
        }
    }

    /// Takes a fingerprint in, for which there is room; its line if it is there already.
    #[inline]
    pub(super) fn note(&mut self, fingerprint: u64, line: u32) -> Option<u32> {
        let at = match self.look().free(fingerprint) {
            Some(at) => at,
            None => match self.look().find(fingerprint) {
                Ok(line) => return Some(line),
                Err(at) => at,
            },
        };
        self.put(at, fingerprint, line);
        None
    }

    /// Puts a new fingerprint into its slot.
    #[inline]
    fn put(&mut self, at: usize, fingerprint: u64, line: u32) {
        let entry = [fingerprint as u32, (fingerprint >> 32) as u32, line];
        if let Some(place) = self.entries.get_mut(self.len) {
            *place = entry.map(u32::to_ne_bytes);
        }
        self.len += 1;
        self.index_at(at, fingerprint, self.len);
    }

    /// Writes into a slot which entry its fingerprint has, from 1.
    #[inline]
    fn index_at(&mut self, at: usize, fingerprint: u64, place: usize) {
        if let Some(slot) = self.index.get_mut(at) {
            *slot = (bits(fingerprint) | place as u32).to_ne_bytes();
        }
    }

    /// Gives an entry a slot in an index that lacks it.
    fn index_again(&mut self, at: usize) {
        let look = self.look();
        let Some((fingerprint, _)) = look.entry(at) else {
            return;
        };
        let mut slot = look.home(fingerprint);
        while look.slot(slot) != 0 {
            slot = look.behind(slot);
        }
        self.index_at(slot, fingerprint, at + 1);
    }
}

/// What is asked of an open table. It is handed on by itself, so that nothing that is written to
/// meanwhile must be in memory.
#[derive(Clone, Copy)]
struct Look<'t> {
    index: &'t [Word],
    entries: &'t [Entry],
}

impl Look<'_> {
    /// The slot where a fingerprint belongs, if it is certainly new and that is one of its group.
    /// Whether a slot is taken is chance: branches on it would be foreseen wrongly.
    #[inline]
    fn free(self, fingerprint: u64) -> Option<usize> {
        let home = self.home(fingerprint);
        let group: &[Word; GROUP] = self.index.get(home..)?.first_chunk()?;
        let slots = group.map(u32::from_ne_bytes);
        let bits = bits(fingerprint);
        let other = |new: bool, slot: &u32| new & ((slot ^ bits) > PLACES);
        let new = slots.iter().fold(true, other);
        // They are taken from the first on.
        let taken: u32 = slots.iter().map(|slot| u32::from(*slot != 0)).sum();
        let taken = taken as usize;
        (new & (taken < GROUP)).then_some(home + taken)
    }

    /// The line of a fingerprint, else the slot where it belongs. One slot at least is free.
    #[inline(never)]
    fn find(self, fingerprint: u64) -> Result<u32, usize> {
        if self.index.is_empty() {
            return Err(0);
        }
        let mut at = self.home(fingerprint);
        loop {
            let slot = self.slot(at);
            if slot == 0 {
                return Err(at);
            }
            if slot & !PLACES == bits(fingerprint)
                && let Some((known, line)) = self.entry((slot & PLACES) as usize - 1)
                && known == fingerprint
            {
                return Ok(line);
            }
            at = self.behind(at);
        }
    }

    #[inline]
    fn slot(self, at: usize) -> u32 {
        self.index.get(at).map_or(0, |it| u32::from_ne_bytes(*it))
    }

    /// A fingerprint and its line.
    #[inline]
    fn entry(self, at: usize) -> Option<(u64, u32)> {
        let [low, high, line] = self.entries.get(at)?.map(u32::from_ne_bytes);
        Some((u64::from(low) | u64::from(high) << 32, line))
    }

    /// The first slot of a fingerprint's group, in which it stands or behind it.
    #[inline]
    fn home(self, fingerprint: u64) -> usize {
        let groups = (self.index.len() / GROUP) as u128;
        ((u128::from(fingerprint) * groups) >> 64) as usize * GROUP
    }

    /// The slot behind another.
    #[inline]
    fn behind(self, at: usize) -> usize {
        match at + 1 == self.index.len() {
            true => 0,
            false => at + 1,
        }
    }
}

/// The bits of a fingerprint that its slot holds.
fn bits(fingerprint: u64) -> u32 {
    (fingerprint as u32) << PLACE
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, RandomState};

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
        assert_eq!(table.slots, 30_008);
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
}
