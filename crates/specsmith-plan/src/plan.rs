//! The program: what a model asks of one kind of value, flat and index-based.

use std::sync::{Arc, OnceLock};

use specsmith_diagnostics::Span;
use specsmith_ir::{Decimal, Facet, Literal, ResourceId};
use specsmith_json::Limits;
use specsmith_rules::pattern::{Match, Pattern, STEPS};

use crate::attention::{Attention, Noted};
use crate::kernels::class::Search;
use crate::keys::KeyTable;
use crate::quick::Quick;
use crate::watch::Watch;
use crate::words::WordSet;

/// An index into [`Program::nodes`].
pub(crate) type NodeId = u32;

/// The node that accepts every value.
pub(crate) const ANY: NodeId = 0;
/// The node that accepts none.
pub(crate) const NEVER: NodeId = 1;
/// In the place of an index: there is no such rule.
pub(crate) const NONE: u32 = u32::MAX;

/// A validation plan: what one schema of a model asks of a value that travels in one direction.
///
/// Cheap to clone; any number of threads may share it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) program: Arc<Program>,
}

/// What is fixed when a plan is compiled.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What a reading refuses to exceed.
    pub limits: Limits,
    /// What is looked for beside mistakes.
    pub watch: Watch,
    /// How many mistakes of one record are told; the rest is counted.
    pub mistakes: Option<usize>,
    /// How many steps a backtracking pattern may take on one string; [`specsmith_rules`] says how
    /// many, where this does not.
    pub pattern_steps: Option<usize>,
}

/// How many mistakes of one record are told unless the options say otherwise.
pub(crate) const MISTAKES: usize = 100;

/// The instructions and the words for findings.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) nodes: Vec<Node>,
    pub(crate) strings: Vec<StringRule>,
    pub(crate) numbers: Vec<NumberRule>,
    pub(crate) lists: Vec<ListRule>,
    pub(crate) records: Vec<RecordRule>,
    pub(crate) literals: Vec<Literals>,
    pub(crate) applied: Vec<Apply>,
    /// One for each node.
    pub(crate) words: Vec<Words>,
    /// The dynamic anchors of each resource of the model.
    pub(crate) anchors: Vec<Vec<(Box<str>, NodeId)>>,
    pub(crate) root: NodeId,
    pub(crate) options: Options,
    pub(crate) attention: Attention,
    /// Whether a scan takes any notes.
    pub(crate) watching: bool,
}

/// The six kinds of value as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(pub(crate) u8);

impl Kinds {
    pub(crate) const NULL: u8 = 1;
    pub(crate) const BOOLEAN: u8 = 1 << 1;
    pub(crate) const NUMBER: u8 = 1 << 2;
    pub(crate) const STRING: u8 = 1 << 3;
    pub(crate) const LIST: u8 = 1 << 4;
    pub(crate) const RECORD: u8 = 1 << 5;
    pub(crate) const ALL: u8 = (1 << 6) - 1;

    #[inline(always)]
    pub(crate) fn has(self, kind: u8) -> bool {
        self.0 & kind != 0
    }
}

/// What one schema asks, as indices into the tables of rules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// The types that the schema accepts.
    pub(crate) kinds: Kinds,
    /// Those of them of which the literals, if there are any, hold a value.
    pub(crate) listed: Kinds,
    /// Only the tree can judge it: what it asks depends on more than one value's own bytes.
    pub(crate) by_tree: bool,
    pub(crate) string: u32,
    pub(crate) number: u32,
    pub(crate) list: u32,
    pub(crate) record: u32,
    pub(crate) literals: u32,
    /// A range of [`Program::applied`].
    pub(crate) applied: (u32, u32),
    /// The scope in which dynamic references are resolved.
    pub(crate) resource: ResourceId,
}

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

/// Another node that has a say about the same value.
#[derive(Clone, Debug)]
pub(crate) enum Apply {
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    One(Vec<NodeId>),
    Not(NodeId),
    If {
        condition: NodeId,
        then: Option<NodeId>,
        otherwise: Option<NodeId>,
    },
    Ref(NodeId),
    DynamicRef {
        anchor: Box<str>,
        fallback: NodeId,
    },
    UnevaluatedItems(NodeId),
    UnevaluatedProperties(NodeId),
}

/// Where the rules of a node were written, and what it is called.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) places: Vec<(Facet, Span)>,
    /// The name that the specification gives the schema.
    pub(crate) name: Option<Box<str>>,
    /// What names the alternatives of the schema.
    pub(crate) tags: Option<Box<Tags>>,
}

/// The property that names an alternative, and the values that do so by another name than its own.
#[derive(Debug)]
pub(crate) struct Tags {
    pub(crate) property: Box<str>,
    pub(crate) mapping: Vec<(Box<str>, NodeId)>,
}

impl Words {
    /// Where a rule was written.
    pub(crate) fn place(&self, facet: Facet) -> Option<Span> {
        let place = |facet| self.places.iter().find(|(it, _)| *it == facet);
        place(facet)
            .or_else(|| place(Facet::Whole))
            .map(|(_, span)| *span)
    }
}

impl Program {
    /// The limits of an item: the batch and its list stand around it, wherever it is judged.
    #[inline(always)]
    pub(crate) fn item_limits(&self) -> Limits {
        let limits = self.options.limits;
        Limits {
            depth: limits.depth.saturating_sub(2),
            ..limits
        }
    }

    #[inline(always)]
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    pub(crate) fn applied_of(&self, node: &Node) -> &[Apply] {
        let (start, end) = node.applied;
        self.applied
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// What a node refers to.
    pub(crate) fn target_of(&self, node: &Node) -> Option<NodeId> {
        self.applied_of(node).iter().find_map(|apply| match apply {
            Apply::Ref(target) => Some(*target),
            Apply::All(_)
            | Apply::Any(_)
            | Apply::One(_)
            | Apply::Not(_)
            | Apply::If { .. }
            | Apply::DynamicRef { .. }
            | Apply::UnevaluatedItems(_)
            | Apply::UnevaluatedProperties(_) => None,
        })
    }

    pub(crate) fn literals_of(&self, node: &Node) -> Option<&Literals> {
        self.literals.get(node.literals as usize)
    }

    pub(crate) fn string_of(&self, node: &Node) -> Option<&StringRule> {
        self.strings.get(node.string as usize)
    }

    pub(crate) fn number_of(&self, node: &Node) -> Option<&NumberRule> {
        self.numbers.get(node.number as usize)
    }

    pub(crate) fn list_of(&self, node: &Node) -> Option<&ListRule> {
        self.lists.get(node.list as usize)
    }

    pub(crate) fn record_of(&self, node: &Node) -> Option<&RecordRule> {
        self.records.get(node.record as usize)
    }
}
