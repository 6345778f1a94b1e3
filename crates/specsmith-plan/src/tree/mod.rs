//! The slow and thorough judge: walks the tree of one record and says everything that is wrong.
//!
//! It decides what the fast tier is not sure of and explains what the fast tier refuses, so the
//! two never disagree.

mod act;
mod applied;
mod coverage;
mod list;
mod record;
pub(crate) mod report;
pub(crate) mod scalar;

pub(crate) use record::is_known_elsewhere;
use report::Told;
pub(crate) use report::range;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use specsmith_diagnostics::Mistake;
use specsmith_ir::{Facet, ResourceId};
use specsmith_json::{Node as Json, Span, Value};
use specsmith_rules::{Fault, Types};

use crate::plan::{Kinds, Node, NodeId, Program};

/// One step from a value to one inside it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'v> {
    Key { name: &'v str, known: bool },
    Index(usize),
}

/// An array whose items are judged elsewhere: where it begins, and how many items it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Elided {
    pub(crate) start: u32,
    pub(crate) count: u64,
}

/// The walk over one record.
pub(crate) struct Walk<'p, 'v> {
    program: &'p Program,
    /// Verdicts of nodes about values, by the value's first byte.
    memo: HashMap<(NodeId, u32, u64), bool>,
    /// What is being judged right now, so that a schema that refers to itself comes to an end.
    busy: Vec<(NodeId, u32)>,
    scope: Vec<ResourceId>,
    steps: Vec<Step<'v>>,
    /// Above zero: only the verdict is asked for.
    quiet: usize,
    /// Above zero: branches are being compared, and those inside them are not.
    comparing: usize,
    most: usize,
    told: Told,
    elided: Option<Elided>,
}

impl<'p, 'v> Walk<'p, 'v> {
    pub(crate) fn new(program: &'p Program, elided: Option<Elided>) -> Self {
        Self {
            program,
            memo: HashMap::new(),
            busy: Vec::new(),
            scope: Vec::new(),
            steps: Vec::new(),
            quiet: 0,
            comparing: 0,
            most: program.options.mistakes.unwrap_or(crate::plan::MISTAKES),
            told: Told::default(),
            elided,
        }
    }

    /// Whether a node accepts `value`.
    pub(crate) fn verdict(mut self, node: NodeId, value: &'v Json) -> bool {
        self.quiet = 1;
        self.visit(node, value)
    }

    /// Everything that a node has against `value`.
    pub(crate) fn explain(mut self, node: NodeId, value: &'v Json) -> Vec<Mistake> {
        self.visit(node, value);
        self.told.into_list()
    }

    /// Whether a node accepts a value; tells why not, unless the walk is quiet.
    fn visit(&mut self, id: NodeId, value: &'v Json) -> bool {
        let program = self.program;
        let node = program.node(id);
        let entered = self.enter(node.resource);
        let leaf = !matches!(value.value, Value::Array(_) | Value::Object(_));
        if leaf && node.applied.0 == node.applied.1 {
            // Judging it leads nowhere else, and costs less than remembering what came of it.
            let verdict = self.judge(id, node, value);
            self.leave(entered);
            return verdict;
        }
        let start = value.span.start;
        let mut same_value = self.busy.iter().rev().take_while(|(_, at)| *at == start);
        if same_value.any(|(it, _)| *it == id) {
            self.leave(entered);
            return true;
        }
        let key = (id, start, self.scope_hash());
        let known = self.memo.get(&key).copied();
        let verdict = match known {
            Some(verdict) if self.quiet > 0 => verdict,
            Some(true) if !self.watching() => true,
            Some(_) | None => {
                self.busy.push((id, start));
                let verdict = self.judge(id, node, value);
                self.busy.pop();
                self.memo.insert(key, verdict);
                verdict
            }
        };
        self.leave(entered);
        verdict
    }

    /// Whether an accepted value may still have something to tell.
    fn watching(&self) -> bool {
        let watch = &self.program.options.watch;
        self.quiet == 0 && (watch.unknown_properties || watch.partial_patterns)
    }

    /// The verdict without a word.
    fn accepts(&mut self, id: NodeId, value: &'v Json) -> bool {
        self.quiet += 1;
        let verdict = self.visit(id, value);
        self.quiet -= 1;
        verdict
    }

    fn judge(&mut self, id: NodeId, node: &'p Node, value: &'v Json) -> bool {
        let kind = kind_bit(value);
        let number = self.program.number_of(node);
        let fraction = match &value.value {
            Value::Number(it) => number.is_some_and(|rule| rule.integers) && !it.is_integer(),
            Value::Null
            | Value::Boolean(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => false,
        };
        if !node.kinds.has(kind) || fraction {
            if node.kinds.0 == 0 {
                return self.fail(id, Facet::Whole, value.span, Fault::FalseSchema);
            }
            if self.quiet > 0 {
                return false;
            }
            let fault = Fault::Type {
                expected: self.expected(node),
                found: kind_of(value),
            };
            let mut mistake = self.mistake(id, Facet::Types, value.span, &fault);
            mistake.help = self.act(id, node, value, mistake.help);
            self.tell(mistake);
            return false;
        }
        if let Some(literals) = self.program.literals_of(node)
            && !self.literal(id, literals, value)
        {
            return false;
        }
        let own = match &value.value {
            Value::Null | Value::Boolean(_) => true,
            Value::Number(it) => {
                number.is_none_or(|rule| self.number(id, rule, it.decimal(), value.span))
            }
            Value::String(text) => {
                let rule = self.program.string_of(node);
                rule.is_none_or(|rule| self.string(id, rule, text, value.span))
            }
            Value::Array(items) => {
                let rule = self.program.list_of(node);
                rule.is_none_or(|rule| self.list(id, rule, items, value))
            }
            Value::Object(object) => {
                let rule = self.program.record_of(node);
                rule.is_none_or(|rule| self.record(id, rule, object, value))
            }
        };
        if !own && self.quiet > 0 {
            return false;
        }
        self.applied(id, node, value) && own
    }

    fn expected(&self, node: &Node) -> Types {
        let integers = self.program.number_of(node).is_some_and(|it| it.integers);
        let number = if integers {
            Types::INTEGER
        } else {
            Types::NUMBER
        };
        let mut types = Types::NONE;
        for (kind, named) in [
            (Kinds::NULL, Types::NULL),
            (Kinds::BOOLEAN, Types::BOOLEAN),
            (Kinds::NUMBER, number),
            (Kinds::STRING, Types::STRING),
            (Kinds::LIST, Types::ARRAY),
            (Kinds::RECORD, Types::OBJECT),
        ] {
            if node.kinds.has(kind) {
                types = types.or(named);
            }
        }
        types
    }

    fn enter(&mut self, resource: ResourceId) -> bool {
        let new = !self.program.anchors.is_empty() && !self.scope.contains(&resource);
        if new {
            self.scope.push(resource);
        }
        new
    }

    fn leave(&mut self, entered: bool) {
        if entered {
            self.scope.pop();
        }
    }

    fn scope_hash(&self) -> u64 {
        if self.scope.len() < 2 {
            return self.scope.first().map_or(0, |it| u64::from(it.0));
        }
        let mut hasher = DefaultHasher::new();
        self.scope.hash(&mut hasher);
        hasher.finish()
    }

    /// Notes a fault, unless the walk is quiet or has told enough. Always `false`.
    fn fail(&mut self, id: NodeId, facet: Facet, span: Span, fault: Fault) -> bool {
        if self.quiet == 0 && self.told.len() < self.most {
            let mistake = self.mistake(id, facet, span, &fault);
            self.tell(mistake);
        }
        false
    }
}

fn kind_bit(value: &Json) -> u8 {
    match &value.value {
        Value::Null => Kinds::NULL,
        Value::Boolean(_) => Kinds::BOOLEAN,
        Value::Number(_) => Kinds::NUMBER,
        Value::String(_) => Kinds::STRING,
        Value::Array(_) => Kinds::LIST,
        Value::Object(_) => Kinds::RECORD,
    }
}

fn kind_of(value: &Json) -> specsmith_rules::Kind {
    use specsmith_rules::Kind;
    match &value.value {
        Value::Null => Kind::Null,
        Value::Boolean(_) => Kind::Boolean,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}
