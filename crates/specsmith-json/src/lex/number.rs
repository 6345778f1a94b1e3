//! Numbers: RFC 8259's grammar, digit by digit.

use super::{Lexer, is_word};
use crate::{Fault, FaultKind};

/// Takes the number whose first byte is the one at the lexer's place.
#[inline]
pub(super) fn take<'a>(lexer: &mut Lexer<'a>) -> Result<&'a str, Fault> {
    let start = lexer.at;
    lexer.take(b'-');
    if lexer.take(b'0') {
        if lexer.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(lexer.fault_here(FaultKind::LeadingZero));
        }
    } else {
        digits(lexer)?;
    }
    if lexer.take(b'.') {
        digits(lexer)?;
    }
    if let Some(b'e' | b'E') = lexer.peek() {
        lexer.bump();
        if let Some(b'+' | b'-') = lexer.peek() {
            lexer.bump();
        }
        digits(lexer)?;
    }
    match lexer.peek() {
        Some(byte) if is_word(byte) || matches!(byte, b'.' | b'+' | b'-') => {
            Err(lexer.fault_here(FaultKind::InvalidNumber))
        }
        Some(_) | None => Ok(lexer.text.get(start..lexer.at).unwrap_or_default()),
    }
}

/// Takes one digit or more.
#[inline]
fn digits(lexer: &mut Lexer<'_>) -> Result<(), Fault> {
    let length = lexer
        .rest()
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if length == 0 {
        return Err(lexer.no_digit());
    }
    lexer.at += length;
    Ok(())
}
