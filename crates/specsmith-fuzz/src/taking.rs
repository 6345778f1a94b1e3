//! Choices made of bytes, for bodies that need more than a text.

/// Bytes that choices are taken from; when they are used up, every choice is the first.
pub(crate) struct Taking<'a>(pub(crate) &'a [u8]);

impl<'a> Taking<'a> {
    pub(crate) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn yes(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        usize::from(self.byte()) % most.max(1)
    }

    pub(crate) fn number(&mut self) -> u64 {
        let mut bytes = [0; 8];
        let count = self.below(9);
        for byte in bytes.iter_mut().take(count) {
            *byte = self.byte();
        }
        u64::from_le_bytes(bytes)
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        all.get(self.below(all.len())).copied().unwrap_or(otherwise)
    }

    /// A run of bytes, its length told by the first.
    pub(crate) fn run(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (run, rest) = self.0.split_at(length);
        self.0 = rest;
        run
    }

    pub(crate) fn text(&mut self) -> String {
        String::from_utf8_lossy(self.run()).into_owned()
    }
}
