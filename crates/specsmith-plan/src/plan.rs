//! The program: what a model asks of one kind of value, flat and index-based.

mod rules;

use std::sync::Arc;

use specsmith_diagnostics::Span;
use specsmith_ir::{Facet, ResourceId};
use specsmith_json::Limits;

use crate::attention::Attention;
use crate::spare::Spare;
use crate::watch::Watch;

pub(crate) use rules::{
    ContainsRule, FormatRule, HEAD, Key, ListRule, Literals, MOST_KEYS, MoreRules, NumberRule,
    PatternRule, RecordRule, RestRule, Seen, StringRule,
};

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
    /// The rule of objects, where it alone decides about those that are a payload.
    pub(crate) root_record: Option<u32>,
    /// What runs over inputs leave to the next.
    pub(crate) spare: Spare,
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
