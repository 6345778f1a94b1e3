//! What several schemas that must all hold mean together.
//!
//! References and `allOf` are followed and merged into one [`View`], exactly: a value is accepted by
//! the view if and only if it is accepted by every schema that went in. What does not merge (unions,
//! negations, conditions) stays beside it as [`Condition`]s.

use specsmith_ir::{
    Access, Applied, Contains, Decimal, Direction, ListRules, Literal, Model, NumberRules, Numbers,
    RecordRules, Rest, SchemaId, StringRules, WireName,
};
use specsmith_predicates::format::Format;
use specsmith_predicates::range::IntegerFormat;

use crate::kinds::Kinds;

/// One schema of a conjunction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) schema: SchemaId,
    /// Only what the schema itself says of types and values, not what it applies.
    pub(crate) plain: bool,
}

/// Schemas that must all hold, in the order written, without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Conj(pub(crate) Vec<Part>);

impl Conj {
    pub(crate) fn of(schema: SchemaId) -> Self {
        Self(vec![Part {
            schema,
            plain: false,
        }])
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
}

/// What becomes of the other properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum RestView {
    #[default]
    Ignored,
    Denied,
    Collected(Conj),
}

/// How many schemas one conjunction may hold, and how deep references may lead.
const MOST_MEMBERS: usize = 4096;

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

/// Follows references and `allOf` from one schema.
fn gather(model: &Model, part: Part, members: &mut Vec<Part>, conditions: &mut Vec<Condition>) {
    let mut ahead = vec![part];
    while let Some(part) = ahead.pop() {
        let seen = members
            .iter()
            .any(|it| it.schema == part.schema && (!it.plain || part.plain));
        if seen {
            continue;
        }
        if members.len() >= MOST_MEMBERS {
            conditions.push(Condition::Unknown);
            return;
        }
        members.push(part);
        if part.plain {
            continue;
        }
        let mut below = Vec::new();
        for applied in &model.schema(part.schema).applied {
            match applied {
                Applied::All(all) => below.extend(all.iter().copied()),
                Applied::Ref(target) => below.push(*target),
                Applied::DynamicRef { fallback, anchor } => {
                    below.push(dynamic_target(model, anchor, *fallback));
                }
                // Of one branch, any and one are the same as all.
                Applied::Any(branches) | Applied::One(branches) if branches.len() == 1 => {
                    below.extend(branches.iter().copied());
                }
                Applied::Any(branches) => conditions.push(Condition::Any(branches.clone())),
                Applied::One(branches) => conditions.push(Condition::One(branches.clone())),
                Applied::Not(negated) => conditions.push(Condition::Not(*negated)),
                Applied::If {
                    condition,
                    then,
                    otherwise,
                } => conditions.push(Condition::If {
                    condition: *condition,
                    then: *then,
                    otherwise: *otherwise,
                }),
                Applied::UnevaluatedItems(schema) => {
                    conditions.push(Condition::UnevaluatedItems {
                        owner: part.schema,
                        schema: *schema,
                    });
                }
                Applied::UnevaluatedProperties(schema) => {
                    conditions.push(Condition::UnevaluatedProperties {
                        owner: part.schema,
                        schema: *schema,
                    });
                }
            }
        }
        // In the order written, since properties are shown in it.
        ahead.extend(below.into_iter().rev().map(|schema| Part {
            schema,
            plain: false,
        }));
    }
}

/// Where only one resource defines the anchor, that is what is meant whatever the scope.
pub(crate) fn dynamic_target(model: &Model, anchor: &str, fallback: SchemaId) -> SchemaId {
    let mut defined = model
        .resources
        .iter()
        .flat_map(|resource| &resource.dynamic_anchors)
        .filter(|(name, _)| name == anchor)
        .map(|(_, schema)| *schema);
    match (defined.next(), defined.next()) {
        (Some(only), None) => only,
        (Some(_) | None, _) => fallback,
    }
}

fn greater(left: &mut Option<Decimal>, right: Option<&Decimal>) {
    if let Some(right) = right
        && left.as_ref().is_none_or(|left| left < right)
    {
        *left = Some(right.clone());
    }
}

fn smaller(left: &mut Option<Decimal>, right: Option<&Decimal>) {
    if let Some(right) = right
        && left.as_ref().is_none_or(|left| left > right)
    {
        *left = Some(right.clone());
    }
}

fn add_once<T: PartialEq + Clone>(list: &mut Vec<T>, item: Option<&T>) {
    if let Some(item) = item
        && !list.contains(item)
    {
        list.push(item.clone());
    }
}

impl NumberView {
    fn merge(&mut self, rules: &NumberRules) {
        self.integers |= rules.numbers == Numbers::Integers;
        greater(&mut self.minimum, rules.minimum.as_ref());
        greater(
            &mut self.exclusive_minimum,
            rules.exclusive_minimum.as_ref(),
        );
        smaller(&mut self.maximum, rules.maximum.as_ref());
        smaller(
            &mut self.exclusive_maximum,
            rules.exclusive_maximum.as_ref(),
        );
        add_once(&mut self.multiples, rules.multiple_of.as_ref());
        let format = rules.format.as_deref().and_then(IntegerFormat::named);
        add_once(&mut self.formats, format.as_ref());
    }
}

impl StringView {
    fn merge(&mut self, rules: &StringRules) {
        self.min = self.min.max(rules.min_length);
        self.max = least(self.max, rules.max_length);
        add_once(&mut self.patterns, rules.pattern.as_ref());
        let format = rules.format.as_deref().and_then(Format::named);
        add_once(&mut self.formats, format.as_ref());
    }
}

impl ListView {
    fn merge(&mut self, rules: &ListRules) {
        self.min = self.min.max(rules.min_items);
        self.max = least(self.max, rules.max_items);
        self.unique |= rules.unique;
        let behind = rules.items.map(Conj::of).unwrap_or_default();
        let longest = self.prefix.len().max(rules.prefix.len());
        let mut prefix = Vec::with_capacity(longest);
        for index in 0..longest {
            let ours = self.prefix.get(index).unwrap_or(&self.items).clone();
            let theirs = rules.prefix.get(index).map(|it| Conj::of(*it));
            prefix.push(ours.and(theirs.as_ref().unwrap_or(&behind)));
        }
        self.prefix = prefix;
        self.items = std::mem::take(&mut self.items).and(&behind);
        self.contains.extend(rules.contains.iter().cloned());
    }
}

impl RecordView {
    fn merge(&mut self, rules: &RecordRules, direction: Direction, first: bool) {
        let theirs = Self::from_rules(rules, direction);
        self.min = self.min.max(theirs.min);
        self.max = least(self.max, theirs.max);
        self.names = std::mem::take(&mut self.names).and(&theirs.names);
        self.dependent_required
            .extend(theirs.dependent_required.iter().cloned());
        self.dependent_schemas
            .extend(theirs.dependent_schemas.iter().cloned());
        if first && self.properties.is_empty() {
            self.properties = theirs.properties;
            self.rest = theirs.rest;
            self.patterns = theirs.patterns;
            return;
        }
        if !self.patterns.is_empty() || !theirs.patterns.is_empty() {
            self.entangled |= self.rest != RestView::Ignored
                || theirs.rest != RestView::Ignored
                || !(theirs.properties.is_empty() && theirs.rest == RestView::Ignored);
        }
        for property in &mut self.properties {
            match theirs.property(&property.name) {
                Some(other) => property.merge(other),
                None => property.restrict(&theirs.rest),
            }
        }
        for mut property in theirs.properties {
            if self.property(&property.name).is_none() {
                property.restrict(&self.rest);
                self.properties.push(property);
            }
        }
        self.rest = match (std::mem::take(&mut self.rest), theirs.rest) {
            (RestView::Denied, _) | (_, RestView::Denied) => RestView::Denied,
            (RestView::Ignored, other) | (other, RestView::Ignored) => other,
            (RestView::Collected(ours), RestView::Collected(theirs)) => {
                RestView::Collected(ours.and(&theirs))
            }
        };
        self.patterns.extend(theirs.patterns);
    }

    fn from_rules(rules: &RecordRules, direction: Direction) -> Self {
        let mut properties: Vec<PropertyView> = rules
            .properties
            .iter()
            .map(|property| PropertyView {
                name: property.name.clone(),
                conj: Conj::of(property.schema),
                required: property.is_required(direction),
                access: property.access,
                forbidden: false,
            })
            .collect();
        let rest = match rules.rest {
            Rest::Ignored => RestView::Ignored,
            Rest::Denied => RestView::Denied,
            Rest::Collected(schema) => RestView::Collected(Conj::of(schema)),
        };
        for name in &rules.also_required {
            if let Some(property) = properties.iter_mut().find(|it| it.name == *name) {
                property.required = true;
                continue;
            }
            let mut property = PropertyView {
                name: name.clone(),
                conj: Conj::default(),
                required: true,
                access: Access::Both,
                forbidden: false,
            };
            property.restrict(&rest);
            properties.push(property);
        }
        Self {
            properties,
            rest,
            patterns: rules
                .patterns
                .iter()
                .map(|it| (it.pattern.clone(), Conj::of(it.schema)))
                .collect(),
            entangled: false,
            min: rules.min_properties,
            max: rules.max_properties,
            names: rules.names.map(Conj::of).unwrap_or_default(),
            dependent_required: rules.dependent_required.clone(),
            dependent_schemas: rules.dependent_schemas.clone(),
        }
    }

    pub(crate) fn property(&self, name: &WireName) -> Option<&PropertyView> {
        self.properties.iter().find(|it| it.name == *name)
    }
}

impl PropertyView {
    fn merge(&mut self, other: &Self) {
        for part in &other.conj.0 {
            self.conj.add_part(*part);
        }
        self.required |= other.required;
        self.forbidden |= other.forbidden;
        if self.access == Access::Both {
            self.access = other.access;
        }
    }

    /// What a part that does not name the property has to say about it.
    fn restrict(&mut self, rest: &RestView) {
        match rest {
            RestView::Ignored => {}
            RestView::Denied => self.forbidden = true,
            RestView::Collected(conj) => {
                for part in &conj.0 {
                    self.conj.add_part(*part);
                }
            }
        }
    }
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

fn least(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (bound, None) | (None, bound) => bound,
    }
}
