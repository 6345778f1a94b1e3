//! From positions in characters to positions in bytes.

use specsmith_json::Span;

/// Turns character positions into byte positions. Each is looked up from the one before, so that
/// a walk through the text costs one walk through its bytes.
pub(super) struct Positions<'t> {
    text: &'t str,
    ascii: bool,
    character: usize,
    byte: usize,
}

impl<'t> Positions<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            ascii: text.is_ascii(),
            character: 0,
            byte: 0,
        }
    }

    /// The stretch between two characters.
    pub(super) fn span(&mut self, start: usize, end: usize) -> Span {
        let start_byte = self.byte(start);
        let end_byte = self.byte(end.max(start));
        Span::of(start_byte..end_byte)
    }

    /// The stretch without the white space at its end, which block scalars have.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let text = span.of_text(self.text).unwrap_or_default();
        let length = text.trim_end().len();
        Span::of(span.range().start..span.range().start + length)
    }

    /// Whether a stretch begins with a bracket: a flow collection, which ends with one too.
    pub(super) fn is_flow(&self, span: Span) -> bool {
        matches!(
            self.text.as_bytes().get(span.start as usize),
            Some(b'{' | b'[')
        )
    }

    fn byte(&mut self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        let bytes = self.text.as_bytes();
        while self.character < character && self.byte < bytes.len() {
            self.byte += 1;
            while bytes.get(self.byte).is_some_and(|it| is_continuation(*it)) {
                self.byte += 1;
            }
            self.character += 1;
        }
        while self.character > character && self.byte > 0 {
            self.byte -= 1;
            while bytes.get(self.byte).is_some_and(|it| is_continuation(*it)) && self.byte > 0 {
                self.byte -= 1;
            }
            self.character -= 1;
        }
        self.byte
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
