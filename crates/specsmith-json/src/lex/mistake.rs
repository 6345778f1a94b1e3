//! Which mistake it is: what people write when they mean JSON, told apart at the failing byte.

use super::{Lexer, is_word};
use crate::{Fault, FaultKind, Span};

impl Lexer<'_> {
    /// A fault at the character here, or at the end of the text.
    #[cold]
    pub fn fault_here(&self, kind: FaultKind) -> Fault {
        let length = self.here().map_or(0, char::len_utf8);
        self.fault(kind, length)
    }

    /// The fault of a text that ends here: `kind`, unless it was cut off at invalid UTF-8.
    #[cold]
    pub fn ended(&self, kind: FaultKind) -> Fault {
        match self.cut {
            Some(span) => Fault::new(FaultKind::InvalidUtf8, span),
            None => self.fault(kind, 0),
        }
    }

    /// Why no value begins here.
    #[cold]
    pub fn no_value(&self) -> Fault {
        let (Some(byte), Some(character)) = (self.peek(), self.here()) else {
            let blank = self.text.trim_start_matches('\u{feff}').trim().is_empty();
            return self.ended(if blank {
                FaultKind::Empty
            } else {
                FaultKind::Truncated
            });
        };
        match byte {
            b',' => self.fault(FaultKind::ExtraComma, 1),
            b'+' => self.fault(FaultKind::LeadingPlus, 1),
            b'.' => self.fault(FaultKind::LeadingPoint, 1),
            b'\'' | b'`' => self.fault(FaultKind::SingleQuote, 1),
            _ if is_word(byte) || character.is_alphanumeric() => {
                self.bare_word(self.at, FaultKind::BareWord)
            }
            _ => self.anywhere(FaultKind::ExpectedValue),
        }
    }

    /// Why no key begins here.
    #[cold]
    pub(super) fn no_key(&self) -> Fault {
        let (Some(byte), Some(character)) = (self.peek(), self.here()) else {
            return self.ended(FaultKind::Truncated);
        };
        match byte {
            b',' => self.fault(FaultKind::ExtraComma, 1),
            b']' => self.fault(FaultKind::WrongBracket, 1),
            b'\'' | b'`' => self.fault(FaultKind::SingleQuote, 1),
            _ if byte.is_ascii_digit() && self.follows_thousands() => {
                self.fault(FaultKind::ThousandsSeparator, self.word(self.at).len())
            }
            _ if is_word(byte) || character.is_alphanumeric() => {
                self.fault(FaultKind::UnquotedKey, self.word(self.at).len())
            }
            _ => self.anywhere(FaultKind::ExpectedKey),
        }
    }

    /// Why there is no colon here.
    #[cold]
    pub(super) fn no_colon(&self) -> Fault {
        self.anywhere(FaultKind::MissingColon)
    }

    /// Why there is neither a comma nor the right closing bracket here.
    #[cold]
    pub(super) fn no_comma(&self, expected: FaultKind) -> Fault {
        match self.peek() {
            Some(b']' | b'}') => self.fault(FaultKind::WrongBracket, 1),
            Some(byte) if is_word(byte) && self.before() == Some(b'"') => {
                self.fault(FaultKind::TextBehindQuote, self.word(self.at).len())
            }
            Some(byte) if is_word(byte) || matches!(byte, b'"' | b'\'' | b'-' | b'[' | b'{') => {
                self.fault(FaultKind::MissingComma, 1)
            }
            Some(_) | None => self.anywhere(expected),
        }
    }

    /// Why text follows the value.
    #[cold]
    pub(super) fn trailing_text(&self) -> Fault {
        self.anywhere(FaultKind::TrailingText)
    }

    /// Why no digit stands here.
    #[cold]
    pub(super) fn no_digit(&self) -> Fault {
        match self.peek() {
            None => self.ended(FaultKind::Truncated),
            Some(b'I' | b'i' | b'N' | b'n') => self.bare_word(self.at, FaultKind::MissingDigit),
            Some(_) => self.fault_here(FaultKind::MissingDigit),
        }
    }

    /// Why `word` does not stand here, though it begins with the byte here. With the empty word:
    /// why a word that should be over goes on here.
    #[cold]
    pub(super) fn not_the_word(&self, word: &str) -> Fault {
        let same = self.rest().iter().zip(word.as_bytes());
        let right = same.take_while(|(found, meant)| found == meant).count();
        let start = self.at + right;
        if start >= self.text.len() {
            let mut end = self.clone();
            end.at = self.text.len();
            return end.ended(FaultKind::Truncated);
        }
        let kind = meant(self.word(self.at)).unwrap_or(FaultKind::BareWord);
        let length = self.word(start).len().max(self.first_length(start));
        Fault::new(kind, Span::of(start..start + length))
    }

    /// What the word at `start` is in other languages, or else `kind`.
    fn bare_word(&self, start: usize, kind: FaultKind) -> Fault {
        let word = self.word(start);
        self.fault(meant(word).unwrap_or(kind), word.len())
    }

    /// Mistakes that can stand anywhere between tokens, or else `kind`.
    fn anywhere(&self, kind: FaultKind) -> Fault {
        let Some(character) = self.here() else {
            return self.ended(FaultKind::Truncated);
        };
        match character {
            '#' => self.fault(FaultKind::Comment, 1),
            '/' if matches!(self.rest().get(1), Some(b'/' | b'*')) => {
                self.fault(FaultKind::Comment, 2)
            }
            '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '\u{ab}' | '\u{bb}' => {
                self.fault_here(FaultKind::CurlyQuote)
            }
            '\u{feff}' | '\u{200b}' | '\u{b}' | '\u{c}' => self.fault_here(FaultKind::OddSpace),
            _ if character.is_whitespace() => self.fault_here(FaultKind::OddSpace),
            _ => self.fault_here(kind),
        }
    }

    /// The byte before this one.
    fn before(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at.checked_sub(1)?).copied()
    }

    /// Whether digits and a comma stand right before this.
    fn follows_thousands(&self) -> bool {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        matches!(before, [.., digit, b','] if digit.is_ascii_digit())
    }

    fn fault(&self, kind: FaultKind, length: usize) -> Fault {
        Fault::new(kind, Span::of(self.at..self.at + length))
    }

    /// The character here.
    fn here(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// The letters, digits and `_$` from `start` on.
    fn word(&self, start: usize) -> &str {
        let rest = self.text.get(start..).unwrap_or_default();
        let after =
            |character: char| !(character.is_alphanumeric() || matches!(character, '_' | '$'));
        rest.split(after).next().unwrap_or_default()
    }

    /// How many bytes the character at `start` has.
    fn first_length(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.chars().next().map_or(0, char::len_utf8)
    }
}

/// What other languages write like that.
fn meant(word: &str) -> Option<FaultKind> {
    const WORDS: &[(FaultKind, &[&str])] = &[
        (FaultKind::NotFinite, &["nan", "inf", "infinity"]),
        (FaultKind::OtherNull, &["null", "none", "nil", "undefined"]),
        (FaultKind::OtherTrue, &["true"]),
        (FaultKind::OtherFalse, &["false"]),
    ];
    let is_word =
        |it: &&(FaultKind, &[&str])| it.1.iter().any(|name| word.eq_ignore_ascii_case(name));
    WORDS.iter().find(is_word).map(|it| it.0)
}
