//! The lexer: tokens, their places, and the first byte that cannot stand where it does.
//!
//! It is our own because the kept ones do not serve: hifijson reports mistakes without a place,
//! checks neither UTF-8 nor surrogates in text that is skipped, and looks at one byte at a time.
//! This one works on checked text, so that every string it hands out is a slice of that text, and
//! looks for the end of a string eight bytes at a time.

mod mistake;
mod number;
mod text;

pub use text::Text;

use crate::{Fault, FaultKind, Limits, Span};

/// A place in a text that should be JSON, and the moves from there.
///
/// A move that fails leaves the lexer where it was or on the way to the fault: give up then.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Set if the text was cut off here because what follows is not UTF-8.
    cut: Option<Span>,
}

impl<'a> Lexer<'a> {
    /// A lexer at the first byte of `bytes`, after a byte order mark.
    ///
    /// Bytes that are not UTF-8 become a fault when the lexer gets there, so that a mistake
    /// before them is the one that is reported.
    ///
    /// # Errors
    /// A text longer than `limits` is not looked at.
    pub fn new(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let limit = limits.bytes.min(u32::MAX as usize);
        if bytes.len() > limit {
            return Err(Fault::new(FaultKind::TooLong, Span::of(limit..limit)));
        }
        let (text, cut) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let start = error.valid_up_to();
                let checked = bytes.get(..start).unwrap_or_default();
                let text = std::str::from_utf8(checked).unwrap_or_default();
                let length = error.error_len().unwrap_or(bytes.len() - start);
                (text, Some(Span::of(start..start + length)))
            }
        };
        let at = if text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        Ok(Self { text, at, cut })
    }

    /// The fault of a byte order mark, if the text begins with one.
    pub fn byte_order_mark(&self) -> Option<Fault> {
        let span = Span::of(0..BYTE_ORDER_MARK.len());
        let marked = self.text.starts_with(BYTE_ORDER_MARK);
        marked.then(|| Fault::new(FaultKind::ByteOrderMark, span))
    }

    /// The text, up to the first byte that is not UTF-8.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Where the lexer is: bytes from the beginning of the text.
    #[inline]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes to another place: `at` must be one that a lexer of the same text was at.
    #[inline]
    pub fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The byte at this place.
    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes on by one byte, which must be one of ASCII.
    #[inline]
    pub fn bump(&mut self) {
        self.at += 1;
    }

    /// Goes on if the byte at this place is `byte`, and says whether it is.
    #[inline]
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes on to the first byte that is no white space, and looks at it.
    #[inline]
    pub fn next_token(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek()?;
            if !crate::is_space(byte) {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// The span from `start` to here.
    #[inline]
    pub fn span_from(&self, start: usize) -> Span {
        Span::of(start..self.at)
    }

    /// Takes the `word` (`true`, `false` or `null`) that the byte here begins.
    ///
    /// # Errors
    /// Another word stands here.
    #[inline]
    pub fn literal(&mut self, word: &str) -> Result<(), Fault> {
        let rest = self.rest();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.not_the_word(word));
        }
        self.at += word.len();
        match self.peek() {
            Some(byte) if is_word(byte) => Err(self.not_the_word("")),
            Some(_) | None => Ok(()),
        }
    }

    /// Takes a string, whose opening quote is the byte here, and checks all of it.
    ///
    /// # Errors
    /// The string is not closed, holds a raw control character, or has an escape that does not
    /// exist or is half a surrogate pair.
    #[inline]
    pub fn string(&mut self) -> Result<Text<'a>, Fault> {
        text::take(self)
    }

    /// Takes a number, whose first byte is the one here, and gives its text.
    ///
    /// # Errors
    /// It is no number of RFC 8259.
    #[inline]
    pub fn number(&mut self) -> Result<&'a str, Fault> {
        number::take(self)
    }

    /// Takes the colon after a key.
    ///
    /// # Errors
    /// Something else stands here.
    #[inline]
    pub fn colon(&mut self) -> Result<(), Fault> {
        if self.next_token() == Some(b':') {
            self.bump();
            return Ok(());
        }
        Err(self.no_colon())
    }

    /// Takes the key that must begin here and the colon after it.
    ///
    /// # Errors
    /// Something else stands here.
    #[inline]
    pub fn key(&mut self) -> Result<Text<'a>, Fault> {
        if self.next_token() != Some(b'"') {
            return Err(self.no_key());
        }
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    /// After an item of an array: takes the comma and says `true`, or takes the closing bracket
    /// and says `false`.
    ///
    /// # Errors
    /// Neither stands here, or the bracket follows the comma.
    #[inline]
    pub fn more_items(&mut self) -> Result<bool, Fault> {
        match self.next_token() {
            Some(b',') => {
                self.bump();
                if self.next_token() == Some(b']') {
                    return Err(self.fault_here(FaultKind::TrailingComma));
                }
                Ok(true)
            }
            Some(b']') => {
                self.bump();
                Ok(false)
            }
            Some(_) | None => Err(self.no_comma(FaultKind::ExpectedCommaOrBracket)),
        }
    }

    /// After a property of an object: takes the comma and says `true`, or takes the closing brace
    /// and says `false`.
    ///
    /// # Errors
    /// Neither stands here, or the brace follows the comma.
    #[inline]
    pub fn more_members(&mut self) -> Result<bool, Fault> {
        match self.next_token() {
            Some(b',') => {
                self.bump();
                if self.next_token() == Some(b'}') {
                    return Err(self.fault_here(FaultKind::TrailingComma));
                }
                Ok(true)
            }
            Some(b'}') => {
                self.bump();
                Ok(false)
            }
            Some(_) | None => Err(self.no_comma(FaultKind::ExpectedCommaOrBrace)),
        }
    }

    /// The end of the text, after white space.
    ///
    /// # Errors
    /// More text follows.
    pub fn end(&mut self) -> Result<(), Fault> {
        match (self.next_token(), self.cut) {
            (Some(_), _) => Err(self.trailing_text()),
            (None, Some(span)) => Err(Fault::new(FaultKind::InvalidUtf8, span)),
            (None, None) => Ok(()),
        }
    }

    /// The bytes from here on.
    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Whether `byte` goes on a word or number that stands without quotes.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}
