//! What stands behind a backslash.

use super::super::tree::{Class, DIGITS, Property, SPACE, Tree, WORD};
use super::groups::Open;
use super::{Grammar, Parsed, Parser, SyntaxErrorKind, error};

impl<'a> Parser<'a> {
    /// An escape outside of a class; the backslash is read.
    pub(super) fn escape(&mut self, start: usize, group: &mut Open<'a>) -> Parsed<()> {
        let Some(char) = self.next_char() else {
            return error(start, SyntaxErrorKind::LoneBackslash);
        };
        match char {
            'A' if self.grammar == Grammar::Lenient => group.push(Tree::Start, false),
            'z' | 'Z' if self.grammar == Grammar::Lenient => group.push(Tree::End, false),
            'b' | 'B' => group.push(
                Tree::WordBoundary {
                    negated: char == 'B',
                },
                false,
            ),
            'k' => {
                if !self.eat("<") {
                    return error(start, SyntaxErrorKind::IncompleteEscape);
                }
                let name = self.group_name()?;
                // The number is found when all groups are known; until then, the place stands in.
                let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                self.names.push((start, name));
                group.push(Tree::BackReference(u32::MAX - place), true);
            }
            '1'..='9' => {
                self.at -= 1;
                let rest = self.rest();
                let digits =
                    rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let number = rest.get(..digits).and_then(|text| text.parse().ok());
                let Some(number) = number.filter(|number| *number < u32::MAX / 2) else {
                    return error(start, SyntaxErrorKind::NoSuchGroup);
                };
                self.at += digits;
                self.numbers.push((start, number));
                group.push(Tree::BackReference(number), true);
            }
            char => match self.class_escape(start, char)? {
                Some(class) => group.push(Tree::Class(class), true),
                None => {
                    let point = self.character_escape(start, char)?;
                    let tree = match char::from_u32(point) {
                        Some(char) => Tree::Literal(char),
                        // A lone surrogate is in no text: a class of it, which matches nothing.
                        None => Tree::Class(Class::of(vec![(point, point)])),
                    };
                    group.push(tree, true);
                }
            },
        }
        Ok(())
    }

    /// `\d \D \w \W \s \S \p{…} \P{…}` with their first letter read; `None` for other letters.
    pub(super) fn class_escape(&mut self, start: usize, char: char) -> Parsed<Option<Class>> {
        let (ranges, negated) = match char {
            'd' | 'D' => (DIGITS, char == 'D'),
            'w' | 'W' => (WORD, char == 'W'),
            's' | 'S' => (SPACE, char == 'S'),
            'p' | 'P' => {
                let words = self.property(start)?.into();
                let properties = vec![Property {
                    negated: char == 'P',
                    words,
                }];
                return Ok(Some(Class {
                    properties,
                    ..Class::default()
                }));
            }
            _ => return Ok(None),
        };
        Ok(Some(Class {
            negated,
            ..Class::of(ranges.to_vec())
        }))
    }

    /// `{Name}` or `{Name=Value}`.
    fn property(&mut self, start: usize) -> Parsed<&'a str> {
        let is_word = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let words = self
            .rest()
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
            .map(|(words, _)| words)
            .filter(|words| match words.split_once('=') {
                Some((name, value)) => is_word(name) && is_word(value),
                None => is_word(words),
            });
        let Some(words) = words else {
            return error(start, SyntaxErrorKind::IncompleteProperty);
        };
        self.at += words.len() + 2;
        Ok(words)
    }

    /// An escape that stands for one code point, its first character read.
    pub(super) fn character_escape(&mut self, start: usize, char: char) -> Parsed<u32> {
        Ok(match char {
            'f' => 0x0C,
            'n' => 0x0A,
            'r' => 0x0D,
            't' => 0x09,
            'v' => 0x0B,
            'c' => match self.next_char() {
                Some(letter) if letter.is_ascii_alphabetic() => u32::from(letter) % 32,
                Some(_) | None => return error(start, SyntaxErrorKind::IncompleteEscape),
            },
            '0' if self.peek().is_some_and(|next| next.is_ascii_digit()) => {
                return error(start, SyntaxErrorKind::UnknownEscape);
            }
            '0' => 0,
            'x' => self.hexadecimal(start, 2)?,
            'u' => self.unicode_escape(start)?,
            char if !char.is_alphanumeric() => u32::from(char),
            _ => return error(start, SyntaxErrorKind::UnknownEscape),
        })
    }

    /// `{1F600}` or `0041` after `\u`; two surrogates in a row are one code point.
    pub(super) fn unicode_escape(&mut self, start: usize) -> Parsed<u32> {
        if self.eat("{") {
            let digits = self.rest().split_once('}').map(|(digits, _)| digits);
            let point = digits
                .filter(|digits| {
                    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit())
                })
                .map(|digits| digits.trim_start_matches('0'))
                .and_then(|digits| {
                    u32::from_str_radix(if digits.is_empty() { "0" } else { digits }, 16).ok()
                })
                .filter(|point| *point <= 0x10_FFFF);
            let (Some(digits), Some(point)) = (digits, point) else {
                return error(start, SyntaxErrorKind::IncompleteEscape);
            };
            self.at += digits.len() + 1;
            return Ok(point);
        }
        let lead = self.hexadecimal(start, 4)?;
        let after_lead = self.at;
        if (0xD800..0xDC00).contains(&lead) && self.eat("\\u") {
            if let Ok(trail @ 0xDC00..=0xDFFF) = self.hexadecimal(start, 4) {
                return Ok(0x1_0000 + ((lead - 0xD800) << 10) + (trail - 0xDC00));
            }
            self.at = after_lead;
        }
        Ok(lead)
    }

    fn hexadecimal(&mut self, start: usize, digits: usize) -> Parsed<u32> {
        let text = self.rest().get(..digits);
        match text.filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            Some(text) => {
                self.at += digits;
                Ok(u32::from_str_radix(text, 16).unwrap_or_default())
            }
            None => error(start, SyntaxErrorKind::IncompleteEscape),
        }
    }
}
