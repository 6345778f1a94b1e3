//! Reading of ECMA-262 patterns.
//!
//! The grammar is that of Unicode mode, with the pattern modifiers of ES2025. A backslash may
//! stand before any character that is no letter or digit, since patterns without the flag `u` are
//! full of `\-` and `\_`. Beyond that, [`parse`] takes what real documents hold and what can only
//! mean one thing: from browsers without the flag a lone `]`, `}` or `{`, a hyphen beside a class
//! (`[\w-.]`) and a repeated lookahead, from other dialects leading flags (`(?i)…`), `(?P<name>…)`,
//! `\A`, `\z` and `\Z`. [`is_strict`] takes none of these.

mod classes;
mod escapes;
mod groups;
mod mistake;

use super::tree::{Flags, Group, Tree};
use groups::Open;

pub use mistake::{SyntaxError, SyntaxErrorKind};

/// How deeply groups may be nested.
pub const DEEPEST: usize = 1000;

/// Reads a pattern.
///
/// ```
/// use specsmith_predicates::pattern::syntax;
///
/// assert!(syntax::parse(r"[a-zA-Z0-9\-\_]+").is_ok());
/// assert_eq!(
///     syntax::parse("a(b").map_err(|error| error.to_string()),
///     Err("the group is not closed".to_owned())
/// );
/// ```
pub fn parse(pattern: &str) -> Result<Tree, SyntaxError> {
    Parser::new(pattern, Grammar::Lenient).parse()
}

/// Whether `text` is a pattern without any leniency, as the format `regex` demands.
pub fn is_strict(text: &str) -> bool {
    Parser::new(text, Grammar::Strict).parse().is_ok()
}

type Parsed<T> = Result<T, SyntaxError>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grammar {
    Strict,
    Lenient,
}

/// A group's name, decoded.
type Name<'a> = std::borrow::Cow<'a, str>;

struct Parser<'a> {
    pattern: &'a str,
    at: usize,
    grammar: Grammar,
    open: Vec<Open<'a>>,
    captures: u32,
    named: Vec<(Name<'a>, u32)>,
    /// References, by where they stand, to be resolved when all groups are known.
    numbers: Vec<(usize, u32)>,
    names: Vec<(usize, Name<'a>)>,
}

impl<'a> Parser<'a> {
    fn new(pattern: &'a str, grammar: Grammar) -> Self {
        Self {
            pattern,
            at: 0,
            grammar,
            open: Vec::new(),
            captures: 0,
            named: Vec::new(),
            numbers: Vec::new(),
            names: Vec::new(),
        }
    }

    fn parse(mut self) -> Parsed<Tree> {
        let leading = self.leading_flags();
        let mut group = Open::new(Group::Plain, 0);
        while let Some(char) = self.peek() {
            let start = self.at;
            self.at += char.len_utf8();
            match char {
                '|' => group.next_alternative(),
                '(' => {
                    let kind = self.group(start, &mut group)?;
                    if self.open.len() >= DEEPEST {
                        return error(start, SyntaxErrorKind::TooDeep);
                    }
                    self.open.push(group);
                    group = Open::new(kind, start);
                }
                ')' => {
                    let Some(outer) = self.open.pop() else {
                        return error(start, SyntaxErrorKind::UnopenedGroup);
                    };
                    group = group.close_into(outer, self.grammar);
                }
                '*' => self.repeat(start, &mut group, 0, None)?,
                '+' => self.repeat(start, &mut group, 1, None)?,
                '?' => self.repeat(start, &mut group, 0, Some(1))?,
                '{' => match self.limits()? {
                    Some((min, max)) => self.repeat(start, &mut group, min, max)?,
                    None => group.push(Tree::Literal('{'), true),
                },
                ']' | '}' if self.grammar == Grammar::Strict => {
                    return error(start, SyntaxErrorKind::LoneBracket);
                }
                '^' => group.push(Tree::Start, false),
                '$' => group.push(Tree::End, false),
                '.' => group.push(Tree::Dot, true),
                '[' => {
                    let class = self.class(start)?;
                    group.push(Tree::Class(class), true);
                }
                '\\' => self.escape(start, &mut group)?,
                char => group.push(Tree::Literal(char), true),
            }
        }
        if !self.open.is_empty() {
            return error(group.offset, SyntaxErrorKind::UnclosedGroup);
        }
        for (offset, number) in &self.numbers {
            if *number > self.captures {
                return error(*offset, SyntaxErrorKind::NoSuchGroup);
            }
        }
        let mut tree = group.into_tree();
        self.resolve_names(&mut tree)?;
        Ok(match leading {
            Some(kind) => Tree::Group {
                kind,
                tree: Box::new(tree),
            },
            None => tree,
        })
    }

    /// `(?i)` at the very start, which other dialects have for the whole pattern.
    fn leading_flags(&mut self) -> Option<Group> {
        let letters = self.pattern.strip_prefix("(?")?.split_once(')')?.0;
        if self.grammar == Grammar::Strict
            || letters.is_empty()
            || !letters
                .bytes()
                .all(|letter| matches!(letter, b'i' | b'm' | b's'))
        {
            return None;
        }
        self.at = letters.len() + 3;
        let on = Flags {
            ignore_case: letters.contains('i'),
            multiline: letters.contains('m'),
            dot_all: letters.contains('s'),
        };
        Some(Group::Flags {
            on,
            off: Flags::default(),
        })
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'a str {
        self.pattern.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, text: &str) -> bool {
        let eaten = self.rest().starts_with(text);
        if eaten {
            self.at += text.len();
        }
        eaten
    }

    fn next_char(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    fn repeat(
        &mut self,
        start: usize,
        group: &mut Open<'a>,
        min: u32,
        max: Option<u32>,
    ) -> Parsed<()> {
        let repeated = if group.repeatable {
            group.sequence.pop()
        } else {
            None
        };
        let Some(tree) = repeated else {
            return error(start, SyntaxErrorKind::NothingToRepeat);
        };
        let lazy = self.eat("?");
        let tree = Box::new(tree);
        group.push(
            Tree::Repeat {
                tree,
                min,
                max,
                lazy,
            },
            false,
        );
        Ok(())
    }

    /// `3}`, `3,}` or `3,5}`. `None` where the brace that stands before is a lone one.
    fn limits(&mut self) -> Parsed<Option<(u32, Option<u32>)>> {
        let start = self.at - 1;
        let Some((limits, _)) = self.rest().split_once('}') else {
            return self.lone_brace(start);
        };
        let is_number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (least, most) = limits.split_once(',').unwrap_or((limits, limits));
        if !is_number(least) || !(is_number(most) || most.is_empty()) {
            return self.lone_brace(start);
        }
        // No text is longer than this many repetitions, so greater numbers say the same.
        let number = |text: &str| text.parse().unwrap_or(u32::MAX);
        if !most.is_empty() && is_less(most, least) {
            return error(start, SyntaxErrorKind::RepetitionOutOfOrder);
        }
        self.at += limits.len() + 1;
        Ok(Some((
            number(least),
            (!most.is_empty()).then(|| number(most)),
        )))
    }

    fn lone_brace<T>(&self, start: usize) -> Parsed<Option<T>> {
        match self.grammar {
            Grammar::Strict => error(start, SyntaxErrorKind::LoneBracket),
            Grammar::Lenient => Ok(None),
        }
    }
}

/// Compares the numbers that two texts of digits spell.
fn is_less(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    (a.len(), a) < (b.len(), b)
}

fn error<T>(offset: usize, kind: SyntaxErrorKind) -> Parsed<T> {
    Err(SyntaxError { offset, kind })
}
