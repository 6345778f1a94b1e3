//! Classes: what stands in brackets.

use super::super::tree::{Class, Property, complement};
use super::{Grammar, Parsed, Parser, SyntaxErrorKind, error};

impl Parser<'_> {
    /// What follows an opening bracket, its closing one included.
    pub(super) fn class(&mut self, start: usize) -> Parsed<Class> {
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
