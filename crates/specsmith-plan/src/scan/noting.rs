//! Taking notes of values that fit.

use super::{Scan, Stop};
use crate::attention::Noted;
use crate::kernels::text::{decode, hash};
use crate::simd::Vector;
use crate::watch::folded;

impl<V: Vector> Scan<'_, V> {
    /// Takes note of the value of a property, which stands at `start` and ends before `end`.
    #[inline(never)]
    pub(super) fn note(
        &mut self,
        noted: Noted,
        name: &[u8],
        start: usize,
        end: usize,
    ) -> Result<(), Stop> {
        let first = self.byte(start);
        let is_list = first == b'[';
        if self.depth == self.depth_of_attributes() {
            if noted.has(Noted::NAME) && first == b'"' {
                self.note_name(start + 1, end - 1);
            }
        } else if self.depth == self.record_depth {
            if noted.has(Noted::IDENTITY) && first == b'"' {
                self.note_id(name, start, end)?;
            }
            if noted.has(Noted::TEXT) && first == b'"' {
                self.notes.suspected |= self.begins_blank(start + 1, end - 1);
            }
            if noted.has(Noted::ATTRIBUTES) && is_list {
                self.notes.suspected |= noted.has(Noted::OPAQUE);
                self.notes.end_attributes();
            }
        } else if self.depth == 1
            && noted.has(Noted::BATCH)
            && is_list
            && self.notes.items.is_none()
        {
            // The rules of the list left it unread.
            return Err(Stop::Unsure);
        }
        Ok(())
    }

    fn depth_of_attributes(&self) -> usize {
        self.record_depth + 2
    }

    fn note_id(&mut self, name: &[u8], start: usize, end: usize) -> Result<(), Stop> {
        let Some(identity) = &self.program.options.watch.identity else {
            return Ok(());
        };
        let raw = self.text.get(start + 1..end - 1).unwrap_or_default();
        let text = decode(raw, self.room).ok_or(Stop::Unsure)?;
        self.notes
            .note_id(identity, name, text.as_bytes(), (start, end));
        Ok(())
    }

    /// Whether the string whose text is `text[start..close]` begins with white space.
    fn begins_blank(&mut self, start: usize, close: usize) -> bool {
        match self.byte(start) {
            b' ' => true,
            b'\\' => {
                let raw = self.text.get(start..close).unwrap_or_default();
                decode(raw, self.room).is_none_or(|it| it.starts_with(char::is_whitespace))
            }
            // Behind these bytes begin the white spaces beyond ASCII, none of more than three.
            0xc2 | 0xe1..=0xe3 => {
                let first = self
                    .text
                    .get(start..close.min(start + 3))
                    .unwrap_or_default();
                let valid = match std::str::from_utf8(first) {
                    Ok(text) => text,
                    Err(error) => {
                        let whole = first.get(..error.valid_up_to()).unwrap_or_default();
                        std::str::from_utf8(whole).unwrap_or_default()
                    }
                };
                valid.starts_with(char::is_whitespace)
            }
            _ => false,
        }
    }

    fn note_name(&mut self, start: usize, close: usize) {
        let raw = self.text.get(start..close).unwrap_or_default();
        self.notes.note_name(hash(raw));
        // Written with escapes it may be the same as another.
        let suspected = self.byte(start) == b' ' || raw.contains(&b'\\') || self.is_field(raw);
        self.notes.suspected |= suspected || (!raw.is_ascii() && self.begins_blank(start, close));
    }

    /// Whether a name is one that no attribute should have.
    fn is_field(&self, name: &[u8]) -> bool {
        let fields = &self.program.attention.fields;
        let mut room = [0; 64];
        let mut length = 0;
        for byte in name {
            if !byte.is_ascii_alphanumeric() {
                if byte.is_ascii() {
                    continue;
                }
                return self.is_field_folded(name);
            }
            let Some(slot) = room.get_mut(length) else {
                return self.is_field_folded(name);
            };
            *slot = byte.to_ascii_lowercase();
            length += 1;
        }
        fields.contains(room.get(..length).unwrap_or_default())
    }

    #[cold]
    fn is_field_folded(&self, name: &[u8]) -> bool {
        let fields = &self.program.attention.fields;
        std::str::from_utf8(name).is_ok_and(|it| fields.contains(folded(it).as_bytes()))
    }
}
