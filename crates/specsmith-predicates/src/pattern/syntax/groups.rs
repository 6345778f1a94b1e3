//! Groups: what they begin with, what they hold while they are open, and the references to them.

use super::super::tree::{Flags, Group, Tree};
use super::{Grammar, Name, Parsed, Parser, SyntaxErrorKind, error};

/// A group that is not yet closed; the whole pattern is the outermost.
pub(super) struct Open<'a> {
    kind: Group,
    pub(super) offset: usize,
    alternatives: Vec<Tree>,
    pub(super) sequence: Vec<Tree>,
    /// Whether the last of `sequence` may be repeated.
    pub(super) repeatable: bool,
    /// The names of groups in `sequence`, and those in `alternatives`: two groups may have one
    /// name if they can never both match.
    names: Vec<Name<'a>>,
    earlier_names: Vec<Name<'a>>,
}

impl<'a> Parser<'a> {
    /// What follows an opening parenthesis, up to the group's content.
    pub(super) fn group(&mut self, start: usize, outer: &mut Open<'a>) -> Parsed<Group> {
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
    pub(super) fn group_name(&mut self) -> Parsed<Name<'a>> {
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

    /// Gives references by name the numbers of their groups.
    pub(super) fn resolve_names(&self, tree: &mut Tree) -> Parsed<()> {
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

impl<'a> Open<'a> {
    pub(super) fn new(kind: Group, offset: usize) -> Self {
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

    pub(super) fn push(&mut self, tree: Tree, repeatable: bool) {
        self.sequence.push(tree);
        self.repeatable = repeatable;
    }

    pub(super) fn next_alternative(&mut self) {
        self.alternatives
            .push(sequence_of(core::mem::take(&mut self.sequence)));
        self.repeatable = false;
        self.earlier_names.append(&mut self.names);
    }

    pub(super) fn close_into(mut self, mut outer: Self, grammar: Grammar) -> Self {
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

    pub(super) fn into_tree(mut self) -> Tree {
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
