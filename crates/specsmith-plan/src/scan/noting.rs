//! Taking notes of values that fit.

use super::{Scan, Stop};
use crate::attention::Noted;
use crate::kernels::class::ByteSet;
use crate::kernels::keyed::{Keys, SHORT, whole};
use crate::kernels::text::{decode, hash, hex4};
use crate::marked::Marked;
use crate::names::{Met, Written};
use crate::notes::{PARTS, Seen};
use crate::simd::Vector;

/// So much deeper than the properties of a record are those of its attributes.
pub(super) const ATTRIBUTE: usize = 2;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Takes note of the value of a property, which stands at `start` and ends before `end`.
    #[inline(never)]
    pub(super) fn note(&mut self, noted: Noted, start: usize, end: usize) -> Result<(), Stop> {
        let first = self.byte(start);
        let is_list = first == b'[';
        if first == b'"' {
            self.keep(noted, start, end);
        }
        if self.depth == self.record_depth {
            if noted.has(Noted::TEXT) && first == b'"' {
                let blank = self.begins_blank(start + 1, end - 1);
                self.notes.suspect(blank);
            }
            if is_list {
                self.note_list(noted);
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

    /// Takes note of a list that is the value of a property of a record.
    #[inline(always)]
    pub(super) fn note_list(&mut self, noted: Noted) {
        if noted.has(Noted::ATTRIBUTES) {
            self.notes.suspect(noted.has(Noted::OPAQUE));
            self.notes.end_attributes();
        }
    }

    /// Keeps where a string stands that is noted as a part of an id or as a name. What it says is
    /// asked when its object ends.
    #[inline(always)]
    pub(super) fn keep(&mut self, noted: Noted, start: usize, end: usize) {
        if noted.has(Noted::IDENTITY) && self.depth == self.record_depth {
            self.notes.keep_part(noted.part, start, end);
        } else if noted.has(Noted::NAME) && self.depth == self.record_depth + ATTRIBUTE {
            self.notes.keep_name(start, end);
        }
    }

    /// The id of the valid record that begins at `start` and was scanned last.
    #[inline(always)]
    pub(super) fn id_behind(&mut self, start: usize) -> Option<Seen> {
        let mut fingerprint = 0u64;
        let mut last = None;
        let (vector, text) = (self.vector, self.text);
        for (part, keys) in self.identity.iter().enumerate() {
            let place = self.notes.parts[part % PARTS].behind(start)?;
            let hash = match hash_of(vector, text, keys, place) {
                Some(hash) => hash,
                None => {
                    let raw = text.between(place.0 + 1, place.1 - 1);
                    hash_of_odd(vector, raw, keys, self.room)?
                }
            };
            fingerprint = fingerprint.wrapping_add(hash);
            last = Some(place);
        }
        let (start, end) = last?;
        Some(Seen {
            fingerprint,
            item: None,
            start: start as u32,
            end: end as u32,
        })
    }

    /// Whether the string whose text is `text[start..close]` begins with white space.
    fn begins_blank(&self, start: usize, close: usize) -> bool {
        match self.byte(start) {
            b' ' => true,
            b'\\' => match self.text.between(start, close) {
                [_, b'u', ..] => hex4(self.text.text(), start + 2)
                    .and_then(char::from_u32)
                    .is_some_and(char::is_whitespace),
                [_, escape, ..] => b"fnrt".contains(escape),
                [] | [_] => false,
            },
            // Behind these bytes begin the white spaces beyond ASCII, none of more than three.
            0xc2 | 0xe1..=0xe3 => {
                let first = self.text.between(start, close.min(start + 3));
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

    /// Notes the name of an attribute, a string that stands between two places.
    #[inline(always)]
    pub(super) fn note_name(&mut self, start: usize, end: usize) {
        let (start, close) = (start + 1, end - 1);
        // None that is empty is short.
        if (close - start).wrapping_sub(1) >= 31 {
            return self.note_odd_name(start, close);
        }
        let name = self.written(start, close);
        match self.notes.names.note(self.vector, name) {
            Met::Before => {}
            Met::Here => self.notes.suspect(true),
            Met::Never => self.note_new_name(start, close),
        }
    }

    /// A short name that stands there.
    #[inline(always)]
    fn written(&self, start: usize, close: usize) -> Written<'a> {
        let length = close - start;
        let word = |at| u64::from_le_bytes(*self.text.window(at));
        let (first, last) = (word(start), word(close.wrapping_sub(8).max(start)));
        Written {
            window: self.text.window(start),
            length,
            ends: [first, last].map(|it| self.vector.low_bytes(it, length)),
        }
    }

    /// Notes a short name that was not met before.
    #[inline(never)]
    fn note_new_name(&mut self, start: usize, close: usize) {
        let name = self.written(start, close);
        let Written { window, length, .. } = name;
        let inside = inside(length) as u32;
        let plain = self.vector.in_set(window, &PLAIN) & inside;
        let letters = self.vector.in_set(window, &ALPHANUMERIC) & inside;
        if plain != inside || letters == 0 || window[0] == b' ' {
            return self.note_odd_name(start, close);
        }
        let at = |place: u32| window[place as usize & 31];
        let (first, last) = (
            at(letters.trailing_zeros()),
            at(31 - letters.leading_zeros()),
        );
        let fields = &self.program.attention.fields;
        if fields.may_have(letters.count_ones() as usize, first, last)
            && self.is_field(start, close)
        {
            self.notes.suspect(true);
            return;
        }
        let text = window.get(..length).unwrap_or_default();
        self.notes.names.keep(name, hash(text));
    }

    /// Notes a name that is empty or long, or holds escapes or letters beyond ASCII.
    #[cold]
    #[inline(never)]
    fn note_odd_name(&mut self, start: usize, close: usize) {
        let raw = self.text.between(start, close);
        // The same name is always noted in the same way.
        self.notes.names.note_other(hash(raw));
        // Written with escapes it may be the same as another.
        let suspected = raw.is_empty() || raw.contains(&b'\\') || self.begins_blank(start, close);
        let suspected = suspected || self.is_field(start, close);
        self.notes.suspect(suspected);
    }

    /// Whether a name is one that no attribute should have.
    #[inline(never)]
    fn is_field(&self, start: usize, close: usize) -> bool {
        let name = self.text.between(start, close);
        let fields = &self.program.attention.fields;
        std::str::from_utf8(name).is_ok_and(|it| fields.has(it))
    }
}

/// The hash of a string's text; none where that is long or holds escapes.
#[inline(always)]
fn hash_of<'a, V: Vector, T: Marked<'a>>(
    vector: V,
    text: T,
    keys: &Keys,
    (start, end): (usize, usize),
) -> Option<u64> {
    let length = end - start - 2;
    if length > SHORT {
        return None;
    }
    vector.hash(keys, text.window(start + 1), length)
}

/// The hash of a string's text that is long or holds escapes.
#[cold]
#[inline(never)]
fn hash_of_odd<V: Vector>(vector: V, raw: &[u8], keys: &Keys, room: &mut String) -> Option<u64> {
    decode(raw, room).map(|text| whole(vector, keys, text.as_bytes()))
}

const ALPHANUMERIC: ByteSet =
    ByteSet::listed(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// What may stand in a name that is compared as it is written.
const PLAIN: ByteSet = ByteSet::printable();

/// The first `length` bits, of at most 32.
#[inline(always)]
fn inside(length: usize) -> u64 {
    (1 << length) - 1
}
