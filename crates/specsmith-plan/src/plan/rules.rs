//! What is asked of one kind of value: strings, numbers, arrays, objects, and the values listed.

use std::sync::{Arc, OnceLock};

use specsmith_ir::{Decimal, Literal};
use specsmith_rules::pattern::{Match, Pattern, STEPS};

use super::NodeId;
use crate::attention::Noted;
use crate::kernels::class::Search;
use crate::keys::KeyTable;
use crate::quick::Quick;
use crate::words::WordSet;

/// The rules for strings.
#[derive(Debug)]
pub(crate) struct StringRule {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    /// A string of at least so many bytes, however written, has `min` code points.
    pub(crate) enough_bytes: usize,
    /// A string of at most so many bytes has no more than `max` code points.
    pub(crate) few_bytes: usize,
    /// The pattern as a search of one set of bytes, where it is one.
    pub(crate) search: Search,
    pub(crate) pattern: Option<Arc<PatternRule>>,
    pub(crate) format: Option<FormatRule>,
}

/// A pattern and the engine that decides it, made when it is first asked for.
#[derive(Debug)]
pub(crate) struct PatternRule {
    pub(crate) text: Box<str>,
    steps: usize,
    engine: OnceLock<Option<Pattern>>,
}

impl PatternRule {
    pub(crate) fn new(text: &str, steps: Option<usize>) -> Self {
        Self {
            text: text.into(),
            steps: steps.unwrap_or(STEPS),
            engine: OnceLock::new(),
        }
    }

    /// The engine; `None` where the text is no pattern, which the front end has told already, so
    /// that it asks for nothing.
    pub(crate) fn engine(&self) -> Option<&Pattern> {
        self.engine
            .get_or_init(|| Pattern::with_steps(&self.text, self.steps).ok())
            .as_ref()
    }

    /// Whether some part of `text` matches.
    pub(crate) fn search(&self, text: &str) -> Match {
        self.engine()
            .map_or(Match::Found, |engine| engine.search(text))
    }
}

/// A format that is asserted.
#[derive(Debug)]
pub(crate) struct FormatRule {
    pub(crate) name: Box<str>,
    pub(crate) format: specsmith_rules::format::Format,
}

/// The rules for numbers.
#[derive(Debug)]
pub(crate) struct NumberRule {
    pub(crate) integers: bool,
    pub(crate) minimum: Option<Decimal>,
    pub(crate) exclusive_minimum: Option<Decimal>,
    pub(crate) maximum: Option<Decimal>,
    pub(crate) exclusive_maximum: Option<Decimal>,
    pub(crate) multiple_of: Option<Decimal>,
    /// A named format with the integers it accepts.
    pub(crate) format: Option<(Box<str>, Decimal, Decimal)>,
    /// Every integer in this range is accepted.
    pub(crate) certain: std::ops::RangeInclusive<i64>,
}

/// The rules for arrays.
#[derive(Debug)]
pub(crate) struct ListRule {
    pub(crate) min: u64,
    pub(crate) max: u64,
    pub(crate) unique: bool,
    pub(crate) prefix: Vec<NodeId>,
    pub(crate) items: NodeId,
    pub(crate) quick: Quick,
    /// The rule of its items, where they may be rows.
    pub(crate) row: Option<u32>,
    /// Whether its items are the records of a batch.
    pub(crate) records: bool,
    /// Whether the document speaks of `items` at all.
    pub(crate) items_spoken: bool,
    pub(crate) contains: Option<ContainsRule>,
}

/// How many items must be something.
#[derive(Debug)]
pub(crate) struct ContainsRule {
    pub(crate) node: NodeId,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

/// How many names of one record can be followed; records with more are judged by the tree.
pub(crate) const MOST_KEYS: usize = 256;

/// Which of a record's names have been seen.
pub(crate) type Seen = [u64; MOST_KEYS / 64];

/// The rules for objects.
#[derive(Debug)]
pub(crate) struct RecordRule {
    /// The node that it is the rule of.
    pub(crate) node: NodeId,
    /// The names that any rule speaks of.
    pub(crate) keys: Vec<Key>,
    pub(crate) table: KeyTable,
    pub(crate) required: Seen,
    pub(crate) rest: RestRule,
    /// The rules that most objects have not, if there are any.
    pub(crate) more: Option<Box<MoreRules>>,
    /// Whether some of its objects are records or batches of which something is noted.
    pub(crate) noted: bool,
    /// The keys without which an object that is an attribute is not whole; none elsewhere.
    pub(crate) attribute: u64,
    /// Whether a property that is not among the keys may be one that nothing knows.
    pub(crate) watched: bool,
    /// Names that other parts of the same schema know, sorted.
    pub(crate) known_elsewhere: Vec<Box<str>>,
}

/// How many bytes of `"name":` are compared at once.
pub(crate) const HEAD: usize = 32;

const _: () = assert!(size_of::<Key>() <= 192);

/// One name and what its value is.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct Key {
    /// `"name":`; what no text holds, where that is longer or has escapes.
    pub(crate) head: [u8; HEAD],
    pub(crate) quick: Quick,
    /// Its bit in its word of those that are [`Seen`].
    pub(crate) bit: u64,
    /// How many bytes of the head must stand in the text.
    pub(crate) written: u8,
    /// Whether JSON must write the name with escapes.
    pub(crate) escaped: bool,
    pub(crate) node: NodeId,
    /// What pattern properties and the like ask besides: a range of [`MoreRules::extra`].
    pub(crate) extra: (u32, u32),
    pub(crate) name: Box<str>,
    pub(crate) required: bool,
    /// What its value is noted for.
    pub(crate) noted: Noted,
    /// Where in `properties` it stands; `None` for names that only other rules speak of.
    pub(crate) property: Option<u32>,
}

/// What becomes of the properties that nothing else speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RestRule {
    Ignored,
    Denied,
    Collected(NodeId),
}

/// The rules that most objects have not.
#[derive(Debug, Default)]
pub(crate) struct MoreRules {
    pub(crate) patterns: Vec<(Arc<PatternRule>, NodeId)>,
    pub(crate) extra: Vec<NodeId>,
    pub(crate) names: Option<NodeId>,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    /// If the key of that index is there, those must be too.
    pub(crate) dependent_required: Vec<(u32, Vec<u32>)>,
    /// If the key of that index is there, the object must be this as well.
    pub(crate) dependent_schemas: Vec<(u32, NodeId)>,
}

/// The values that are listed or are the one allowed.
#[derive(Debug)]
pub(crate) struct Literals {
    pub(crate) null: bool,
    pub(crate) yes: bool,
    pub(crate) no: bool,
    pub(crate) strings: WordSet,
    pub(crate) numbers: Vec<Decimal>,
    /// Arrays and objects are among them: the tree compares those.
    pub(crate) nested: bool,
    pub(crate) listed: Option<Vec<Literal>>,
    pub(crate) constant: Option<Literal>,
}
