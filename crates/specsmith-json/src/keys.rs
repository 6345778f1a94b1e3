//! The keys of the objects that are open, to find those that occur again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::Span;

/// The keys seen so far of every open object, innermost last, in one reused buffer.
#[derive(Debug, Default)]
pub struct Keys<'a> {
    seen: Vec<Seen<'a>>,
}

/// One open object's share of [`Keys`].
#[derive(Debug)]
pub struct Scope<'a> {
    base: usize,
    /// One bit for each print seen: where it is not set, the key is new.
    filter: u64,
    /// Takes over in objects too large to look through; hashed against crafted keys.
    many: Option<HashMap<Cow<'a, str>, Span>>,
}

#[derive(Debug)]
struct Seen<'a> {
    print: u64,
    key: Cow<'a, str>,
    span: Span,
}

/// Beyond so many keys an object gets a hash table.
const FEW: usize = 48;

impl<'a> Keys<'a> {
    /// An object opens.
    #[inline]
    pub fn open(&mut self) -> Scope<'a> {
        Scope {
            base: self.seen.len(),
            filter: 0,
            many: None,
        }
    }

    /// The innermost object has the (unescaped) `key` at `span`: where it had it before, if it
    /// did.
    #[inline]
    pub fn add(&mut self, scope: &mut Scope<'a>, key: Cow<'a, str>, span: Span) -> Option<Span> {
        if scope.many.is_some() || self.seen.len() - scope.base >= FEW {
            return self.add_to_many(scope, key, span);
        }
        let print = print(key.as_bytes());
        let bit = 1 << (print >> 58);
        if scope.filter & bit != 0 {
            let mut siblings = self.seen.iter().skip(scope.base);
            if let Some(first) = siblings.find(|seen| seen.print == print && seen.key == key) {
                return Some(first.span);
            }
        }
        scope.filter |= bit;
        self.seen.push(Seen { print, key, span });
        None
    }

    /// The innermost object closes.
    #[inline]
    pub fn close(&mut self, scope: Scope<'a>) {
        self.seen.truncate(scope.base);
    }

    #[cold]
    fn add_to_many(
        &mut self,
        scope: &mut Scope<'a>,
        key: Cow<'a, str>,
        span: Span,
    ) -> Option<Span> {
        let own = scope.base..;
        let many = scope.many.get_or_insert_with(|| {
            let seen = self.seen.drain(own);
            seen.map(|seen| (seen.key, seen.span)).collect()
        });
        match many.entry(key) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(span);
                None
            }
        }
    }
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

    #[test]
    fn finds_the_first_of_few_and_of_many() {
        for count in [1, 7, 30, 48, 49, 500] {
            let mut keys = Keys::default();
            let mut outer = keys.open();
            assert_eq!(keys.add(&mut outer, "k0".into(), Span::new(9, 10)), None);
            let mut scope = keys.open();
            let name = |i: u32| Cow::Owned(format!("k{i}"));
            for i in 0..count {
                assert_eq!(keys.add(&mut scope, name(i), Span::new(i, i + 1)), None);
            }
            for i in 0..count {
                let again = keys.add(&mut scope, name(i), Span::new(1000, 1001));
                assert_eq!(again, Some(Span::new(i, i + 1)));
            }
            keys.close(scope);
            let again = keys.add(&mut outer, "k0".into(), Span::new(11, 12));
            assert_eq!(again, Some(Span::new(9, 10)));
        }
    }

    #[test]
    fn keys_of_one_print_are_told_apart() {
        // Same length, same first and last eight bytes.
        let (one, two) = ("aaaaaaaa-1-bbbbbbbb", "aaaaaaaa-2-bbbbbbbb");
        assert_eq!(print(one.as_bytes()), print(two.as_bytes()));
        let mut keys = Keys::default();
        let mut scope = keys.open();
        assert_eq!(keys.add(&mut scope, one.into(), Span::new(0, 1)), None);
        assert_eq!(keys.add(&mut scope, two.into(), Span::new(1, 2)), None);
        assert_eq!(
            keys.add(&mut scope, two.into(), Span::new(2, 3)),
            Some(Span::new(1, 2))
        );
    }
}
