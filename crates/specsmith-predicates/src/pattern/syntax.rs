//! Reading of ECMA-262 patterns.
//!
//! The grammar is that of Unicode mode, with the pattern modifiers of ES2025. A backslash may
//! stand before any character that is no letter or digit, since patterns without the flag `u` are
//! full of `\-` and `\_`. Beyond that, [`parse`] takes what real documents hold and what can only
//! mean one thing: from browsers without the flag a lone `]`, `}` or `{`, a hyphen beside a class
//! (`[\w-.]`) and a repeated lookahead, from other dialects leading flags (`(?i)…`), `(?P<name>…)`,
//! `\A`, `\z` and `\Z`. [`is_strict`] takes none of these.

use core::fmt;

use super::tree::{Class, DIGITS, Flags, Group, Property, SPACE, Tree, WORD, complement};

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

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The byte of the pattern at which the mistake stands.
    pub offset: usize,
    /// The mistake.
    pub kind: SyntaxErrorKind,
}

/// The mistakes that a pattern can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// `(` without `)`.
    UnclosedGroup,
    /// `)` without `(`.
    UnopenedGroup,
    /// `(?` and then nothing that ECMA-262 knows.
    UnknownGroup,
    /// `[` without `]`.
    UnclosedClass,
    /// `[z-a]`.
    RangeOutOfOrder,
    /// `[\d-z]`.
    RangeOfClasses,
    /// `]`, `{` or `}` where it means nothing.
    LoneBracket,
    /// `*`, `+`, `?` or `{…}` after nothing that can be repeated.
    NothingToRepeat,
    /// `{3,2}`.
    RepetitionOutOfOrder,
    /// A backslash at the end.
    LoneBackslash,
    /// An escape that ECMA-262 does not have, such as `\h`.
    UnknownEscape,
    /// `\x`, `\u` or `\c` without what must follow.
    IncompleteEscape,
    /// `\p` without a property in braces.
    IncompleteProperty,
    /// A group's name that is no identifier.
    BadGroupName,
    /// Two groups of one name.
    RepeatedGroupName,
    /// A reference to a group that is not there.
    NoSuchGroup,
    /// Groups nested more than [`DEEPEST`] deep.
    TooDeep,
}

impl fmt::Display for SyntaxErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnclosedGroup => "the group is not closed",
            Self::UnopenedGroup => "`)` closes no group",
            Self::UnknownGroup => "ECMA-262 has no group that begins like this",
            Self::UnclosedClass => "the class is not closed by `]`",
            Self::RangeOutOfOrder => "the range in the class ends before it starts",
            Self::RangeOfClasses => "a class such as `\\d` cannot be the end of a range",
            Self::LoneBracket => "this bracket opens or closes nothing",
            Self::NothingToRepeat => "there is nothing here to repeat",
            Self::RepetitionOutOfOrder => "the repetition's limits are in the wrong order",
            Self::LoneBackslash => "nothing follows the backslash",
            Self::UnknownEscape => "ECMA-262 has no such escape",
            Self::IncompleteEscape => "the escape is incomplete",
            Self::IncompleteProperty => "a property is written as `\\p{Name}`",
            Self::BadGroupName => "the group's name is not an identifier",
            Self::RepeatedGroupName => "another group has this name",
            Self::NoSuchGroup => "no group has this number or name",
            Self::TooDeep => "the groups are nested too deeply",
        })
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl core::error::Error for SyntaxError {}

type Parsed<T> = Result<T, SyntaxError>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grammar {
    Strict,
    Lenient,
}

/// A group that is not yet closed; the whole pattern is the outermost.
struct Open<'a> {
    kind: Group,
    offset: usize,
    alternatives: Vec<Tree>,
    sequence: Vec<Tree>,
    /// Whether the last of `sequence` may be repeated.
    repeatable: bool,
    /// The names of groups in `sequence`, and those in `alternatives`: two groups may have one
    /// name if they can never both match.
    names: Vec<Name<'a>>,
    earlier_names: Vec<Name<'a>>,
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

    /// What follows an opening parenthesis, up to the group's content.
    fn group(&mut self, start: usize, outer: &mut Open<'a>) -> Parsed<Group> {
        if !self.eat("?") {
            self.captures += 1;
            return Ok(Group::Capture(self.captures));
        }
        for (mark, behind, negated) in [
            ("=", false, false),
            ("!", false, true),
            ("<=", true, false),
            ("<!", true, true),
        ] {
            if self.eat(mark) {
                return Ok(Group::Look { behind, negated });
            }
        }
        if self.eat(":") {
            return Ok(Group::Plain);
        }
        if self.eat("<") || (self.grammar == Grammar::Lenient && self.eat("P<")) {
            let name = self.group_name()?;
            let enclosing = self.open.iter().chain([&*outer]);
            if enclosing
                .flat_map(|open| &open.names)
                .any(|other| *other == name)
            {
                return error(start, SyntaxErrorKind::RepeatedGroupName);
            }
            outer.names.push(name.clone());
            self.captures += 1;
            self.named.push((name, self.captures));
            return Ok(Group::Capture(self.captures));
        }
        self.flags(start)
    }

    /// `ims-ims:`, each letter at most once and at least one.
    fn flags(&mut self, start: usize) -> Parsed<Group> {
        let (mut on, mut off) = (Flags::default(), Flags::default());
        let (mut any, mut negative) = (false, false);
        loop {
            let char = self.next_char();
            let flags = if negative { &mut off } else { &mut on };
            let flag = match char {
                Some(':') if any => return Ok(Group::Flags { on, off }),
                Some('-') if !negative => {
                    negative = true;
                    continue;
                }
                Some('i') => &mut flags.ignore_case,
                Some('m') => &mut flags.multiline,
                Some('s') => &mut flags.dot_all,
                Some(_) | None => return error(start, SyntaxErrorKind::UnknownGroup),
            };
            *flag = true;
            any = true;
            let letters = char.map_or(0, |letter| {
                let written = self.pattern.get(start..self.at).unwrap_or_default();
                written.chars().filter(|other| *other == letter).count()
            });
            if letters > 1 {
                return error(start, SyntaxErrorKind::UnknownGroup);
            }
        }
    }

    /// A name up to its `>`.
    fn group_name(&mut self) -> Parsed<Name<'a>> {
        let start = self.at;
        let mut name = String::new();
        let mut escaped = false;
        loop {
            let at = self.at;
            let char = match self.next_char() {
                Some('>') if !name.is_empty() => break,
                Some('\\') => {
                    escaped = true;
                    if !self.eat("u") {
                        return error(at, SyntaxErrorKind::BadGroupName);
                    }
                    char::from_u32(self.unicode_escape(at)?)
                }
                char => char,
            };
            match char {
                Some(char) if is_identifier_part(char, name.is_empty()) => name.push(char),
                Some(_) | None => return error(at, SyntaxErrorKind::BadGroupName),
            }
        }
        let written = self.pattern.get(start..self.at.saturating_sub(1));
        Ok(match written {
            Some(written) if !escaped => Name::Borrowed(written),
            Some(_) | None => Name::Owned(name),
        })
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

    /// An escape outside of a class; the backslash is read.
    fn escape(&mut self, start: usize, group: &mut Open<'a>) -> Parsed<()> {
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
    fn class_escape(&mut self, start: usize, char: char) -> Parsed<Option<Class>> {
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
    fn character_escape(&mut self, start: usize, char: char) -> Parsed<u32> {
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
    fn unicode_escape(&mut self, start: usize) -> Parsed<u32> {
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

    /// What follows an opening bracket, its closing one included.
    fn class(&mut self, start: usize) -> Parsed<Class> {
        let negated = self.eat("^");
        let mut ranges = Vec::new();
        let mut properties = Vec::new();
        loop {
            if self.eat("]") {
                return Ok(Class {
                    negated,
                    properties,
                    ..Class::of(ranges)
                });
            }
            let at = self.at;
            let first = self.class_item(start)?;
            let is_range = self.rest().starts_with('-') && !self.rest().starts_with("-]");
            if is_range {
                self.at += 1;
                let last = self.class_item(start)?;
                match (first, last) {
                    (Item::Point(first), Item::Point(last)) if first <= last => {
                        ranges.push((first, last));
                    }
                    (Item::Point(_), Item::Point(_)) => {
                        return error(at, SyntaxErrorKind::RangeOutOfOrder);
                    }
                    (first, last) if self.grammar == Grammar::Lenient => {
                        first.add_to(&mut ranges, &mut properties);
                        ranges.push((0x2D, 0x2D));
                        last.add_to(&mut ranges, &mut properties);
                    }
                    (Item::Point(_) | Item::Set(_), Item::Point(_) | Item::Set(_)) => {
                        return error(at, SyntaxErrorKind::RangeOfClasses);
                    }
                }
            } else {
                first.add_to(&mut ranges, &mut properties);
            }
        }
    }

    fn class_item(&mut self, class: usize) -> Parsed<Item> {
        let start = self.at;
        match self.next_char() {
            None => error(class, SyntaxErrorKind::UnclosedClass),
            Some('\\') => match self.next_char() {
                None => error(start, SyntaxErrorKind::LoneBackslash),
                Some('b') => Ok(Item::Point(8)),
                Some(char) => Ok(match self.class_escape(start, char)? {
                    Some(set) => Item::Set(set),
                    None => Item::Point(self.character_escape(start, char)?),
                }),
            },
            Some(char) => Ok(Item::Point(u32::from(char))),
        }
    }

    /// Gives references by name the numbers of their groups.
    fn resolve_names(&self, tree: &mut Tree) -> Parsed<()> {
        if self.names.is_empty() {
            return Ok(());
        }
        let mut numbers = Vec::with_capacity(self.names.len());
        for (offset, name) in &self.names {
            match self.named.iter().find(|(known, _)| known == name) {
                Some((_, number)) => numbers.push(*number),
                None => return error(*offset, SyntaxErrorKind::NoSuchGroup),
            }
        }
        let mut todo = vec![tree];
        while let Some(tree) = todo.pop() {
            match tree {
                Tree::BackReference(number) => {
                    let place = (u32::MAX - *number) as usize;
                    if let Some(resolved) = numbers.get(place) {
                        *number = *resolved;
                    }
                }
                Tree::Sequence(trees) | Tree::Alternatives(trees) => todo.extend(trees),
                Tree::Repeat { tree, .. } | Tree::Group { tree, .. } => todo.push(tree),
                Tree::Literal(_)
                | Tree::Class(_)
                | Tree::Dot
                | Tree::Start
                | Tree::End
                | Tree::WordBoundary { .. } => {}
            }
        }
        Ok(())
    }
}

/// A single member of a class as it is written.
enum Item {
    Point(u32),
    Set(Class),
}

impl Item {
    fn add_to(self, ranges: &mut Vec<(u32, u32)>, properties: &mut Vec<Property>) {
        match self {
            Self::Point(point) => ranges.push((point, point)),
            Self::Set(set) if set.negated => ranges.extend(complement(&set.ranges)),
            Self::Set(set) => {
                ranges.extend(set.ranges);
                properties.extend(set.properties);
            }
        }
    }
}

impl<'a> Open<'a> {
    fn new(kind: Group, offset: usize) -> Self {
        Self {
            kind,
            offset,
            alternatives: Vec::new(),
            sequence: Vec::new(),
            repeatable: false,
            names: Vec::new(),
            earlier_names: Vec::new(),
        }
    }

    fn push(&mut self, tree: Tree, repeatable: bool) {
        self.sequence.push(tree);
        self.repeatable = repeatable;
    }

    fn next_alternative(&mut self) {
        self.alternatives
            .push(sequence_of(core::mem::take(&mut self.sequence)));
        self.repeatable = false;
        self.earlier_names.append(&mut self.names);
    }

    fn close_into(mut self, mut outer: Self, grammar: Grammar) -> Self {
        let kind = self.kind;
        outer.names.append(&mut self.names);
        outer.names.append(&mut self.earlier_names);
        let tree = Box::new(self.into_tree());
        let repeatable = match kind {
            Group::Look { behind, .. } => !behind && grammar == Grammar::Lenient,
            Group::Capture(_) | Group::Plain | Group::Flags { .. } => true,
        };
        outer.push(Tree::Group { kind, tree }, repeatable);
        outer
    }

    fn into_tree(mut self) -> Tree {
        if self.alternatives.is_empty() {
            return sequence_of(self.sequence);
        }
        self.next_alternative();
        Tree::Alternatives(self.alternatives)
    }
}

/// A sequence of one is what it holds.
fn sequence_of(mut trees: Vec<Tree>) -> Tree {
    match trees.pop() {
        Some(tree) if trees.is_empty() => tree,
        Some(tree) => {
            trees.push(tree);
            Tree::Sequence(trees)
        }
        None => Tree::Sequence(trees),
    }
}

/// `$`, `_` and what Unicode counts as letters, and after the first character digits and joiners.
fn is_identifier_part(char: char, first: bool) -> bool {
    matches!(char, '$' | '_')
        || char.is_alphabetic()
        || (!first && (char.is_numeric() || matches!(char, '\u{200C}' | '\u{200D}')))
}

/// Compares the numbers that two texts of digits spell.
fn is_less(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    (a.len(), a) < (b.len(), b)
}

fn error<T>(offset: usize, kind: SyntaxErrorKind) -> Parsed<T> {
    Err(SyntaxError { offset, kind })
}
