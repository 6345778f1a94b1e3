//! The ids that a run has seen, in little memory.
//!
//! An id is kept as its fingerprint of 64 bits and the line of its record, see [`Fingerprints`]. Two
//! ids with one fingerprint would be taken for one. Among a million ids that happens by chance in
//! one run of 37 million; the fingerprints are keyed at random in each run, so that ids cannot simply
//! be chosen to have the same one, but nothing is proven of them as it is of a cryptographic hash.

use std::sync::Arc;

use specsmith_plan::{Fingerprints, Noted};

/// How many ids of a run are remembered.
pub const REMEMBERED: usize = 1_000_000;
/// How many ids of a batch are compared with each other once there is no room for more.
pub const IN_BATCH: usize = 100_000;
const _: () = assert!(REMEMBERED <= Fingerprints::MOST && IN_BATCH <= REMEMBERED);

/// The ids that a run has seen so far.
#[derive(Debug, Default)]
pub struct Seen {
    run: Fingerprints,
    batch: Fingerprints,
    /// The batch of the last id.
    last: Option<u64>,
    /// The files, each with the lines of those before it.
    files: Vec<(u32, Arc<str>)>,
    lines: u32,
    /// Whether there were more ids than are remembered.
    pub full: bool,
}

/// An id that is noted.
#[derive(Clone, Copy, Debug)]
pub struct New {
    /// What it is kept as.
    pub fingerprint: u64,
    /// The line of its record in the file.
    pub line: u64,
    /// The number of its batch, where the file has several.
    pub batch: Option<u64>,
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
        self.last = None;
    }

    /// From here on ids are of another batch.
    pub fn begin_batch(&mut self) {
        if self.full {
            self.batch.clear();
        }
    }

    /// Notes the first of some ids, so many, of records that follow one another; hands on those that
    /// were there before, by their place among these. The others will be noted next.
    pub fn note_all<T>(
        &mut self,
        (ids, count): (&[T], usize),
        new: impl Fn(&T) -> New + Copy,
        mut found: impl FnMut(usize, Earlier),
    ) {
        /// So many have room or not.
        const FEW: usize = 4096;
        for start in (0..count).step_by(FEW) {
            let ids = ids.get(start..).unwrap_or_default();
            let few = FEW.min(count - start);
            let found = |at, earlier| found(start + at, earlier);
            match self.full || self.run.len() + few > REMEMBERED {
                true => self.note_last(ids.get(..few).unwrap_or_default(), new, found),
                false => self.note_few((ids, few), new, found),
            }
        }
    }

    /// Notes ids for which there is room in the run.
    fn note_few<T>(
        &mut self,
        (ids, count): (&[T], usize),
        new: impl Fn(&T) -> New + Copy,
        mut found: impl FnMut(usize, Earlier),
    ) {
        let before = self.lines_before();
        let what = move |id: &T| {
            let new = new(id);
            (new.fingerprint, behind(before, new.line))
        };
        let found = |at, line| found(at, Earlier(line));
        let last = self.run.note_all((ids, count), REMEMBERED, what, found);
        self.lines = self.lines.max(last);
        let last = count.checked_sub(1).and_then(|it| ids.get(it));
        self.last = last.and_then(|it| new(it).batch);
    }

    /// Notes ids for which there may be room in their batch alone.
    fn note_last<T>(
        &mut self,
        ids: &[T],
        new: impl Fn(&T) -> New + Copy,
        mut found: impl FnMut(usize, Earlier),
    ) {
        for (at, id) in ids.iter().enumerate() {
            let id = new(id);
            if id.batch != self.last {
                self.begin_batch();
                self.last = id.batch;
            }
            if let Some(earlier) = self.note(id.fingerprint, id.line) {
                found(at, earlier);
            }
        }
    }

    /// Notes an id on a line of the file; whether it was there before.
    fn note(&mut self, fingerprint: u64, line: u64) -> Option<Earlier> {
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
#[inline]
fn behind(before: u32, line: u64) -> u32 {
    (line + u64::from(before)).min(u64::from(u32::MAX)) as u32
}

/// The line of an id that was seen before, counted over all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier(u32);

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
            batch: Some(at / 1000),
        };
        let ids: Vec<New> = (0..REMEMBERED as u64 * 4 / 3).map(id).collect();
        let mut found = Vec::new();
        for (chunk, ids) in ids.chunks(1003).enumerate() {
            let found = |at, earlier| found.push((chunk * 1003 + at, earlier));
            few.note_all((ids, ids.len()), |it| *it, found);
        }
        let mut expected = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            if at % 1000 == 0 {
                single.begin_batch();
            }
            let earlier = single.note(id.fingerprint, id.line);
            expected.extend(earlier.map(|it| (at, it)));
        }
        assert!(few.full && single.full && found.len() > 100_000);
        assert!(found == expected);
    }

    /// What an alias of YAML says stands where its anchor does, before what came last.
    #[test]
    fn lines_of_a_file_need_not_ascend() {
        let mut seen = Seen::default();
        seen.begin_file(&"a".into());
        let ids = [(1, 9), (2, 3)].map(|(fingerprint, line)| New {
            fingerprint,
            line,
            batch: None,
        });
        seen.note_all((&ids, ids.len()), |it| *it, |_, _| {});
        seen.begin_file(&"b".into());
        assert_eq!(seen.note(3, 5), None);
        let again = seen.note(1, 6);
        assert_eq!(line_of(&seen, again), Some(("a".to_owned(), 9)));
        let again = seen.note(3, 7);
        assert_eq!(line_of(&seen, again), Some(("b".to_owned(), 5)));
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
