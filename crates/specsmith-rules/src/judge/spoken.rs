//! What the parts of a schema speak of: the rest is what `unevaluatedProperties` and
//! `unevaluatedItems` are about.

use specsmith_json::{Node, Object};

use super::{Accepts, Fits, matches};

/// Which properties and items a part of a schema speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'a> {
    when: When<'a>,
    names: &'a [&'a str],
    patterns: &'a [&'a str],
    all_properties: bool,
    prefix: u64,
    contains: &'a [Accepts],
    all_items: bool,
    below: &'a [Spoken<'a>],
}

#[derive(Clone, Copy, Debug)]
enum When<'a> {
    Always,
    Fits(Accepts),
    Differs(Accepts),
    Has(&'a str),
}

impl Default for Spoken<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Spoken<'a> {
    /// Nothing, of every value.
    pub const fn new() -> Self {
        Self {
            when: When::Always,
            names: &[],
            patterns: &[],
            all_properties: false,
            prefix: 0,
            contains: &[],
            all_items: false,
            below: &[],
        }
    }

    /// Only of values that fit.
    #[must_use]
    pub const fn when(mut self, accepts: Accepts) -> Self {
        self.when = When::Fits(accepts);
        self
    }

    /// Only of values that do not fit.
    #[must_use]
    pub const fn unless(mut self, accepts: Accepts) -> Self {
        self.when = When::Differs(accepts);
        self
    }

    /// Only of objects with that property.
    #[must_use]
    pub const fn with(mut self, property: &'a str) -> Self {
        self.when = When::Has(property);
        self
    }

    /// The properties of those names.
    #[must_use]
    pub const fn names(mut self, names: &'a [&'a str]) -> Self {
        self.names = names;
        self
    }

    /// The properties whose names match.
    #[must_use]
    pub const fn patterns(mut self, patterns: &'a [&'a str]) -> Self {
        self.patterns = patterns;
        self
    }

    /// Every property.
    #[must_use]
    pub const fn all_properties(mut self) -> Self {
        self.all_properties = true;
        self
    }

    /// So many of the first items.
    #[must_use]
    pub const fn prefix(mut self, count: u64) -> Self {
        self.prefix = count;
        self
    }

    /// The items that fit any of these.
    #[must_use]
    pub const fn contains(mut self, contains: &'a [Accepts]) -> Self {
        self.contains = contains;
        self
    }

    /// Every item.
    #[must_use]
    pub const fn all_items(mut self) -> Self {
        self.all_items = true;
        self
    }

    /// And what these parts speak of.
    #[must_use]
    pub const fn below(mut self, below: &'a [Spoken<'a>]) -> Self {
        self.below = below;
        self
    }

    /// Whether it counts for that value.
    fn counts(&self, node: &Node) -> Fits {
        match self.when {
            When::Always => Fits::Yes,
            When::Fits(accepts) => accepts(node),
            When::Differs(accepts) => match accepts(node) {
                Fits::Yes => Fits::No,
                Fits::Unknown => Fits::Unknown,
                Fits::No => Fits::Yes,
            },
            When::Has(property) if node.get(property).is_some() => Fits::Yes,
            When::Has(_) => Fits::No,
        }
    }

    /// Marks the members of an object that are spoken of.
    pub(super) fn mark_members(&self, node: &Node, object: &Object, marks: &mut [Fits]) {
        self.mark_members_if(Fits::Yes, node, object, marks);
    }

    fn mark_members_if(&self, around: Fits, node: &Node, object: &Object, marks: &mut [Fits]) {
        let counts = around.min(self.counts(node));
        if counts == Fits::No {
            return;
        }
        for (member, mark) in object.iter().zip(&mut *marks) {
            if self.all_properties
                || self.names.contains(&&*member.key)
                || self.patterns.iter().any(|it| matches(it, &member.key))
            {
                *mark = counts.max(*mark);
            }
        }
        for part in self.below {
            part.mark_members_if(counts, node, object, marks);
        }
    }

    /// Marks the items of an array that are spoken of.
    pub(super) fn mark_items(&self, node: &Node, items: &[Node], marks: &mut [Fits]) {
        self.mark_items_if(Fits::Yes, node, items, marks);
    }

    fn mark_items_if(&self, around: Fits, node: &Node, items: &[Node], marks: &mut [Fits]) {
        let counts = around.min(self.counts(node));
        if counts == Fits::No {
            return;
        }
        for (index, (item, mark)) in (0_u64..).zip(items.iter().zip(&mut *marks)) {
            let spoken_of = match self.all_items || index < self.prefix {
                true => Some(Fits::Yes),
                false => self.contains.iter().map(|accepts| accepts(item)).max(),
            };
            *mark = (*mark).max(counts.min(spoken_of.unwrap_or(Fits::No)));
        }
        for part in self.below {
            part.mark_items_if(counts, node, items, marks);
        }
    }
}
