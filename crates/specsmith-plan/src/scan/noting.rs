//! Taking notes of values that fit.

use super::{Scan, Stop};
use crate::attention::Noted;
use crate::kernels::class::ByteSet;
use crate::kernels::text::{decode, hash, hex4, keyed, keyed_ends, keyed_short, words};
use crate::marked::Marked;
use crate::names::Met;
use crate::simd::{Task, Vector};

/// A note of a plain string, apart from the walk over them because few are noted.
struct Note<'s, 'a, V, T> {
    scan: &'s mut Scan<'a, V, T>,
    noted: Noted,
    start: usize,
    end: usize,
}

impl<'a, V: Vector, T: Marked<'a>> Task for Note<'_, 'a, V, T> {
    type Output = Result<(), Stop>;

    #[inline(always)]
    fn run<W: Vector>(self, _: W) -> Self::Output {
        let Self {
            scan,
            noted,
            start,
            end,
        } = self;
        if scan.depth == scan.record_depth && noted.has(Noted::IDENTITY) {
            scan.note_id(noted.part, start, end)?;
        } else if scan.depth == scan.depth_of_attributes() && noted.has(Noted::NAME) {
            scan.note_name(scan.text.window(start + 1), start + 1, end - 1);
        }
        Ok(())
    }
}

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Takes note of the value of a property, which stands at `start` and ends before `end`.
    #[inline(never)]
    pub(super) fn note(&mut self, noted: Noted, start: usize, end: usize) -> Result<(), Stop> {
        let first = self.byte(start);
        let is_list = first == b'[';
        if self.depth == self.depth_of_attributes() {
            if noted.has(Noted::NAME) && first == b'"' {
                self.note_name(self.text.window(start + 1), start + 1, end - 1);
            }
        } else if self.depth == self.record_depth {
            if noted.has(Noted::IDENTITY) && first == b'"' {
                self.note_id(noted.part, start, end)?;
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

    /// The same for a string that only has to be noted as an id or as a name, and not looked at.
    #[inline(always)]
    pub(super) fn note_plain(
        &mut self,
        noted: Noted,
        start: usize,
        end: usize,
    ) -> Result<(), Stop> {
        let vector = self.vector;
        vector.call(Note {
            scan: self,
            noted,
            start,
            end,
        })
    }

    #[inline(always)]
    fn note_id(&mut self, part: u8, start: usize, end: usize) -> Result<(), Stop> {
        let Some(identity) = &self.program.options.watch.identity else {
            return Ok(());
        };
        let keys = identity.keys_of(part);
        let close = end - 1;
        let length = close - (start + 1);
        let window = self.text.window::<64>(start + 1);
        let escape = self.vector.masks(window).backslashes.trailing_zeros();
        let hash = match length {
            _ if length > (escape as usize).min(64) => {
                let raw = self.text.between(start + 1, close);
                hash_of_odd(keys, raw, self.room).ok_or(Stop::Unsure)?
            }
            0..16 => keyed_short(keys, words(self.vector, window, length), length),
            16..=32 => {
                let first = window.first_chunk().unwrap_or(&[0; 16]);
                keyed_ends(keys, first, self.text.window(close - 16), length)
            }
            _ => keyed(keys, self.text.between(start + 1, close)),
        };
        self.notes.note_id(identity, part, hash, (start, end));
        Ok(())
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

    #[inline(always)]
    fn note_name(&mut self, window: &[u8; 32], start: usize, close: usize) {
        let length = close - start;
        if !(1..32).contains(&length) {
            return self.note_odd_name(start, close);
        }
        let name = words(self.vector, window, length);
        match self.notes.names.note(&name) {
            Met::Before => {}
            Met::Here => self.notes.suspected = true,
            Met::Never => self.note_new_name(window, start, close),
        }
    }

    /// Notes a short name that was not met before.
    #[inline(never)]
    fn note_new_name(&mut self, window: &[u8; 32], start: usize, close: usize) {
        let length = close - start;
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
            self.notes.suspected = true;
            return;
        }
        let name = words(self.vector, window, length);
        let text = window.get(..length).unwrap_or_default();
        self.notes.names.keep(&name, hash(text));
    }

    /// Notes a name that is long, or holds escapes or letters beyond ASCII.
    #[cold]
    #[inline(never)]
    fn note_odd_name(&mut self, start: usize, close: usize) {
        let raw = self.text.between(start, close);
        // The same name is always noted in the same way.
        self.notes.names.note_other(hash(raw));
        // Written with escapes it may be the same as another.
        let suspected = raw.contains(&b'\\') || self.begins_blank(start, close);
        self.notes.suspected |= suspected || self.is_field(start, close);
    }

    /// Whether a name is one that no attribute should have.
    #[inline(never)]
    fn is_field(&self, start: usize, close: usize) -> bool {
        let name = self.text.between(start, close);
        let fields = &self.program.attention.fields;
        std::str::from_utf8(name).is_ok_and(|it| fields.has(it))
    }
}

/// The hash of a part of an id that is long or holds escapes; nothing if it is no text after all.
#[cold]
#[inline(never)]
fn hash_of_odd(keys: [u64; 2], raw: &[u8], room: &mut String) -> Option<u64> {
    decode(raw, room).map(|text| keyed(keys, text.as_bytes()))
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
