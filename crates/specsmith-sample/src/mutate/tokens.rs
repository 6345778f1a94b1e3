//! The text of a value as tokens, so that it can be changed without being read.

use specsmith_ir::Literal;

use crate::{Style, write};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[` or `{`
    Open,
    /// `]` or `}`
    Close,
    Comma,
    Colon,
    Key,
    String,
    Number,
    /// `null`, `true` or `false`
    Word,
    /// White space, or anything that was put in.
    Other,
}

/// A token and its text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: Vec<u8>,
}

impl Token {
    pub(super) fn new(kind: Kind, text: impl Into<Vec<u8>>) -> Self {
        let text = text.into();
        Self { kind, text }
    }
}

/// The tokens of one text.
#[derive(Clone, Debug)]
pub(super) struct Tokens(pub(super) Vec<Token>);

impl Tokens {
    pub(super) fn of(value: &Literal) -> Self {
        let mut tokens = Self(Vec::new());
        tokens.put(value);
        tokens
    }

    pub(super) fn text(&self) -> Vec<u8> {
        self.0.iter().flat_map(|it| &it.text).copied().collect()
    }

    fn put(&mut self, value: &Literal) {
        let token = |kind, text: String| Token::new(kind, text);
        match value {
            Literal::Null | Literal::Boolean(_) => {
                self.0.push(token(Kind::Word, write(value, Style::Compact)));
            }
            Literal::Number(number) => {
                self.0.push(Token::new(Kind::Number, number.as_str()));
            }
            Literal::String(_) => {
                self.0
                    .push(token(Kind::String, write(value, Style::Compact)));
            }
            Literal::List(items) => {
                self.0.push(Token::new(Kind::Open, "["));
                for (index, item) in items.iter().enumerate() {
                    self.separate(index);
                    self.put(item);
                }
                self.0.push(Token::new(Kind::Close, "]"));
            }
            Literal::Record(members) => {
                self.0.push(Token::new(Kind::Open, "{"));
                for (index, (name, value)) in members.iter().enumerate() {
                    self.separate(index);
                    let name = Literal::String(name.clone());
                    self.0.push(token(Kind::Key, write(&name, Style::Compact)));
                    self.0.push(Token::new(Kind::Colon, ":"));
                    self.put(value);
                }
                self.0.push(Token::new(Kind::Close, "}"));
            }
        }
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.0.push(Token::new(Kind::Comma, ","));
        }
    }

    /// The places of all tokens of that kind.
    pub(super) fn places(&self, wanted: &[Kind]) -> Vec<usize> {
        let tokens = self.0.iter().enumerate();
        tokens
            .filter(|(_, it)| wanted.contains(&it.kind))
            .map(|(at, _)| at)
            .collect()
    }

    /// One place of that kind, by chance.
    pub(super) fn place(&self, wanted: &[Kind], random: &mut fastrand::Rng) -> Option<usize> {
        random.choice(self.places(wanted))
    }

    /// The place behind the value that begins at a token.
    pub(super) fn end_of_value(&self, start: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in self.0.iter().enumerate().skip(start) {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.checked_sub(1)?,
                Kind::Comma | Kind::Colon => continue,
                Kind::Key | Kind::String | Kind::Number | Kind::Word => {}
                Kind::Other => continue,
            }
            if depth == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// A value by chance: the tokens that it is made of.
    pub(super) fn value(&self, random: &mut fastrand::Rng) -> Option<std::ops::Range<usize>> {
        let kinds = [Kind::Open, Kind::String, Kind::Number, Kind::Word];
        let start = self.place(&kinds, random)?;
        Some(start..self.end_of_value(start)?)
    }

    /// A member by chance: key, colon, value.
    pub(super) fn member(&self, random: &mut fastrand::Rng) -> Option<std::ops::Range<usize>> {
        let key = self.place(&[Kind::Key], random)?;
        let colon = key + 1;
        let value = colon + 1;
        (self.0.get(colon)?.kind == Kind::Colon).then_some(())?;
        Some(key..self.end_of_value(value)?)
    }

    /// Replaces tokens by others.
    pub(super) fn replace(&mut self, range: std::ops::Range<usize>, by: Vec<Token>) {
        self.0.splice(range, by);
    }
}
