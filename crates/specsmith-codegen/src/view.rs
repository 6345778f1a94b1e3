//! What several schemas that must all hold mean together.
//!
//! References and `allOf` are followed and merged into one [`View`], exactly: a value is accepted by
//! the view if and only if it is accepted by every schema that went in. What does not merge (unions,
//! negations, conditions) stays beside it as [`Condition`]s.

mod gather;
mod merge;

use smallvec::SmallVec;
use specsmith_ir::{
    Access, Contains, Decimal, Direction, Literal, Model, Rest, SchemaId, WireName,
};
use specsmith_predicates::format::Format;
use specsmith_predicates::range::IntegerFormat;

use crate::kinds::Kinds;
use gather::gather;

pub(crate) use gather::dynamic_target;

/// One schema of a conjunction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) schema: SchemaId,
    /// Only what the schema itself says of types and values, not what it applies.
    pub(crate) plain: bool,
}

/// Schemas that must all hold, in the order written, without repetition. There is one for each use of
/// a schema, nearly always of that alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Conj(pub(crate) Parts);

pub(crate) type Parts = SmallVec<[Part; 2]>;

impl Conj {
    pub(crate) fn of(schema: SchemaId) -> Self {
        let mut conj = Self::default();
        conj.add(schema);
        conj
    }

    pub(crate) fn and(mut self, other: &Self) -> Self {
        for part in &other.0 {
            if !self.0.contains(part) {
                self.0.push(*part);
            }
        }
        self
    }

    fn add(&mut self, schema: SchemaId) {
        let part = Part {
            schema,
            plain: false,
        };
        if !self.0.contains(&part) {
            self.0.push(part);
        }
    }
}

/// A rule that does not merge.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Any(Vec<SchemaId>),
    One(Vec<SchemaId>),
    Not(SchemaId),
    If {
        condition: SchemaId,
        then: Option<SchemaId>,
        otherwise: Option<SchemaId>,
    },
    UnevaluatedItems {
        owner: SchemaId,
        schema: SchemaId,
    },
    UnevaluatedProperties {
        owner: SchemaId,
        schema: SchemaId,
    },
    /// Too deep or too entangled to say.
    Unknown,
}

/// What a conjunction accepts.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) null: bool,
    pub(crate) boolean: bool,
    pub(crate) number: Option<NumberView>,
    pub(crate) string: Option<StringView>,
    pub(crate) list: Option<ListView>,
    pub(crate) record: Option<RecordView>,
    /// The values allowed, where they are listed.
    pub(crate) literals: Option<Vec<Literal>>,
    pub(crate) conditions: Vec<Condition>,
    /// Every schema that went in, references followed.
    pub(crate) members: Vec<Part>,
}

/// The rules for numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct NumberView {
    pub(crate) integers: bool,
    pub(crate) minimum: Option<Decimal>,
    pub(crate) exclusive_minimum: Option<Decimal>,
    pub(crate) maximum: Option<Decimal>,
    pub(crate) exclusive_maximum: Option<Decimal>,
    pub(crate) multiples: Vec<Decimal>,
    pub(crate) formats: Vec<IntegerFormat>,
}

/// The rules for strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct StringView {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) patterns: Vec<String>,
    /// The formats that are asserted; others say nothing.
    pub(crate) formats: Vec<Format>,
}

/// The rules for arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListView {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) unique: bool,
    pub(crate) prefix: Vec<Conj>,
    pub(crate) items: Conj,
    pub(crate) contains: Vec<Contains>,
}

/// The rules for objects.
#[derive(Clone, Debug, Default)]
pub(crate) struct RecordView {
    pub(crate) properties: Vec<PropertyView>,
    pub(crate) rest: RestView,
    pub(crate) patterns: Vec<(String, Conj)>,
    /// More than one part spoke of patterns, so that they do not merge.
    pub(crate) entangled: bool,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) names: Conj,
    pub(crate) dependent_required: Vec<(WireName, Vec<WireName>)>,
    pub(crate) dependent_schemas: Vec<(WireName, SchemaId)>,
}

/// One property, as all parts together have it.
#[derive(Clone, Debug)]
pub(crate) struct PropertyView {
    pub(crate) name: WireName,
    pub(crate) conj: Conj,
    pub(crate) required: bool,
    pub(crate) access: Access,
    /// It may not be there at all.
    pub(crate) forbidden: bool,
    /// It is listed, and not just required: what is said of other properties does not hold for it.
    pub(crate) listed: bool,
}

/// What becomes of the other properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum RestView {
    #[default]
    Ignored,
    Denied,
    Collected(Conj),
}

impl View {
    /// The meaning of a conjunction in one direction.
    pub(crate) fn new(model: &Model, conj: &Conj, direction: Direction) -> Self {
        let mut members = Vec::new();
        let mut conditions = Vec::new();
        for part in &conj.0 {
            gather(model, *part, &mut members, &mut conditions);
        }
        let mut view = Self {
            null: true,
            boolean: true,
            number: Some(NumberView::default()),
            string: Some(StringView::default()),
            list: Some(ListView::default()),
            record: Some(RecordView::default()),
            literals: None,
            conditions,
            members: Vec::new(),
        };
        let mut first_record = true;
        for part in &members {
            view.merge(model, part.schema, direction, &mut first_record);
        }
        view.members = members;
        view.settle();
        view
    }

    /// Which types are accepted, as far as types and literals say.
    pub(crate) fn own_kinds(&self) -> Kinds {
        let mut kinds = Kinds::NONE;
        kinds.set(Kinds::NULL, self.null);
        kinds.set(Kinds::BOOLEAN, self.boolean);
        kinds.set(Kinds::NUMBER, self.number.is_some());
        kinds.set(Kinds::STRING, self.string.is_some());
        kinds.set(Kinds::LIST, self.list.is_some());
        kinds.set(Kinds::RECORD, self.record.is_some());
        kinds
    }

    /// Leaves only those types.
    pub(crate) fn restrict(&mut self, kinds: Kinds) {
        self.null &= kinds.has(Kinds::NULL);
        self.boolean &= kinds.has(Kinds::BOOLEAN);
        if !kinds.has(Kinds::NUMBER) {
            self.number = None;
        }
        if !kinds.has(Kinds::STRING) {
            self.string = None;
        }
        if !kinds.has(Kinds::LIST) {
            self.list = None;
        }
        if !kinds.has(Kinds::RECORD) {
            self.record = None;
        }
        if let Some(literals) = &mut self.literals {
            literals.retain(|literal| kinds.has(Kinds::of(literal)));
        }
    }

    fn merge(
        &mut self,
        model: &Model,
        id: SchemaId,
        direction: Direction,
        first_record: &mut bool,
    ) {
        let schema = model.schema(id);
        let types = &schema.types;
        self.null &= types.null;
        self.boolean &= types.boolean;
        self.number = both(
            self.number.take(),
            types.number.as_deref(),
            NumberView::merge,
        );
        self.string = both(
            self.string.take(),
            types.string.as_deref(),
            StringView::merge,
        );
        self.list = both(self.list.take(), types.list.as_deref(), ListView::merge);
        self.record = both(
            self.record.take(),
            types.record.as_deref(),
            |view, rules| {
                view.merge(rules, direction, *first_record);
                *first_record &= rules.properties.is_empty()
                    && rules.patterns.is_empty()
                    && rules.rest == Rest::Ignored;
            },
        );
        if let Some(listed) = &schema.listed {
            self.allow_only(listed);
        }
        if let Some(constant) = &schema.constant {
            self.allow_only(std::slice::from_ref(constant));
        }
    }

    fn allow_only(&mut self, allowed: &[Literal]) {
        match &mut self.literals {
            Some(literals) => literals.retain(|it| allowed.contains(it)),
            None => {
                let mut distinct: Vec<Literal> = Vec::with_capacity(allowed.len());
                let texts = allowed.iter().all(|it| it.as_str().is_some());
                let mut seen = std::collections::BTreeSet::new();
                for literal in allowed {
                    let new = match literal.as_str().filter(|_| texts) {
                        Some(text) => seen.insert(text),
                        None => !distinct.contains(literal),
                    };
                    if new {
                        distinct.push(literal.clone());
                    }
                }
                self.literals = Some(distinct);
            }
        }
    }

    /// Brings types and literals to agree.
    fn settle(&mut self) {
        let own = self.own_kinds();
        if let Some(literals) = &mut self.literals {
            let integers = self.number.as_ref().is_some_and(|number| number.integers);
            literals.retain(|literal| {
                let whole = match literal {
                    Literal::Number(number) => !integers || number.is_integer(),
                    Literal::Null
                    | Literal::Boolean(_)
                    | Literal::String(_)
                    | Literal::List(_)
                    | Literal::Record(_) => true,
                };
                whole && own.has(Kinds::of(literal))
            });
            let listed = literals
                .iter()
                .fold(Kinds::NONE, |kinds, literal| kinds.or(Kinds::of(literal)));
            self.restrict(listed);
        }
    }
}

fn both<V, R>(view: Option<V>, rules: Option<&R>, merge: impl FnOnce(&mut V, &R)) -> Option<V> {
    let (mut view, rules) = (view?, rules?);
    merge(&mut view, rules);
    Some(view)
}

impl Conj {
    fn add_part(&mut self, part: Part) {
        if !self.0.contains(&part) {
            self.0.push(part);
        }
    }

    /// The conjunction with one more schema.
    pub(crate) fn with(mut self, schema: SchemaId) -> Self {
        self.add(schema);
        self
    }
}
