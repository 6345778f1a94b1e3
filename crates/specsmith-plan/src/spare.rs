//! Memory that is used again. There is much of it, and to have it zeroed anew for each of many short
//! inputs would take longer than they do.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

use crate::marked::PAGE_OF_MARKS;
use crate::marks::Marks;

/// Memory that nobody uses just now.
#[derive(Debug, Default)]
pub(crate) struct Spare {
    marks: Mutex<Vec<Marks>>,
    buffers: Mutex<Vec<Vec<u8>>>,
}

/// More is not kept for the next: few inputs take it.
const MOST_MARKS: usize = 2 * PAGE_OF_MARKS;
const LONGEST_BUFFER: usize = 4 << 20;

impl Spare {
    /// Marks with room for those of a page.
    pub(crate) fn marks(&self) -> Lent<'_, Marks> {
        let fits = |marks: &Marks| marks.room().len() <= MOST_MARKS;
        Lent::of(&self.marks, fits, Marks::of_pages)
    }

    /// A buffer of so many bytes, whatever they are.
    pub(crate) fn buffer(&self, length: usize) -> Lent<'_, Vec<u8>> {
        let fits = |buffer: &Vec<u8>| buffer.capacity() <= LONGEST_BUFFER;
        let mut buffer = Lent::of(&self.buffers, fits, || vec![0; length]);
        buffer.resize(length, 0);
        buffer
    }
}

/// Memory that is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Lent<'s, T: Default> {
    memory: T,
    of: &'s Mutex<Vec<T>>,
    fits: fn(&T) -> bool,
}

impl<'s, T: Default> Lent<'s, T> {
    fn of(of: &'s Mutex<Vec<T>>, fits: fn(&T) -> bool, new: impl FnOnce() -> T) -> Self {
        let spare = of.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self {
            memory: spare.unwrap_or_else(new),
            of,
            fits,
        }
    }
}

impl<T: Default> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        if (self.fits)(&memory) {
            let mut spare = self.of.lock().unwrap_or_else(PoisonError::into_inner);
            spare.push(memory);
        }
    }
}

impl<T: Default> Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.memory
    }
}

impl<T: Default> DerefMut for Lent<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.memory
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_lent_again_unless_it_is_much() {
        let spare = Spare::default();
        let mut first = spare.buffer(4096);
        let place = first.as_ptr();
        let second = spare.buffer(4096);
        assert_ne!(second.as_ptr(), place);
        first.truncate(7);
        drop(first);
        let again = spare.buffer(4096);
        assert_eq!((again.as_ptr(), again.len()), (place, 4096));
        let mut long = second;
        long.reserve(LONGEST_BUFFER + 1);
        drop(long);
        drop(again);
        let buffers = spare.buffers.lock().expect("nobody panics");
        assert_eq!(buffers.len(), 1);
    }
}
