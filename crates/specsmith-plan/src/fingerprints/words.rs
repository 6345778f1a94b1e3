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
pub(super) type Word = [u8; 4];

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

    /// Writes to each page of the first words, which are zero: where they were read first, the first
    /// write would cost a second fault.
    pub(super) fn touch(&mut self, count: usize) {
        /// What a small page has.
        const SMALL: usize = 4096 / size_of::<Word>();
        let first = self.all_mut().get_mut(..count).unwrap_or_default();
        for page in first.chunks_mut(SMALL) {
            if let Some(word) = page.first_mut() {
                *word = std::hint::black_box(Word::default());
            }
        }
    }

    #[inline]
    pub(super) fn all(&self) -> &[Word] {
        match self {
            Self::Heap(words) => words,
            Self::Pages(pages) => pages.as_chunks().0,
        }
    }

    #[inline]
    pub(super) fn all_mut(&mut self) -> &mut [Word] {
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
    fn few_and_many_words_are_zero_and_told_as_they_were_written() {
        for count in [0, 1, 100, MANY - 1, MANY, MANY + 1] {
            let mut words = Words::zeroed(count);
            assert!(words.all().len() >= count);
            assert!(words.all().iter().all(|it| *it == Word::default()));
            words.all_mut().fill([1, 2, 3, 4]);
            assert!(words.all().iter().all(|it| *it == [1, 2, 3, 4]));
        }
    }
}
