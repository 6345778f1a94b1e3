//! JSON text straight into Rust types, by serde, as strictly as the schema reads it.
//!
//! Stricter than `serde_json` where that is laxer than JSON Schema, and laxer where it is
//! stricter: structs come from objects only, unit variants from strings only; `1.0` and `1e2`
//! are integers; every duplicate key is an error at every depth, also in what the type ignores;
//! a number that the type cannot hold exactly is an error of its own kind, never rounded.
//!
//! Every error has its place. The path is not kept while reading: it is found again from the
//! byte at which reading stopped.

mod access;
mod any;
mod error;
mod number;
mod tree;

pub(crate) mod raw;

pub use error::{Error, ErrorKind, Wanted};
pub use tree::from_node;

use serde::de::{Deserialize, DeserializeSeed, Visitor};
use std::marker::PhantomData;

use crate::keys::Keys;
use crate::lex::Lexer;
use crate::locate::pointer_at;
use crate::read::in_right_encoding;
use crate::{FaultKind, Limits, Span};
use error::Result;

/// Reads a whole text as one `T`.
///
/// ```
/// let port: u16 = specsmith_json::from_slice(b"8e3").expect("an integer that fits");
/// assert_eq!(port, 8000);
/// ```
///
/// # Errors
/// The text is not JSON (this is said first, wherever it is), has a duplicate key, or does not
/// fit `T`. A byte order mark is an error here.
pub fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T> {
    from_slice_with(bytes, &Limits::default(), PhantomData)
}

/// Reads a whole text as one `T`.
///
/// # Errors
/// As [`from_slice`].
pub fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T> {
    from_slice(text.as_bytes())
}

/// Reads a whole text by a seed, within limits.
///
/// # Errors
/// As [`from_slice`].
pub fn from_slice_with<'de, S: DeserializeSeed<'de>>(
    bytes: &'de [u8],
    limits: &Limits,
    seed: S,
) -> Result<S::Value> {
    let mut deserializer = Deserializer::new(bytes, limits)?;
    let value = seed.deserialize(&mut deserializer);
    let result = value.and_then(|value| deserializer.end().map(|()| value));
    result.map_err(|error| deserializer.explain(error))
}

/// A serde `Deserializer` over the bytes of one JSON value; strings without escapes are borrowed
/// from them.
///
/// [`from_slice`] is the short way. Whoever drives it by hand calls [`Deserializer::end`] after
/// the value and hands errors to [`Deserializer::explain`], which knows their pointer.
#[derive(Debug)]
pub struct Deserializer<'de> {
    lexer: Lexer<'de>,
    keys: Keys,
    /// How many more arrays and objects may open inside one another.
    depth: usize,
    limits: Limits,
    bytes: &'de [u8],
}

impl<'de> Deserializer<'de> {
    /// A deserializer at the first byte.
    ///
    /// # Errors
    /// The text is longer than `limits`, or begins with a byte order mark.
    pub fn new(bytes: &'de [u8], limits: &Limits) -> Result<Self> {
        let lexer = Lexer::new(bytes, limits)?;
        if let Some(fault) = lexer.byte_order_mark() {
            return Err(fault.into());
        }
        Ok(Self {
            lexer,
            keys: Keys::default(),
            depth: limits.depth.min(Limits::DEEPEST),
            limits: *limits,
            bytes,
        })
    }

    /// The end of the text.
    ///
    /// # Errors
    /// Something follows the value.
    pub fn end(&mut self) -> Result<()> {
        Ok(self.lexer.end()?)
    }

    /// The same error with its JSON pointer. If the text turns out to be no JSON further on, that
    /// is the error: broken JSON is not judged.
    #[cold]
    pub fn explain(&self, error: Error) -> Error {
        let mut error = error;
        match error.kind() {
            ErrorKind::Json(_) => {}
            ErrorKind::DuplicateKey { .. }
            | ErrorKind::NotRepresentable
            | ErrorKind::Type { .. }
            | ErrorKind::Value { .. }
            | ErrorKind::Length { .. }
            | ErrorKind::MissingField(_)
            | ErrorKind::UnknownField { .. }
            | ErrorKind::DuplicateField(_)
            | ErrorKind::UnknownVariant { .. }
            | ErrorKind::Custom(_) => {
                if let Some(fault) = self.fault_further_on() {
                    error = fault;
                }
            }
        }
        if let ErrorKind::Json(kind) = *error.kind() {
            let fault = in_right_encoding(crate::Fault::new(kind, error.span()), self.bytes);
            error = fault.into();
        }
        let pointer = pointer_at(self.lexer.text(), error.span().start as usize);
        error.set_pointer(pointer);
        error
    }

    /// What is no JSON in the whole text.
    fn fault_further_on(&self) -> Option<Error> {
        let mut again = Deserializer::new(self.bytes, &self.limits).ok()?;
        again.skip_leniently().and_then(|()| again.end()).err()
    }

    /// The first byte of the value that must begin here.
    #[inline]
    fn first_byte(&mut self) -> Result<u8> {
        match self.lexer.next_token() {
            Some(byte) => Ok(byte),
            None => Err(self.lexer.no_value().into()),
        }
    }

    /// Goes one level deeper, over the bracket here.
    #[inline]
    fn open(&mut self) -> Result<()> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                self.lexer.bump();
                Ok(())
            }
            None => Err(self.lexer.fault_here(FaultKind::TooDeep).into()),
        }
    }

    /// The error of a value of another type than the visitor's, at the value here.
    #[cold]
    fn mismatch<'v, V: Visitor<'v>>(&mut self, wanted: Wanted, visitor: &V) -> Error {
        let start = self.lexer.at();
        let found = self.lexer.peek().and_then(crate::Kind::of_first_byte);
        let Some(found) = found else {
            return self.lexer.no_value().into();
        };
        let expected = (visitor as &dyn serde::de::Expected).to_string();
        let wanted = Some(wanted);
        let kind = ErrorKind::Type {
            expected,
            wanted,
            found,
        };
        Error::at(kind, self.value_span(start))
    }

    /// The error with the value that begins at `start` as its place, if it has none.
    #[cold]
    fn placed(&self, mut error: Error, start: usize) -> Error {
        if !error.has_span() {
            error.set_span(if error.is_about_properties() {
                Span::of(start..start + 1)
            } else {
                self.value_span(start)
            });
        }
        error
    }

    /// The same for a value that begins where the next token did at `before`: what was raised apart
    /// from any text, such as by an untagged enum, is about the innermost value.
    #[cold]
    fn placed_after(&self, error: Error, before: usize) -> Error {
        if error.has_span() {
            return error;
        }
        let mut lexer = self.lexer.clone();
        lexer.go_to(before);
        lexer.next_token();
        self.placed(error, lexer.at())
    }

    /// The span of the value that begins at `start`; of its first byte if it is broken.
    fn value_span(&self, start: usize) -> Span {
        let mut lexer = self.lexer.clone();
        lexer.go_to(start);
        let mut walker = Deserializer {
            lexer,
            keys: Keys::default(),
            depth: Limits::DEEPEST,
            limits: self.limits,
            bytes: self.bytes,
        };
        match walker.skip_leniently() {
            Ok(()) => walker.lexer.span_from(start),
            Err(_) => Span::of(start..start + 1),
        }
    }

    /// Takes a value, checking all of it.
    ///
    /// # Errors
    /// It is broken or has a duplicate key.
    fn skip(&mut self) -> Result<()> {
        self.skip_value::<true>()
    }

    /// Takes a value whatever its keys.
    fn skip_leniently(&mut self) -> Result<()> {
        self.skip_value::<false>()
    }

    /// Recursion ends at the depth limit.
    fn skip_value<const UNIQUE: bool>(&mut self) -> Result<()> {
        match self.first_byte()? {
            b'"' => {
                self.lexer.string()?;
            }
            b'-' | b'0'..=b'9' => {
                self.lexer.number()?;
            }
            b't' => self.lexer.literal("true")?,
            b'f' => self.lexer.literal("false")?,
            b'n' => self.lexer.literal("null")?,
            b'[' => {
                self.open()?;
                if self.lexer.next_token() == Some(b']') {
                    self.lexer.bump();
                } else {
                    loop {
                        self.skip_value::<UNIQUE>()?;
                        if !self.lexer.more_items()? {
                            break;
                        }
                    }
                }
                self.depth += 1;
            }
            b'{' => {
                self.open()?;
                if self.lexer.next_token() == Some(b'}') {
                    self.lexer.bump();
                } else {
                    let mut scope = self.keys.open();
                    loop {
                        let key = self.lexer.key()?;
                        if UNIQUE {
                            let first = self.keys.add(&mut scope, self.lexer.text(), &key);
                            if let Some(first) = first {
                                return Err(Error::at(ErrorKind::DuplicateKey { first }, key.span));
                            }
                        }
                        self.skip_value::<UNIQUE>()?;
                        if !self.lexer.more_members()? {
                            break;
                        }
                    }
                    self.keys.close(scope);
                }
                self.depth += 1;
            }
            _ => return Err(self.lexer.no_value().into()),
        }
        Ok(())
    }
}
