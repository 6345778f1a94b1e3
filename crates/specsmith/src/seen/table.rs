//! Fingerprints, each with a line, in the order in which they came, and an index of them.

use super::words::Words;

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
/// So many words are an entry.
const ENTRY: usize = 3;
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
        if self.len < most {
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
    pub(super) fn make_room(&mut self, more: usize, most: usize) {
        while (self.len + more) * 3 > self.slots * 2 {
            self.grow(most);
        }
    }

    /// Takes a fingerprint in, for which there is room; its line if it is there already.
    #[inline]
    pub(super) fn put(&mut self, fingerprint: u64, line: u32) -> Option<u32> {
        match self.find(fingerprint) {
            Ok(line) => Some(line),
            Err(at) => {
                let place = self.len as u32 + 1;
                self.index.put(at, [bits(fingerprint) | place]);
                let entry = [fingerprint as u32, (fingerprint >> 32) as u32, line];
                self.entries.put(self.len * ENTRY, entry);
                self.len += 1;
                None
            }
        }
    }

    /// What stands in the slot of a fingerprint, whatever it is.
    #[inline]
    pub(super) fn peek(&self, fingerprint: u64) -> u32 {
        self.index.get(self.home(fingerprint)).unwrap_or_default()
    }

    /// The line of a fingerprint, else the slot where it belongs. One slot at least is free.
    #[inline]
    fn find(&self, fingerprint: u64) -> Result<u32, usize> {
        if self.slots == 0 {
            return Err(0);
        }
        let mut at = self.home(fingerprint);
        loop {
            let slot = self.index.get(at).unwrap_or_default();
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

    /// A fingerprint and its line.
    #[inline]
    fn entry(&self, at: usize) -> Option<(u64, u32)> {
        let [low, high, line] = self.entries.some(at * ENTRY)?;
        Some((u64::from(low) | u64::from(high) << 32, line))
    }

    /// The slot that a fingerprint stands in or behind.
    #[inline]
    fn home(&self, fingerprint: u64) -> usize {
        ((u128::from(fingerprint) * self.slots as u128) >> 64) as usize
    }

    /// The slot behind another.
    #[inline]
    fn behind(&self, at: usize) -> usize {
        match at + 1 == self.slots {
            true => 0,
            false => at + 1,
        }
    }

    /// Makes a larger index, where the old one is if that has room. Its pages are written to in a
    /// row, since reading them first would cost a second fault for each.
    #[cold]
    fn grow(&mut self, most: usize) {
        let all = most + most / 2 + 1;
        let larger = SIZES.into_iter().find(|it| *it > self.slots);
        let slots = larger.unwrap_or(all).min(all);
        if slots > self.index.len() {
            let room = if slots < MANY { slots } else { all };
            self.index = Words::zeroed(room);
            let mut entries = Words::zeroed(room.div_ceil(3) * 2 * ENTRY);
            entries.copy(&self.entries, self.len * ENTRY);
            self.entries = entries;
        }
        self.slots = slots;
        self.index.clear(slots);
        for at in 0..self.len {
            let Some((fingerprint, _)) = self.entry(at) else {
                continue;
            };
            let mut slot = self.home(fingerprint);
            while self.index.get(slot).is_some_and(|it| it != 0) {
                slot = self.behind(slot);
            }
            self.index.put(slot, [bits(fingerprint) | (at as u32 + 1)]);
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
        assert_eq!(table.slots, 30_001);
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
