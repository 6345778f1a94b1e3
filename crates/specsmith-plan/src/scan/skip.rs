//! Values that no rule speaks of: they must still be JSON, and no name may occur twice.

use super::{End, Scan, Stop};
use crate::kernels::text::{decode, hash};
use crate::marked::Marked;
use crate::simd::Vector;

/// Up to here comparing each pair of hashes is faster than sorting.
const FEW: usize = 16;

impl<'a, V: Vector, T: Marked<'a>> Scan<'a, V, T> {
    /// Passes any value.
    pub(super) fn skip(&mut self, at: usize) -> End {
        let at = self.space(at);
        match self.byte(at) {
            b'"' => Ok(self.string_end()? + 1),
            b'{' => self.skip_object(at),
            b'[' => self.skip_list(at),
            b'n' => self.word(at, b"null"),
            b't' => self.word(at, b"true"),
            b'f' => self.word(at + 1, b"alse"),
            b'-' | b'0'..=b'9' => self.number_end(at),
            _ => Err(Stop::Invalid),
        }
    }

    /// Passes any object; `at` is at its brace.
    #[inline(never)]
    pub(super) fn skip_object(&mut self, at: usize) -> End {
        self.deeper()?;
        let base = self.hashes.len();
        let mut at = self.space(at + 1);
        if self.byte(at) == b'}' {
            self.depth -= 1;
            return Ok(at + 1);
        }
        loop {
            if self.byte(at) != b'"' {
                return Err(Stop::Invalid);
            }
            let close = self.string_end()?;
            self.remember_name(at + 1, close)?;
            at = self.colon(close + 1)?;
            at = self.skip(at)?;
            at = self.space(at);
            match self.byte(at) {
                b',' => at = self.space(at + 1),
                b'}' => break,
                _ => return Err(Stop::Invalid),
            }
        }
        self.all_different(base)?;
        self.depth -= 1;
        Ok(at + 1)
    }

    /// Passes any array; `at` is at its bracket.
    #[inline(never)]
    pub(super) fn skip_list(&mut self, at: usize) -> End {
        self.deeper()?;
        let mut at = self.space(at + 1);
        if self.byte(at) == b']' {
            self.depth -= 1;
            return Ok(at + 1);
        }
        while at < self.text.end() {
            at = self.skip(at)?;
            at = self.space(at);
            match self.byte(at) {
                b',' => at += 1,
                b']' => break,
                _ => return Err(Stop::Invalid),
            }
        }
        self.depth -= 1;
        Ok(at + 1)
    }

    #[inline(always)]
    pub(super) fn colon(&mut self, at: usize) -> End {
        let at = self.space(at);
        if self.byte(at) == b':' {
            Ok(at + 1)
        } else {
            Err(Stop::Invalid)
        }
    }

    /// Goes into an array or object.
    #[inline(always)]
    pub(super) fn deeper(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > self.deepest {
            return Err(Stop::Unsure);
        }
        Ok(())
    }

    /// Notes the name between two quotes, to be compared with the others of its object.
    #[inline(always)]
    pub(super) fn remember_name(&mut self, start: usize, close: usize) -> Result<(), Stop> {
        let raw = self.text.between(start, close);
        let hash = if raw.contains(&b'\\') {
            let name = decode(raw, self.room).ok_or(Stop::Unsure)?;
            hash(name.as_bytes())
        } else {
            hash(raw)
        };
        self.hashes.push(hash);
        Ok(())
    }

    /// Whether everything noted since `base` differs; forgets it.
    #[inline(always)]
    pub(super) fn all_different(&mut self, base: usize) -> Result<(), Stop> {
        let hashes = self.hashes.get_mut(base..).unwrap_or_default();
        let repeated = if hashes.len() <= FEW {
            hashes
                .iter()
                .enumerate()
                .any(|(at, hash)| hashes.iter().take(at).any(|other| other == hash))
        } else {
            hashes.sort_unstable();
            hashes.windows(2).any(|pair| pair.first() == pair.last())
        };
        self.hashes.truncate(base);
        if repeated { Err(Stop::Unsure) } else { Ok(()) }
    }
}
