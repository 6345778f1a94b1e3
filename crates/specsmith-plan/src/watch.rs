//! What is looked for beside mistakes.

use std::hash::{BuildHasher, RandomState};

use specsmith_json::{Node, Span, Value};

use crate::kernels::keyed::{Keys, keyed};

/// What is looked for beside mistakes. None of it changes a verdict.
///
/// Unknown properties and partial matches are told as `lint/…` findings. The others are for lints of
/// whoever runs the plan.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Properties that the specification does not know.
    pub unknown_properties: bool,
    /// Values that match an unanchored pattern only in part.
    pub partial_patterns: bool,
    /// The property whose list holds the records, where a payload is a batch of them.
    pub batch: Option<Box<str>>,
    /// What tells records apart: the [`Ids`](crate::Ids) of all that have it are handed on.
    pub identity: Option<Identity>,
    /// What makes a record worth a look though nothing is wrong with it: it is handed on.
    pub suspicion: Option<Suspicion>,
    /// Every record is worth a look, whatever is in it.
    pub everything: bool,
}

/// The string properties of a record that together tell it from others.
///
/// The fingerprint of an id is keyed, and the keys are new in each run, so that ids cannot simply be
/// chosen to have the same one; nothing is proven of it as it is of a cryptographic hash. Among a
/// million ids two have the same one by chance once in 37 million runs.
#[derive(Clone, Debug)]
pub struct Identity {
    properties: Vec<Box<str>>,
    /// What the texts of each are hashed under.
    keys: Vec<Keys>,
}

/// What in a record makes it worth a look, apart from what the rules ask. It is found whenever it
/// is there; now and then a record is handed on in which it is not.
#[derive(Clone, Debug, Default)]
pub struct Suspicion {
    /// String properties of a record that should not begin with white space.
    pub texts: Vec<Box<str>>,
    /// Properties of a record that are lists of attributes: objects with a `name` and a `value`,
    /// both strings. An attribute that lacks one of them, that has the name of another, whose name is
    /// empty, begins with white space or is one of `fields` is suspected.
    pub attributes: Vec<Box<str>>,
    /// Names that no attribute should have, by [`folded`].
    pub fields: Vec<Box<str>>,
}

/// The letters and digits of a name in lower case: what is left where neither case nor what
/// separates words matters.
pub fn folded(name: &str) -> String {
    name.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Watch {
    /// Whether records that are valid are glanced at.
    #[inline]
    pub(crate) fn glances(&self) -> bool {
        self.identity.is_some() || self.suspicion.is_some() || self.everything
    }
}

impl Identity {
    /// The identity that these properties are. Fingerprints under the same `keys` can be compared.
    pub fn new(properties: Vec<Box<str>>, keys: RandomState) -> Self {
        let of = |part: usize| {
            let word = |at: usize| keys.hash_one((part, at)).to_le_bytes();
            let mut blocks = [[0; 32]; 4];
            let places = blocks.as_flattened_mut().as_chunks_mut().0;
            for (at, place) in places.iter_mut().enumerate() {
                *place = word(at);
            }
            Keys(blocks)
        };
        let keys = (0..properties.len()).map(of).collect();
        Self { properties, keys }
    }

    /// The fingerprint of a record's id, and where its last property's value stands; nothing where
    /// not every property is there and a string.
    pub fn of(&self, record: &Node) -> Option<(u64, Span)> {
        let mut fingerprint = 0u64;
        let mut last = None;
        for (name, keys) in self.properties.iter().zip(&self.keys) {
            let node = record.get(name)?;
            let Value::String(text) = &node.value else {
                return None;
            };
            let hash = keyed(keys, text.as_bytes());
            fingerprint = fingerprint.wrapping_add(hash);
            last = Some(node.span);
        }
        Some((fingerprint, last?))
    }

    /// The properties.
    pub(crate) fn properties(&self) -> &[Box<str>] {
        &self.properties
    }

    /// What the texts of each property are hashed under.
    #[inline(always)]
    pub(crate) fn keys(&self) -> &[Keys] {
        &self.keys
    }

    /// Which of the properties a name is.
    pub(crate) fn place(&self, name: &str) -> Option<u8> {
        let place = self.properties.iter().position(|it| **it == *name)?;
        u8::try_from(place).ok()
    }
}
