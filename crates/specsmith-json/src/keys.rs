//! The keys of the objects that are open, to find those that occur again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::Span;
use crate::lex::Text;

/// The keys seen so far of every open object, innermost last, in one reused buffer.
#[derive(Debug, Default)]
pub struct Keys {
    seen: Vec<Seen>,
}

/// One open object's share of [`Keys`].
#[derive(Debug)]
pub struct Scope {
    base: usize,
    /// One bit for each print seen: where it is not set, the key is new.
    filter: u64,
    /// Takes over in objects too large to look through; hashed against crafted keys.
    many: Option<HashMap<Box<str>, Span>>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    print: u64,
    span: Span,
}

/// Beyond so many keys an object gets a hash table.
const FEW: usize = 48;

impl Keys {
    /// An object opens.
    #[inline]
    pub fn open(&mut self) -> Scope {
        Scope {
            base: self.seen.len(),
            filter: 0,
            many: None,
        }
    }

    /// The innermost object has `key`, which stands in `text` like all others: where it had it
    /// before, if it did.
    #[inline]
    pub fn add(&mut self, scope: &mut Scope, text: &str, key: &Text<'_>) -> Option<Span> {
        let own = self.seen.get(scope.base..).unwrap_or_default();
        if own.len() >= FEW || scope.many.is_some() {
            return self.add_to_many(scope, text, key);
        }
        let print = if key.escaped {
            print(key.unescape().as_bytes())
        } else {
            print(key.raw.as_bytes())
        };
        let bit = 1 << (print >> 58);
        if scope.filter & bit != 0 {
            let mut alike = own.iter().filter(|seen| seen.print == print);
            if let Some(first) = alike.find(|seen| name_at(text, seen.span) == key.unescape()) {
                return Some(first.span);
            }
        }
        scope.filter |= bit;
        if self.seen.capacity() == 0 {
            self.seen.reserve(32);
        }
        let span = key.span;
        self.seen.push(Seen { print, span });
        None
    }

    /// The innermost object closes.
    #[inline]
    pub fn close(&mut self, scope: Scope) {
        self.seen.truncate(scope.base);
    }

    #[cold]
    fn add_to_many(&mut self, scope: &mut Scope, text: &str, key: &Text<'_>) -> Option<Span> {
        let own = scope.base..;
        let many = scope.many.get_or_insert_with(|| {
            let seen = self.seen.drain(own);
            seen.map(|seen| (name_at(text, seen.span).into(), seen.span))
                .collect()
        });
        match many.entry(key.unescape().into()) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(key.span);
                None
            }
        }
    }
}

/// The string that stands at `span`, quotes included, in `text`.
fn name_at(text: &str, span: Span) -> Cow<'_, str> {
    let quoted = span.of_text(text).unwrap_or_default();
    let raw = quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default();
    let escaped = raw.contains('\\');
    Text { raw, escaped, span }.unescape()
}

/// A number that differs for keys that differ in length, in the first or in the last eight
/// bytes, and mostly otherwise; its top bits are well mixed.
#[inline]
fn print(key: &[u8]) -> u64 {
    let ends = if let (Some(first), Some(last)) = (key.first_chunk::<8>(), key.last_chunk::<8>()) {
        u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29)
    } else if let (Some(first), Some(last)) = (key.first_chunk::<4>(), key.last_chunk::<4>()) {
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
    } else {
        key.iter()
            .fold(0, |bytes, byte| bytes << 8 | u64::from(*byte))
    };
    (ends ^ (key.len() as u64).rotate_right(8)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::lex::Lexer;

    /// Adds each key of `text`, which is keys and spaces only, to one object inside another.
    fn firsts(text: &str) -> Vec<Option<u32>> {
        let mut keys = Keys::default();
        let mut lexer = Lexer::new(text.as_bytes(), &Limits::default()).expect("short");
        let outer = keys.open();
        let mut scope = keys.open();
        let mut firsts = Vec::new();
        while lexer.next_token().is_some() {
            let key = lexer.string().expect("a key");
            let first = keys.add(&mut scope, text, &key);
            firsts.push(first.map(|first| first.start));
        }
        keys.close(scope);
        keys.close(outer);
        assert!(keys.seen.is_empty());
        firsts
    }

    #[test]
    fn finds_the_first_of_few_and_of_many() {
        for count in [1, 7, 30, 48, 49, 500] {
            let names: String = (100..100 + count).map(|i| format!("\"k{i}\"  ")).collect();
            let firsts = firsts(&names.repeat(2));
            let (once, twice) = firsts.split_at(count as usize);
            assert!(once.iter().all(Option::is_none));
            assert!(twice.iter().copied().eq((0..count).map(|i| Some(i * 8))));
        }
    }

    #[test]
    fn escapes_are_taken_out() {
        assert_eq!(
            firsts(r#""a" "\u0061" "b\n" "b\u000A""#),
            [None, Some(0), None, Some(13)]
        );
    }

    #[test]
    fn keys_of_one_print_are_told_apart() {
        // Same length, same first and last eight bytes.
        let (one, two) = ("aaaaaaaa-1-bbbbbbbb", "aaaaaaaa-2-bbbbbbbb");
        assert_eq!(print(one.as_bytes()), print(two.as_bytes()));
        let text = format!("\"{one}\" \"{two}\" \"{two}\"");
        assert_eq!(firsts(&text), [None, None, Some(22)]);
    }
}
