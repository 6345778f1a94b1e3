//! From a model to a program: only what the root reaches, in time proportional to that.

use std::collections::HashMap;
use std::sync::Arc;

use specsmith_diagnostics::Span;
use specsmith_ir::{Applied, Direction, Model, Origins, Schema, SchemaId, StringRules};
use specsmith_rules::format::Format;
use specsmith_rules::pattern::{ClassRun, syntax};

use crate::attention::Attention;
use crate::kernels::class::Search;
use crate::plan::{
    ANY, Apply, ContainsRule, FormatRule, Kinds, ListRule, Literals, NEVER, NONE, Node, NodeId,
    NumberRule, Options, PatternRule, Plan, Program, StringRule, Tags, Words,
};
use crate::quick::Quick;
use crate::spare::Spare;
use crate::{attention, bounds, family, literals, quick, record};

/// Compiles what the schema `root` asks of a value that travels in `direction`.
///
/// The model and `root` must belong together. Patterns that are none ask for nothing: the front
/// end has said so already.
pub fn compile(
    model: &Model,
    origins: &Origins<Span>,
    root: SchemaId,
    direction: Direction,
    options: &Options,
) -> Plan {
    let mut compiler = Compiler {
        model,
        direction,
        nodes: vec![node_of_kinds(Kinds::ALL), node_of_kinds(0)],
        schemas: vec![None, None],
        ids: HashMap::new(),
        patterns: HashMap::new(),
        pattern_steps: options.pattern_steps,
        strings: Vec::new(),
        numbers: Vec::new(),
        lists: Vec::new(),
        records: Vec::new(),
        literals: Vec::new(),
        applied: Vec::new(),
        dynamic: model
            .resources
            .iter()
            .any(|it| !it.dynamic_anchors.is_empty()),
        anchors_wanted: false,
    };
    let root = compiler.reach(root);
    let mut next = 2;
    let mut anchors = Vec::new();
    loop {
        while let Some(Some(schema)) = compiler.schemas.get(next).copied() {
            compiler.fill(next, schema);
            next += 1;
        }
        // A dynamic reference reaches every schema of a dynamic anchor, whichever is outermost.
        if !compiler.anchors_wanted || !anchors.is_empty() {
            break;
        }
        for resource in &model.resources {
            let named = resource.dynamic_anchors.iter();
            anchors.push(
                named
                    .map(|(name, schema)| (name.as_str().into(), compiler.reach(*schema)))
                    .collect(),
            );
        }
    }
    let words = compiler
        .schemas
        .iter()
        .map(|schema| match schema {
            Some(id) => Words {
                places: origins
                    .of(*id)
                    .map(|(facet, span)| (*facet, *span))
                    .collect(),
                name: model.definition_of(*id).map(|it| it.name.as_str().into()),
                tags: compiler.tags(*id),
            },
            None => Words::default(),
        })
        .collect();
    let mut program = Program {
        nodes: compiler.nodes,
        strings: compiler.strings,
        numbers: compiler.numbers,
        lists: compiler.lists,
        records: compiler.records,
        literals: compiler.literals,
        applied: compiler.applied,
        words,
        anchors,
        root,
        options: options.clone(),
        attention: Attention::default(),
        watching: false,
        root_record: None,
        spare: Spare::default(),
    };
    if options.watch.unknown_properties {
        family::share_names(&mut program);
    }
    attention::attend(&mut program);
    program.watching = program.attention.notes || options.watch.unknown_properties;
    quick::shortcuts(&mut program);
    Plan {
        program: Arc::new(program),
    }
}

/// What is known while a program is being made.
pub(crate) struct Compiler<'m> {
    pub(crate) model: &'m Model,
    pub(crate) direction: Direction,
    nodes: Vec<Node>,
    /// The schema of each node.
    schemas: Vec<Option<SchemaId>>,
    ids: HashMap<SchemaId, NodeId>,
    patterns: HashMap<&'m str, Arc<PatternRule>>,
    pattern_steps: Option<usize>,
    strings: Vec<StringRule>,
    numbers: Vec<NumberRule>,
    lists: Vec<ListRule>,
    records: Vec<crate::plan::RecordRule>,
    literals: Vec<Literals>,
    applied: Vec<Apply>,
    /// Whether any reference is dynamic, so that going through a resource can matter.
    dynamic: bool,
    anchors_wanted: bool,
}

fn node_of_kinds(kinds: u8) -> Node {
    Node {
        kinds: Kinds(kinds),
        listed: Kinds(Kinds::ALL),
        by_tree: false,
        string: NONE,
        number: NONE,
        list: NONE,
        record: NONE,
        literals: NONE,
        applied: (0, 0),
        resource: specsmith_ir::ResourceId(0),
    }
}

/// References that only refer are followed so far.
const LONGEST_CHAIN: usize = 64;

impl<'m> Compiler<'m> {
    /// What names the alternatives of a schema; of what it names, that which can be met.
    fn tags(&self, id: SchemaId) -> Option<Box<Tags>> {
        let discriminator = self.model.schema(id).notes.discriminator.as_ref()?;
        let mapping = discriminator.mapping.iter();
        let mapping = mapping.filter_map(|(value, schema)| {
            let node = self.ids.get(schema)?;
            Some((value.as_str().into(), *node))
        });
        Some(Box::new(Tags {
            property: discriminator.property.as_str().into(),
            mapping: mapping.collect(),
        }))
    }

    /// The node of a schema, which is filled in later if it is new.
    pub(crate) fn reach(&mut self, schema: SchemaId) -> NodeId {
        let mut id = schema;
        for _ in 0..LONGEST_CHAIN {
            let schema = self.model.schema(id);
            if schema.is_any() {
                return ANY;
            }
            match only_reference(schema) {
                Some(target)
                    if !self.dynamic || self.model.schema(target).resource == schema.resource =>
                {
                    id = target;
                }
                Some(_) | None => break,
            }
        }
        if let Some(node) = self.ids.get(&id) {
            return *node;
        }
        let Ok(node) = NodeId::try_from(self.nodes.len()) else {
            return ANY;
        };
        self.ids.insert(id, node);
        self.nodes.push(node_of_kinds(0));
        self.schemas.push(Some(id));
        node
    }

    /// The node that stands for the schema `false`, which has words of its own.
    pub(crate) fn reach_all(&mut self, schemas: &[SchemaId]) -> Vec<NodeId> {
        schemas.iter().map(|it| self.reach(*it)).collect()
    }

    fn fill(&mut self, at: usize, id: SchemaId) {
        let schema = self.model.schema(id);
        let types = &schema.types;
        let mut kinds = 0;
        for (accepted, kind) in [
            (types.null, Kinds::NULL),
            (types.boolean, Kinds::BOOLEAN),
            (types.number.is_some(), Kinds::NUMBER),
            (types.string.is_some(), Kinds::STRING),
            (types.list.is_some(), Kinds::LIST),
            (types.record.is_some(), Kinds::RECORD),
        ] {
            kinds |= if accepted { kind } else { 0 };
        }
        let mut node = node_of_kinds(kinds);
        node.resource = schema.resource;
        if let Some(rules) = &types.string {
            let rule = self.string(rules);
            node.string = add(&mut self.strings, rule);
        }
        if let Some(rules) = &types.number {
            node.number = add(&mut self.numbers, bounds::number(rules));
        }
        if let Some(rules) = &types.list {
            let rule = self.list(rules);
            node.list = add(&mut self.lists, rule);
        }
        if let Some(rules) = &types.record {
            let rule = record::record(self, at as NodeId, rules);
            node.by_tree |= rule
                .as_ref()
                .is_some_and(|it| it.keys.len() > crate::plan::MOST_KEYS);
            node.record = add(&mut self.records, rule);
        }
        if let Some((literals, listed)) = literals::of(schema) {
            node.listed = Kinds(listed);
            node.literals = add(&mut self.literals, Some(literals));
        }
        let applied: Vec<Apply> = schema.applied.iter().map(|it| self.apply(it)).collect();
        node.by_tree |= applied.iter().any(|it| {
            matches!(
                it,
                Apply::DynamicRef { .. }
                    | Apply::UnevaluatedItems(_)
                    | Apply::UnevaluatedProperties(_)
            )
        });
        let start = self.applied.len() as u32;
        self.applied.extend(applied);
        node.applied = (start, self.applied.len() as u32);
        if let Some(slot) = self.nodes.get_mut(at) {
            *slot = node;
        }
    }

    fn apply(&mut self, applied: &Applied) -> Apply {
        match applied {
            Applied::All(all) => Apply::All(self.reach_all(all)),
            Applied::Any(any) => Apply::Any(self.reach_all(any)),
            Applied::One(one) => Apply::One(self.reach_all(one)),
            Applied::Not(not) => Apply::Not(self.reach(*not)),
            Applied::If {
                condition,
                then,
                otherwise,
            } => Apply::If {
                condition: self.reach(*condition),
                then: then.map(|it| self.reach(it)),
                otherwise: otherwise.map(|it| self.reach(it)),
            },
            Applied::Ref(target) => Apply::Ref(self.reach(*target)),
            Applied::DynamicRef { anchor, fallback } => {
                self.anchors_wanted = true;
                Apply::DynamicRef {
                    anchor: anchor.as_str().into(),
                    fallback: self.reach(*fallback),
                }
            }
            Applied::UnevaluatedItems(it) => Apply::UnevaluatedItems(self.reach(*it)),
            Applied::UnevaluatedProperties(it) => Apply::UnevaluatedProperties(self.reach(*it)),
        }
    }

    fn string(&mut self, rules: &'m StringRules) -> Option<StringRule> {
        let format = rules.format.as_ref().and_then(|name| {
            let format = Format::named(name)?;
            Some(FormatRule {
                name: name.as_str().into(),
                format,
            })
        });
        let mut search = Search::Nothing;
        let pattern = rules.pattern.as_ref().map(|pattern| {
            let run = syntax::parse(pattern)
                .ok()
                .and_then(|tree| ClassRun::of(&tree));
            search = match run {
                Some(run) => Search::of(&run),
                None => Search::Engine,
            };
            self.pattern(pattern)
        });
        if format.is_none()
            && pattern.is_none()
            && rules.min_length.is_none()
            && rules.max_length.is_none()
        {
            return None;
        }
        let size = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
        Some(StringRule {
            min: rules.min_length,
            max: rules.max_length,
            // A code point is written in one byte at least and in twelve at most: `\ud83d\ude00`.
            enough_bytes: match rules.min_length.map(size) {
                None | Some(0) => 0,
                Some(least) => (least - 1).saturating_mul(12).saturating_add(1),
            },
            few_bytes: rules.max_length.map_or(usize::MAX, size),
            search,
            pattern,
            format,
        })
    }

    pub(crate) fn pattern(&mut self, text: &'m str) -> Arc<PatternRule> {
        let steps = self.pattern_steps;
        let rule = self.patterns.entry(text);
        Arc::clone(rule.or_insert_with(|| Arc::new(PatternRule::new(text, steps))))
    }

    fn list(&mut self, rules: &'m specsmith_ir::ListRules) -> Option<ListRule> {
        if *rules == specsmith_ir::ListRules::default() {
            return None;
        }
        Some(ListRule {
            min: rules.min_items.unwrap_or(0),
            max: rules.max_items.unwrap_or(u64::MAX),
            unique: rules.unique,
            prefix: self.reach_all(&rules.prefix),
            items: rules.items.map_or(ANY, |it| self.reach(it)),
            quick: Quick::default(),
            row: None,
            records: false,
            items_spoken: rules.items.is_some(),
            contains: rules.contains.as_ref().map(|contains| ContainsRule {
                node: self.reach(contains.schema),
                min: contains.min,
                max: contains.max,
            }),
        })
    }
}

/// The target of a schema that does nothing but refer.
fn only_reference(schema: &Schema) -> Option<SchemaId> {
    match schema.applied.as_slice() {
        [Applied::Ref(target)]
            if schema.listed.is_none()
                && schema.constant.is_none()
                && schema.types == specsmith_ir::ByType::any() =>
        {
            Some(*target)
        }
        _ => None,
    }
}

fn add<T>(rules: &mut Vec<T>, rule: Option<T>) -> u32 {
    match (rule, u32::try_from(rules.len())) {
        (Some(rule), Ok(at)) => {
            rules.push(rule);
            at
        }
        (Some(_), Err(_)) | (None, _) => NONE,
    }
}

/// A node that refuses everything, for what a rule denies.
pub(crate) const DENIED: NodeId = NEVER;
