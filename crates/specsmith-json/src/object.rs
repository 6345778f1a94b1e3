//! An object: its members in file order, found by key.

use std::slice;

use crate::{Node, Span};

/// The members of an object, in file order, each key once.
#[derive(Clone, Debug, Default)]
pub struct Object {
    members: Vec<Member>,
    /// Places in `members`, sorted by key; only for objects that are slow to search otherwise.
    by_key: Option<Box<[u32]>>,
}

/// One property of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key, unescaped.
    pub key: Box<str>,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

/// A member that [`Object::collect`] did not take, because its key was there already.
#[derive(Clone, Debug)]
pub struct Repeated {
    /// The member left out.
    pub member: Member,
    /// Where the key stood first.
    pub first: Span,
}

/// Up to here comparing every key is faster than keeping an index.
const SMALL: usize = 12;

impl Object {
    /// The object of `members`, and those that repeat an earlier key, in order.
    pub fn collect(mut members: Vec<Member>) -> (Self, Vec<Repeated>) {
        if members.len() <= SMALL {
            let repeats = (1..).zip(members.iter().skip(1)).any(|(earlier, member)| {
                let mut before = members.iter().take(earlier);
                before.any(|other| other.key == member.key)
            });
            if !repeats {
                let by_key = None;
                return (Self { members, by_key }, Vec::new());
            }
        }
        let mut repeated = Vec::new();
        let mut by_key = sorted(&members);
        if by_key
            .windows(2)
            .any(|pair| key_at(&members, pair.first()) == key_at(&members, pair.last()))
        {
            (members, repeated) = without_repeats(members, &by_key);
            by_key = sorted(&members);
        }
        let by_key = (members.len() > SMALL).then_some(by_key);
        (Self { members, by_key }, repeated)
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.member(key).map(|member| &member.node)
    }

    /// The member of `key`.
    pub fn member(&self, key: &str) -> Option<&Member> {
        match &self.by_key {
            None => self.members.iter().find(|member| &*member.key == key),
            Some(by_key) => {
                let found =
                    by_key.binary_search_by(|at| key_at(&self.members, Some(at)).cmp(&Some(key)));
                self.members.get(*by_key.get(found.ok()?)? as usize)
            }
        }
    }

    /// The members in file order.
    pub fn iter(&self) -> slice::Iter<'_, Member> {
        self.members.iter()
    }

    /// The keys in file order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| &*member.key)
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The members, whose keys must stay as they are.
    pub(crate) fn members_mut(&mut self) -> &mut [Member] {
        &mut self.members
    }

    /// The members in file order, owned.
    pub fn into_members(self) -> Vec<Member> {
        self.members
    }
}

impl<'a> IntoIterator for &'a Object {
    type Item = &'a Member;
    type IntoIter = slice::Iter<'a, Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The places of `members`, by key and, where keys are equal, in file order.
fn sorted(members: &[Member]) -> Box<[u32]> {
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    let mut places: Vec<u32> = (0..count).collect();
    // Stable, so that of two equal keys the earlier comes first.
    places.sort_by_key(|place| key_at(members, Some(place)));
    places.into()
}

fn key_at<'a>(members: &'a [Member], place: Option<&u32>) -> Option<&'a str> {
    members.get(*place? as usize).map(|member| &*member.key)
}

/// Takes from `members` those whose key an earlier member has.
fn without_repeats(members: Vec<Member>, by_key: &[u32]) -> (Vec<Member>, Vec<Repeated>) {
    // Place of the later member, span of the first.
    let mut firsts: Vec<Option<Span>> = vec![None; members.len()];
    let mut first: Option<&Member> = None;
    for place in by_key {
        let Some(member) = members.get(*place as usize) else {
            continue;
        };
        match first {
            Some(earlier) if earlier.key == member.key => {
                if let Some(slot) = firsts.get_mut(*place as usize) {
                    *slot = Some(earlier.key_span);
                }
            }
            Some(_) | None => first = Some(member),
        }
    }
    let mut kept = Vec::with_capacity(members.len());
    let mut repeated = Vec::new();
    for (member, first) in members.into_iter().zip(firsts) {
        match first {
            Some(first) => repeated.push(Repeated { member, first }),
            None => kept.push(member),
        }
    }
    (kept, repeated)
}
