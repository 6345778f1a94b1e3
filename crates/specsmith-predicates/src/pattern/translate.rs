//! From a pattern's tree to the language of the engines.

use core::fmt::Write as _;

use super::tree::{Class, Flags, Group, LINE_ENDS, Tree, WORD};

/// A pattern in the language that the engines share, with all that ECMA-262 means by it written
/// out: character for character, no class that an engine might read otherwise.
pub(super) struct Translation {
    pub(super) text: String,
    /// Whether it looks around or back, which takes a backtracking engine.
    pub(super) backtracks: bool,
}

/// Translates a whole pattern.
pub(super) fn translate(tree: &Tree) -> Translation {
    let mut writer = Writer {
        text: String::new(),
        backtracks: false,
    };
    let backtracks = needs_backtracking(tree, Flags::default());
    writer.backtracks = backtracks;
    writer.tree(tree, Flags::default());
    Translation {
        text: writer.text,
        backtracks,
    }
}

/// Linear engines know neither lookaround nor references, and so not the ends of ECMA-262's lines
/// and the places that are no word boundary either.
fn needs_backtracking(tree: &Tree, flags: Flags) -> bool {
    match tree {
        Tree::Literal(_) | Tree::Class(_) | Tree::Dot => false,
        Tree::Start | Tree::End => flags.multiline,
        Tree::WordBoundary { negated } => *negated,
        Tree::Sequence(trees) | Tree::Alternatives(trees) => {
            trees.iter().any(|tree| needs_backtracking(tree, flags))
        }
        Tree::Repeat { tree, .. } => needs_backtracking(tree, flags),
        Tree::Group { kind, tree } => match kind {
            Group::Look { .. } => true,
            Group::Capture(_) | Group::Plain => needs_backtracking(tree, flags),
            Group::Flags { on, off } => needs_backtracking(tree, changed(flags, *on, *off)),
        },
        Tree::BackReference(_) => true,
    }
}

fn changed(flags: Flags, on: Flags, off: Flags) -> Flags {
    Flags {
        ignore_case: (flags.ignore_case || on.ignore_case) && !off.ignore_case,
        multiline: (flags.multiline || on.multiline) && !off.multiline,
        dot_all: (flags.dot_all || on.dot_all) && !off.dot_all,
    }
}

struct Writer {
    text: String,
    backtracks: bool,
}

impl Writer {
    fn tree(&mut self, tree: &Tree, flags: Flags) {
        match tree {
            Tree::Literal(char) => self.point(u32::from(*char)),
            Tree::Class(class) => self.class(class),
            Tree::Dot if flags.dot_all => self.class(&Class {
                negated: true,
                ..Class::default()
            }),
            Tree::Dot => self.class(&Class {
                negated: true,
                ..Class::of(LINE_ENDS.to_vec())
            }),
            Tree::Start if flags.multiline => {
                self.text.push_str(r"(?:\A|(?<=");
                self.class(&Class::of(LINE_ENDS.to_vec()));
                self.text.push_str("))");
            }
            Tree::End if flags.multiline => {
                self.text.push_str(r"(?:\z|(?=");
                self.class(&Class::of(LINE_ENDS.to_vec()));
                self.text.push_str("))");
            }
            Tree::Start => self.text.push_str(r"\A"),
            Tree::End => self.text.push_str(r"\z"),
            Tree::WordBoundary { negated } => self.word_boundary(*negated),
            Tree::Sequence(trees) => {
                // Written as a group, so that whoever repeats it need not ask.
                self.text.push_str("(?:");
                for tree in trees {
                    self.tree(tree, flags);
                }
                self.text.push(')');
            }
            Tree::Alternatives(trees) => {
                self.text.push_str("(?:");
                for (index, tree) in trees.iter().enumerate() {
                    if index > 0 {
                        self.text.push('|');
                    }
                    self.tree(tree, flags);
                }
                self.text.push(')');
            }
            Tree::Repeat {
                tree,
                min,
                max,
                lazy,
            } => {
                self.text.push_str("(?:");
                self.tree(tree, flags);
                self.text.push(')');
                // Writing to a `String` cannot fail.
                let _ = match (min, max) {
                    (0, None) => write!(self.text, "*"),
                    (1, None) => write!(self.text, "+"),
                    (0, Some(1)) => write!(self.text, "?"),
                    (min, None) => write!(self.text, "{{{min},}}"),
                    (min, Some(max)) => write!(self.text, "{{{min},{max}}}"),
                };
                if *lazy {
                    self.text.push('?');
                }
            }
            Tree::Group { kind, tree } => self.group(*kind, tree, flags),
            // Before its group has matched, a reference matches nothing, and that succeeds.
            Tree::BackReference(number) => {
                let _ = write!(self.text, r"(?({number})\{number}|)");
            }
        }
    }

    fn group(&mut self, kind: Group, tree: &Tree, flags: Flags) {
        let mut inner = flags;
        self.text.push_str(match kind {
            // What a group has matched is only asked for by references.
            Group::Capture(_) if self.backtracks => "(",
            Group::Capture(_) | Group::Plain => "(?:",
            Group::Flags { on, off } => {
                inner = changed(flags, on, off);
                if inner.ignore_case { "(?i:" } else { "(?-i:" }
            }
            Group::Look {
                behind: false,
                negated: false,
            } => "(?=",
            Group::Look {
                behind: false,
                negated: true,
            } => "(?!",
            Group::Look {
                behind: true,
                negated: false,
            } => "(?<=",
            Group::Look {
                behind: true,
                negated: true,
            } => "(?<!",
        });
        self.tree(tree, inner);
        self.text.push(')');
    }

    /// Between a word character and another one; ECMA-262 counts ASCII alone as words.
    fn word_boundary(&mut self, negated: bool) {
        if !self.backtracks {
            self.text.push_str(r"(?-u:\b)");
            return;
        }
        let word = Class::of(WORD.to_vec());
        let sides = if negated {
            [("<=", "="), ("<!", "!")]
        } else {
            [("<=", "!"), ("<!", "=")]
        };
        self.text.push_str("(?:");
        for (index, (before, after)) in sides.into_iter().enumerate() {
            if index > 0 {
                self.text.push('|');
            }
            for look in [before, after] {
                let _ = write!(self.text, "(?{look}");
                self.class(&word);
                self.text.push(')');
            }
        }
        self.text.push(')');
    }

    fn class(&mut self, class: &Class) {
        let listed = Class {
            negated: false,
            properties: Vec::new(),
            ranges: class.ranges.clone(),
        };
        let ranges = listed.char_ranges().unwrap_or_default();
        let is_empty = ranges.is_empty() && class.properties.is_empty();
        // A class of nothing is written as all but everything.
        let negated = class.negated != is_empty;
        self.text.push_str(if negated { "[^" } else { "[" });
        if is_empty {
            self.text.push_str(r"\x{0}-\x{10FFFF}");
        }
        for (first, last) in ranges {
            self.point(u32::from(first));
            if first < last {
                self.text.push('-');
                self.point(u32::from(last));
            }
        }
        for property in &class.properties {
            let letter = if property.negated { 'P' } else { 'p' };
            let _ = write!(self.text, r"\{letter}{{{}}}", property.words);
        }
        self.text.push(']');
    }

    /// One code point: letters and digits as they are, all others by number.
    fn point(&mut self, point: u32) {
        match u8::try_from(point) {
            Ok(byte) if byte.is_ascii_alphanumeric() => self.text.push(char::from(byte)),
            Ok(_) | Err(_) => {
                let _ = write!(self.text, r"\x{{{point:X}}}");
            }
        }
    }
}
