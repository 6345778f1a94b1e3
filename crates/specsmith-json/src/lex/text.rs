//! Strings: finding their end, checking their escapes, taking the escapes out.

use std::borrow::Cow;

use super::Lexer;
use crate::{Fault, FaultKind, Span};

/// A string as it stands in the text, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// What stands between the quotes, escapes and all.
    pub raw: &'a str,
    /// Whether `raw` has an escape.
    pub escaped: bool,
    /// Where the string stands, quotes included.
    pub span: Span,
}

impl<'a> Text<'a> {
    /// The string that is meant: a slice of the text if there is no escape.
    #[inline]
    pub fn unescape(&self) -> Cow<'a, str> {
        if self.escaped {
            Cow::Owned(unescaped(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }
}

/// Takes the string whose opening quote is the byte at the lexer's place.
#[inline]
pub(super) fn take<'a>(lexer: &mut Lexer<'a>) -> Result<Text<'a>, Fault> {
    let opening = lexer.at;
    let mut escaped = false;
    lexer.at += 1;
    loop {
        lexer.at += plain_length(lexer.rest());
        match lexer.peek() {
            Some(b'"') => {
                let raw = lexer.text.get(opening + 1..lexer.at).unwrap_or_default();
                lexer.at += 1;
                let span = lexer.span_from(opening);
                return Ok(Text { raw, escaped, span });
            }
            Some(b'\\') => {
                escaped = true;
                escape(lexer)?;
            }
            Some(control) => return Err(lexer.fault_here(raw_control(control))),
            None => return Err(lexer.ended(FaultKind::UnclosedString)),
        }
    }
}

/// Which mistake a control character in a string is.
#[cold]
fn raw_control(byte: u8) -> FaultKind {
    match byte {
        b'\n' | b'\r' => FaultKind::LineBreak,
        b'\t' => FaultKind::Tab,
        _ => FaultKind::ControlCharacter,
    }
}

/// How many bytes from the beginning are neither quote nor backslash nor control character.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let mut rest = bytes;
    let mut length = 0;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        // The lowest byte that is marked is always one that should be; a borrow can only mark
        // bytes above it wrongly.
        let below_space = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = word ^ (ONES * 0x22);
        let backslash = word ^ (ONES * 0x5c);
        let marks = (below_space
            | (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash))
            & (ONES * 0x80);
        if marks != 0 {
            return length + marks.trailing_zeros() as usize / 8;
        }
        length += 8;
        rest = after;
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    length + rest.iter().position(special).unwrap_or(rest.len())
}

/// Takes an escape, whose backslash is the byte here.
fn escape(lexer: &mut Lexer<'_>) -> Result<(), Fault> {
    let backslash = lexer.at;
    lexer.at += 1;
    match lexer.peek() {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => lexer.at += 1,
        Some(b'u') => {
            lexer.at += 1;
            let unit = hex4(lexer)?;
            if (0xd800..0xdc00).contains(&unit) {
                second_half(lexer, backslash)?;
            } else if (0xdc00..0xe000).contains(&unit) {
                return Err(Fault::new(
                    FaultKind::LoneSurrogate,
                    lexer.span_from(backslash),
                ));
            }
        }
        Some(_) => return Err(lexer.fault_here(FaultKind::InvalidEscape)),
        None => return Err(lexer.ended(FaultKind::UnclosedString)),
    }
    Ok(())
}

/// Takes the low surrogate that must follow the high one that began at `backslash`.
fn second_half(lexer: &mut Lexer<'_>, backslash: usize) -> Result<(), Fault> {
    let lone = Fault::new(FaultKind::LoneSurrogate, lexer.span_from(backslash));
    if lexer.peek().is_none() {
        return Err(lexer.ended(FaultKind::UnclosedString));
    }
    if !lexer.take(b'\\') {
        return Err(lone);
    }
    if lexer.peek().is_none() {
        return Err(lexer.ended(FaultKind::UnclosedString));
    }
    if !lexer.take(b'u') {
        return Err(lone);
    }
    if (0xdc00..0xe000).contains(&hex4(lexer)?) {
        Ok(())
    } else {
        Err(lone)
    }
}

/// Takes four hexadecimal digits.
fn hex4(lexer: &mut Lexer<'_>) -> Result<u32, Fault> {
    let mut unit = 0;
    for _ in 0..4 {
        let Some(byte) = lexer.peek() else {
            return Err(lexer.ended(FaultKind::UnclosedString));
        };
        let Some(digit) = char::from(byte).to_digit(16) else {
            return Err(lexer.fault_here(FaultKind::InvalidUnicodeEscape));
        };
        unit = unit * 16 + digit;
        lexer.at += 1;
    }
    Ok(unit)
}

/// What checked text with escapes means.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, after)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut chars = after.chars();
        let character = match chars.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let (character, length) = unicode(after);
                chars = after.get(length..).unwrap_or_default().chars();
                character
            }
            Some(itself) => itself,
            None => break,
        };
        text.push(character);
        rest = chars.as_str();
    }
    text.push_str(rest);
    text
}

/// The character of `u12AB` or `uD83D\uDE00`, and how many bytes that takes.
fn unicode(escape: &str) -> (char, usize) {
    let unit = |start: usize| {
        let digits = escape.get(start..start + 4).unwrap_or_default();
        u32::from_str_radix(digits, 16).unwrap_or_default()
    };
    let first = unit(1);
    match char::from_u32(first) {
        Some(character) => (character, 5),
        None => {
            let pair = 0x1_0000 + ((first & 0x3ff) << 10) + (unit(7) & 0x3ff);
            (
                char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER),
                11,
            )
        }
    }
}
