//! Words of memory, in large pages where there are many of them.

use memmap2::MmapMut;

/// Words that are zero until they are written to.
///
/// Memory is had from the system by the page, at the first touch, and a page of 4 KiB costs
/// microseconds on a virtual machine: as much as the ids of fifty records. So many words are asked
/// for in large pages, where the system has them.
#[derive(Debug)]
pub(super) enum Words {
    Heap(Vec<Word>),
    Pages(MmapMut),
}

/// A word as bytes, which memory from the system comes in.
type Word = [u8; 4];

/// What a large page has in most systems. Only what is so long throughout comes in them.
const PAGE: usize = 2 << 20;
/// From so many words on they fill a large page.
const MANY: usize = PAGE / size_of::<Word>();

impl Words {
    /// At least so many words.
    pub(super) fn zeroed(count: usize) -> Self {
        if count >= MANY
            && let Ok(pages) = MmapMut::map_anon((count * size_of::<Word>()).next_multiple_of(PAGE))
        {
            // Where it cannot be, pages are of the usual size.
            #[cfg(target_os = "linux")]
            let _ = pages.advise(memmap2::Advice::HugePage);
            return Self::Pages(pages);
        }
        Self::Heap(vec![Word::default(); count])
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all().len()
    }

    /// The word at a place.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Option<u32> {
        self.all().get(at).map(|it| u32::from_ne_bytes(*it))
    }

    /// The words from a place on.
    #[inline]
    pub(super) fn some<const COUNT: usize>(&self, from: usize) -> Option<[u32; COUNT]> {
        let words = self.all().get(from..)?.first_chunk()?;
        Some(words.map(u32::from_ne_bytes))
    }

    /// Writes words from a place on, where there are so many.
    #[inline]
    pub(super) fn put<const COUNT: usize>(&mut self, from: usize, words: [u32; COUNT]) {
        let place = self.all_mut().get_mut(from..);
        if let Some(place) = place.and_then(|it| it.first_chunk_mut()) {
            *place = words.map(u32::to_ne_bytes);
        }
    }

    /// Makes the first ones zero.
    pub(super) fn clear(&mut self, count: usize) {
        if let Some(first) = self.all_mut().get_mut(..count) {
            first.fill(Word::default());
        }
    }

    /// Takes over the first ones of others.
    pub(super) fn copy(&mut self, others: &Self, count: usize) {
        for (word, other) in self.all_mut().iter_mut().zip(others.all()).take(count) {
            *word = *other;
        }
    }

    #[inline]
    fn all(&self) -> &[Word] {
        match self {
            Self::Heap(words) => words,
            Self::Pages(pages) => pages.as_chunks().0,
        }
    }

    #[inline]
    fn all_mut(&mut self) -> &mut [Word] {
        match self {
            Self::Heap(words) => words,
            Self::Pages(pages) => pages.as_chunks_mut().0,
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::Heap(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_words_are_told_as_they_were_written() {
        for count in [0, 1, 100, MANY - 1, MANY, MANY + 1] {
            let mut words = Words::zeroed(count);
            assert!(words.len() >= count);
            let count = words.len();
            assert!((0..count).all(|at| words.get(at) == Some(0)));
            assert_eq!(words.get(count), None);
            assert_eq!(words.some::<2>(count.saturating_sub(1)), None);
            // Where there is no room nothing is written.
            words.put(count.saturating_sub(1), [1, 2]);
            assert!((0..count).all(|at| words.get(at) == Some(0)));
            if count < 3 {
                continue;
            }
            words.put(count - 3, [7, 8, u32::MAX]);
            assert_eq!(words.some(count - 3), Some([7, 8, u32::MAX]));
            assert_eq!(words.get(count - 1), Some(u32::MAX));
            let mut other = Words::zeroed(count);
            other.copy(&words, count - 1);
            assert_eq!(other.some(count - 3), Some([7, 8, 0]));
            words.clear(count - 1);
            assert_eq!(words.some(count - 3), Some([0, 0, u32::MAX]));
        }
    }
}
