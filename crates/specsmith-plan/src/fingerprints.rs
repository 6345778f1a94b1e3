//! Fingerprints, each with a line, in the order in which they came, and an index of them.

mod words;

use crate::simd::{Task, Vector, dispatch, look_ahead};
use words::{Word, Words};

/// Fingerprints that were noted, each with the line that it was noted with first.
///
/// One takes 12 bytes and an index beside it, 18 in all at most. It is of 64 bits that must be as
/// good as random; what they are of is for others to know.
///
/// Most ids are new, so the index is kept small enough for a cache: a slot holds no fingerprint but
/// its place and a few bits of it, and only where these are the same is the fingerprint looked at.
#[derive(Debug, Default)]
pub struct Fingerprints {
    /// The halves of each fingerprint, and its line.
    entries: Words,
    /// How many entries there are.
    len: usize,
    /// By fingerprint, with open addressing; zero where there is none.
    index: Words,
    /// How many slots of the index are in use.
    slots: usize,
}

/// What is known of a fingerprint that is noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It is new, and kept.
    New,
    /// It was noted before, with that line.
    Earlier(u32),
    /// It is new, and there is no room to keep it.
    NoRoom,
}

/// How many slots indices have, one after the other. The largest takes a large page; from there on
/// there is room for all fingerprints that there may ever be, which costs nothing before use.
const SIZES: [usize; 2] = [1 << 13, MANY];
const MANY: usize = 1 << 19;
/// So many words are an entry: the halves of a fingerprint, and its line.
const ENTRY: usize = 3;
type Entry = [Word; ENTRY];
/// So many slots are looked at together: a line of most caches.
const GROUP: usize = 16;
type Group = [Word; GROUP];
/// So many bits of a slot are the place of a fingerprint, from 1; the others are its lowest bits.
const PLACE: u32 = 20;
const PLACES: u32 = (1 << PLACE) - 1;
/// So many fingerprints later the memory of one has come, which is asked for that much before.
const AHEAD: usize = 96;

impl Fingerprints {
    /// How many can be kept.
    pub const MOST: usize = PLACES as usize;
    /// How many are kept.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets all of them, and keeps their memory.
    pub fn clear(&mut self) {
        self.len = 0;
        self.slots = 0;
    }

    /// Notes one with its line, where no more than `most` and [`Self::MOST`] are kept.
    pub fn note(&mut self, fingerprint: u64, line: u32, most: usize) -> Noted {
        let most = most.min(Self::MOST);
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

    /// Notes the first of all, so many, one after the other with its line, but for those that would
    /// be more than `most` and [`Self::MOST`]; hands on those that were noted before, by their place among
    /// these, with their line. Gives the last of their lines. The others will be noted next.
    pub fn note_all<T>(
        &mut self,
        (all, count): (&[T], usize),
        most: usize,
        what: impl Fn(&T) -> (u64, u32),
        found: impl FnMut(usize, u32),
    ) -> u32 {
        let most = most.min(Self::MOST);
        let count = count.min(all.len()).min(most.saturating_sub(self.len));
        self.make_room(count, most);
        dispatch(NoteAll {
            open: self.open(),
            all,
            count,
            what,
            found,
        })
    }

    /// Makes room for so many more, of which there are no more than `most` then: no more than two
    /// slots of three are taken, so that a free one is near.
    fn make_room(&mut self, more: usize, most: usize) {
        while (self.len + more) * 3 > self.slots * 2 {
            self.grow(most);
        }
    }

    /// The table with its memory at hand.
    fn open(&mut self) -> Open<'_> {
        let slots = self.index.all_mut().get_mut(..self.slots);
        Open {
            index: slots.unwrap_or_default().as_chunks_mut().0,
            entries: self.entries.all_mut().as_chunks_mut().0,
            len: self.len,
            known: &mut self.len,
        }
    }

    /// Makes a larger index, where the old one is if that has room.
    #[cold]
    fn grow(&mut self, most: usize) {
        let all = (most + most / 2 + 1).next_multiple_of(GROUP);
        let larger = SIZES.into_iter().find(|it| *it > self.slots);
        let slots = larger.unwrap_or(all).min(all);
        if slots > self.index.all().len() {
            let room = if slots < MANY { slots } else { all };
            self.index = Words::zeroed(room);
            self.index.touch(slots);
            let mut entries = Words::zeroed(room.div_ceil(3) * 2 * ENTRY);
            let both = entries.all_mut().iter_mut().zip(self.entries.all());
            for (new, old) in both.take(self.len * ENTRY) {
                *new = *old;
            }
            self.entries = entries;
        } else {
            let old = self.index.all_mut().get_mut(..slots);
            old.unwrap_or_default().fill(Word::default());
        }
        self.slots = slots;
        let known = self.len;
        let mut open = self.open();
        for at in 0..known {
            open.index_again(at);
        }
    }
}

/// Notes fingerprints for which there is room.
struct NoteAll<'t, T, W, F> {
    open: Open<'t>,
    all: &'t [T],
    count: usize,
    what: W,
    found: F,
}

impl<T, W: Fn(&T) -> (u64, u32), F: FnMut(usize, u32)> Task for NoteAll<'_, T, W, F> {
    type Output = u32;

    #[inline(always)]
    fn run<V: Vector>(self, vector: V) -> u32 {
        let Self {
            mut open,
            all,
            count,
            what,
            mut found,
        } = self;
        // By itself each would wait for memory.
        let (first, later) = all.split_at(all.len().min(AHEAD));
        first.iter().for_each(|it| open.look_ahead(what(it).0));
        let (mut later, mut last) = (later.iter(), 0);
        for (at, it) in all.iter().take(count).enumerate() {
            if let Some(it) = later.next() {
                open.look_ahead(what(it).0);
            }
            let (fingerprint, line) = what(it);
            last = last.max(line);
            if let Some(line) = open.note(vector, fingerprint, line) {
                found(at, line);
            }
        }
        last
    }
}

/// A table with its memory at hand.
struct Open<'t> {
    index: &'t mut [Group],
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
    #[inline(always)]
    fn look(&self) -> Look<'_> {
        Look {
            index: self.index,
            entries: self.entries,
        }
    }

    /// Says that a fingerprint will soon be noted.
    #[inline(always)]
    fn look_ahead(&self, fingerprint: u64) {
        let look = self.look();
        if let Some(group) = look.index.get(look.home(fingerprint)) {
            look_ahead(group);
        }
    }

    /// Takes a fingerprint in, for which there is room; its line if it is there already.
    #[inline(always)]
    fn note<V: Vector>(&mut self, vector: V, fingerprint: u64, line: u32) -> Option<u32> {
        let slot = match self.look().free(vector, fingerprint) {
            Some(slot) => slot,
            None => match self.look().find(fingerprint) {
                Ok(line) => return Some(line),
                Err(slot) => slot,
            },
        };
        self.put(slot, fingerprint, line);
        None
    }

    /// Puts a new fingerprint into its slot.
    #[inline(always)]
    fn put(&mut self, slot: Slot, fingerprint: u64, line: u32) {
        let entry = [fingerprint as u32, (fingerprint >> 32) as u32, line];
        if let Some(place) = self.entries.get_mut(self.len) {
            *place = entry.map(u32::to_ne_bytes);
        }
        self.len += 1;
        self.index_at(slot, fingerprint, self.len);
    }

    /// Writes into a slot which entry its fingerprint has, from 1.
    #[inline(always)]
    fn index_at(&mut self, slot: Slot, fingerprint: u64, place: usize) {
        if let Some(group) = self.index.get_mut(slot.group) {
            group[slot.at % GROUP] = (bits(fingerprint) | place as u32).to_ne_bytes();
        }
    }

    /// Gives an entry a slot in an index that lacks it.
    fn index_again(&mut self, at: usize) {
        let look = self.look();
        let Some((fingerprint, _)) = look.entry(at) else {
            return;
        };
        let free = look.places(fingerprint).find(|(_, word)| *word == 0);
        if let Some((slot, _)) = free {
            self.index_at(slot, fingerprint, at + 1);
        }
    }
}

/// A place in the index.
#[derive(Clone, Copy, Debug)]
struct Slot {
    group: usize,
    at: usize,
}

/// What is asked of an open table. It is handed on by itself, so that nothing that is written to
/// meanwhile must be in memory.
#[derive(Clone, Copy)]
struct Look<'t> {
    index: &'t [Group],
    entries: &'t [Entry],
}

impl<'t> Look<'t> {
    /// The slot where a fingerprint belongs, if it is certainly new and that is one of its group.
    /// Whether a slot is taken is chance: branches on it would be foreseen wrongly.
    #[inline(always)]
    fn free<V: Vector>(self, vector: V, fingerprint: u64) -> Option<Slot> {
        let group = self.home(fingerprint);
        let words = self.index.get(group)?.as_flattened().first_chunk()?;
        let alike = vector.alike(words, bits(fingerprint), !PLACES);
        // They are taken from the first on.
        let free = vector.alike(words, 0, u32::MAX);
        let at = free.trailing_zeros() as usize;
        (alike == 0 && free != 0).then_some(Slot { group, at })
    }

    /// The line of a fingerprint, else the slot where it belongs. One slot at least is free.
    #[inline(never)]
    fn find(self, fingerprint: u64) -> Result<u32, Slot> {
        for (slot, word) in self.places(fingerprint) {
            if word == 0 {
                return Err(slot);
            }
            if word & !PLACES == bits(fingerprint)
                && let Some((known, line)) = self.entry((word & PLACES) as usize - 1)
                && known == fingerprint
            {
                return Ok(line);
            }
        }
        Err(Slot { group: 0, at: 0 })
    }

    /// The slots in which a fingerprint may stand, with what is in them: those of its group and of
    /// the groups behind it.
    fn places(self, fingerprint: u64) -> impl Iterator<Item = (Slot, u32)> + use<'t> {
        let home = self.home(fingerprint);
        let (before, behind) = self.index.split_at(home.min(self.index.len()));
        let groups = (home..).zip(behind).chain(before.iter().enumerate());
        groups.flat_map(|(group, words)| {
            let words = words.iter().enumerate();
            words.map(move |(at, word)| (Slot { group, at }, u32::from_ne_bytes(*word)))
        })
    }

    /// A fingerprint and its line.
    #[inline(always)]
    fn entry(self, at: usize) -> Option<(u64, u32)> {
        let [low, high, line] = self.entries.get(at)?.map(u32::from_ne_bytes);
        Some((u64::from(low) | u64::from(high) << 32, line))
    }

    /// The group of a fingerprint.
    #[inline(always)]
    fn home(self, fingerprint: u64) -> usize {
        let groups = self.index.len() as u128;
        ((u128::from(fingerprint) * groups) >> 64) as usize
    }
}

/// The bits of a fingerprint that its slot holds.
#[inline(always)]
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
        let mut table = Fingerprints::default();
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
        assert_eq!(table.slots, 30_016);
    }

    /// Of the same slot, and of the same bits in it.
    #[test]
    fn fingerprints_of_one_slot_are_kept_apart() {
        let mut table = Fingerprints::default();
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
