//! Shapes: which Rust type says what a conjunction accepts.

use specsmith_ir::{Contains, Decimal, Direction, Literal, Step};
use specsmith_predicates::range::IntegerFormat;

use crate::build::{Body, Builder, Path, step_word};
use crate::items::{
    Branching, Check, ItemKind, Judged, ListTy, MapTy, Record, RecordField, RestSlot, Slot, Ty,
    Typed, UnionVariant, Width, Words,
};
use crate::kinds::Kinds;
use crate::names::Scope;
use crate::spoken::Asking;
use crate::style::{Formats, Integers};
use crate::union;
use crate::view::{
    Condition, Conj, ListView, NumberView, Part, RecordView, RestView, StringView, View,
};

impl Builder<'_> {
    /// What a conjunction comes out as, null aside.
    pub(crate) fn body(&mut self, conj: &Conj, direction: Direction, path: &Path) -> Body {
        let mut view = View::new(self.model, conj, direction);
        let mut kinds = view.own_kinds().without(Kinds::NULL);
        let mut conditions = std::mem::take(&mut view.conditions);
        kinds = self.narrow(&mut conditions, kinds);
        self.settle_unevaluated(&mut conditions, &mut view, conj);
        view.restrict(kinds);
        let kinds = view.own_kinds().without(Kinds::NULL);
        if kinds.is_empty() {
            let null = self.facts.accepts_null(self.model, conj);
            return if null { Body::Ty(Ty::Null) } else { never() };
        }
        if let [Condition::Any(branches) | Condition::One(branches)] = conditions.as_slice()
            && let [only] = branches.as_slice()
        {
            let conj = plain(&view.members).with(*only);
            return self.rebody(&conj, direction, path);
        }
        if conditions.is_empty() {
            return self.settled(view, kinds, direction, path);
        }
        if let Some(body) = self.union(&view, &conditions, direction, path) {
            return body;
        }
        Body::Item(self.judged(&view, &conditions, direction, path))
    }

    /// The same for a conjunction that stands for another and may be a definition.
    fn rebody(&mut self, conj: &Conj, direction: Direction, path: &Path) -> Body {
        match self.resolved(conj) {
            Ok(conj) => self.body(&conj, direction, path),
            Err(schema) => match schema {
                Some(schema) => Body::Ty(self.definition_ty(schema, direction)),
                None => Body::Ty(Ty::Any),
            },
        }
    }

    /// Leaves out what cannot make a difference, and gives the types that remain.
    fn narrow(&self, conditions: &mut Vec<Condition>, mut kinds: Kinds) -> Kinds {
        for condition in conditions.iter_mut() {
            if let Condition::Any(branches) | Condition::One(branches) = condition {
                branches.retain(|it| !self.facts.schema_kinds(*it).and(kinds).is_empty());
                let all = branches.iter().map(|it| self.facts.schema_kinds(*it));
                kinds = kinds.and(all.fold(Kinds::NONE, Kinds::or));
            }
        }
        let of = |schema| self.facts.schema_kinds(schema);
        // A condition alone still decides what is spoken of.
        let asked = conditions.iter().any(|condition| match condition {
            Condition::UnevaluatedItems { .. } | Condition::UnevaluatedProperties { .. } => true,
            Condition::Any(_)
            | Condition::One(_)
            | Condition::Not(_)
            | Condition::If { .. }
            | Condition::Unknown => false,
        });
        conditions.retain(|condition| match condition {
            Condition::Not(schema) => !of(*schema).and(kinds).is_empty(),
            Condition::UnevaluatedItems { .. } => kinds.has(Kinds::LIST),
            Condition::UnevaluatedProperties { .. } => kinds.has(Kinds::RECORD),
            Condition::If {
                then, otherwise, ..
            } => asked || then.is_some() || otherwise.is_some(),
            Condition::Any(_) | Condition::One(_) | Condition::Unknown => true,
        });
        kinds
    }

    /// `unevaluatedProperties` is `additionalProperties` over everything that merged, if all did, and
    /// `unevaluatedItems` is `items`.
    fn settle_unevaluated(
        &mut self,
        conditions: &mut Vec<Condition>,
        view: &mut View,
        conj: &Conj,
    ) {
        let first = conj.0.first().map(|part| part.schema);
        let all_merged = conditions.len() == 1 && conj.0.len() == 1;
        conditions.retain(|condition| match condition {
            Condition::UnevaluatedProperties { owner, schema } => match &mut view.record {
                Some(record)
                    if all_merged
                        && Some(*owner) == first
                        && record.dependent_schemas.is_empty() =>
                {
                    if record.rest == RestView::Ignored {
                        record.rest = if self.facts.schema_kinds(*schema).is_empty() {
                            RestView::Denied
                        } else {
                            RestView::Collected(Conj::of(*schema))
                        };
                    }
                    false
                }
                Some(_) => true,
                None => false,
            },
            Condition::UnevaluatedItems { owner, schema } => match &mut view.list {
                Some(list) if all_merged && Some(*owner) == first && list.contains.is_empty() => {
                    if list.items == Conj::default() {
                        list.items = Conj::of(*schema);
                    }
                    false
                }
                Some(_) => true,
                None => false,
            },
            Condition::Unknown => {
                self.items
                    .refused
                    .extend(conj.0.first().map(|it| it.schema));
                false
            }
            Condition::Any(_) | Condition::One(_) | Condition::Not(_) | Condition::If { .. } => {
                true
            }
        });
    }

    /// A view on which no condition is left.
    fn settled(&mut self, mut view: View, kinds: Kinds, direction: Direction, path: &Path) -> Body {
        if let Some(values) = view.literals.take() {
            return self.literals(&view, values, direction, path);
        }
        if view.record.as_ref().is_some_and(|record| record.entangled) {
            return Body::Item(self.part_by_part(&view.members, direction, path));
        }
        let own = view.own_kinds();
        let loose = unruled(&view);
        if loose.without(Kinds::NULL) == Kinds::ALL.without(Kinds::NULL) {
            return Body::Ty(Ty::Any);
        }
        if kinds.count() == 1 {
            return self.single(&view, direction, path);
        }
        // Several types: a union of one variant for each, which are disjoint by nature.
        let others = loose.without(Kinds::NULL);
        let fold_others = others.count() > 2;
        let mut variants = Vec::new();
        let mut scope = Scope::default();
        for kind in Kinds::VALUES {
            if !own.has(kind) || (fold_others && others.has(kind)) {
                continue;
            }
            let mut one = view.clone();
            one.restrict(kind);
            let name = scope.variant(kind.name());
            let mut below = path.clone();
            below.push(name.clone());
            let body = self.single(&one, direction, &below);
            let slot = Slot::new(self.settle_body(body, &below, &view.members));
            variants.push(UnionVariant { name, slot });
        }
        if fold_others {
            let mut below = path.clone();
            let name = scope.variant("Other");
            below.push(name.clone());
            let excluded = Kinds::ALL.without(others);
            let slot = Slot::new(self.other_than(excluded, &below));
            variants.push(UnionVariant { name, slot });
        }
        Body::Item(ItemKind::Union(variants))
    }

    pub(crate) fn settle_body(&mut self, body: Body, path: &Path, members: &[Part]) -> Ty {
        match body {
            Body::Ty(ty) => ty,
            Body::Item(kind) => {
                let schemas: Vec<_> = members.iter().map(|part| part.schema).take(1).collect();
                let words = self.words(&schemas);
                let order = self.next_order();
                self.intern(kind, path, order, words)
            }
        }
    }

    /// A view of one type, without literals and conditions.
    fn single(&mut self, view: &View, direction: Direction, path: &Path) -> Body {
        if let Some(number) = &view.number {
            return Body::Ty(number_ty(number, self.style.integers));
        }
        if let Some(string) = &view.string {
            return Body::Ty(self.string(view, string));
        }
        if let Some(list) = &view.list {
            return self.list(list, direction, path);
        }
        if let Some(record) = &view.record {
            return self.record(record, direction, path);
        }
        Body::Ty(if view.boolean { Ty::Boolean } else { Ty::Null })
    }

    /// A string, or the type of its format where that is asked for and says it all.
    fn string(&self, view: &View, string: &StringView) -> Ty {
        let formats = view.members.iter().filter_map(|part| {
            let rules = self.model.schema(part.schema).types.string.as_deref()?;
            Typed::of(rules.format.as_deref()?)
        });
        let mut formats: Vec<Typed> = formats.collect();
        formats.dedup();
        let ruled = string.min.is_some() || string.max.is_some() || !string.patterns.is_empty();
        match (self.style.formats, formats.as_slice()) {
            (Formats::Typed, [typed]) if !ruled => Ty::Typed(*typed),
            (Formats::Typed | Formats::String, _) => Ty::String(string.clone()),
        }
    }

    /// A JSON value of any type but those.
    fn other_than(&mut self, excluded: Kinds, path: &Path) -> Ty {
        let types = [
            (Kinds::NULL, Ty::Null),
            (Kinds::BOOLEAN, Ty::Boolean),
            (Kinds::NUMBER, Ty::Number(NumberView::default())),
            (Kinds::STRING, Ty::String(StringView::default())),
            (Kinds::LIST, Ty::List(Box::new(ListTy::of_any()))),
            (Kinds::RECORD, Ty::Map(Box::new(MapTy::of_any()))),
        ];
        let checks = types
            .into_iter()
            .filter(|(kind, _)| excluded.has(*kind))
            .map(|(_, ty)| Check::Not(Slot::new(ty)))
            .collect();
        let judged = Judged {
            checks,
            views: Vec::new(),
        };
        let order = self.next_order();
        self.intern(ItemKind::Judged(judged), path, order, Words::default())
    }

    pub(crate) fn not_null(&mut self, path: &Path) -> Ty {
        self.other_than(Kinds::NULL, path)
    }

    fn literals(
        &mut self,
        view: &View,
        mut values: Vec<Literal>,
        direction: Direction,
        path: &Path,
    ) -> Body {
        values.retain(|value| *value != Literal::Null && fits(view, value));
        if values.is_empty() {
            return never();
        }
        let undecided = view
            .string
            .as_ref()
            .is_some_and(|string| !string.patterns.is_empty() || !string.formats.is_empty())
            || view.list.as_ref().is_some_and(|list| !list.is_unruled())
            || view
                .record
                .as_ref()
                .is_some_and(|record| !record.is_unruled());
        if undecided {
            let checks = vec![Check::Listed(
                values.iter().map(crate::literal::json).collect(),
            )];
            let kinds = view.own_kinds().without(Kinds::NULL);
            let mut below = path.clone();
            below.push("Type".to_owned());
            let mut bare = view.clone();
            bare.literals = None;
            let body = self.settled(bare, kinds, direction, &below);
            let ty = self.settle_body(body, &below, &view.members);
            let base = self.ruled(Slot::new(ty), &below);
            let mut judged = Judged {
                checks,
                views: Vec::new(),
            };
            judged.checks.push(Check::Is(base));
            return Body::Item(ItemKind::Judged(judged));
        }
        if values.len() == 2 && values.iter().all(|it| matches!(it, Literal::Boolean(_))) {
            return Body::Ty(Ty::Boolean);
        }
        let open = self.is_open(&view.members);
        Body::Item(self.listed(&values, open))
    }

    fn list(&mut self, list: &ListView, direction: Direction, path: &Path) -> Body {
        let below = extended(path, &Step::Items);
        if list.prefix.is_empty() && list.contains.is_empty() {
            let items = self.slot(&list.items, direction, &below);
            return Body::Ty(Ty::List(Box::new(ListTy {
                items,
                min: list.min,
                max: list.max,
                unique: list.unique,
            })));
        }
        let bare = Ty::List(Box::new(ListTy {
            min: list.min,
            max: list.max,
            unique: list.unique,
            ..ListTy::of_any()
        }));
        let bare = self.ruled(Slot::new(bare), &extended_by(path, "List"));
        let mut judged = Judged {
            checks: vec![Check::Is(bare)],
            views: Vec::new(),
        };
        let items = self.whole_slot(&list.items, direction, &below);
        let mut prefix = Vec::new();
        for (index, conj) in list.prefix.iter().enumerate() {
            let below = extended_by(path, &format!("Item{}", index + 1));
            prefix.push(self.whole_slot(conj, direction, &below));
        }
        if !prefix.is_empty() || items != Slot::any() {
            judged.checks.push(Check::Prefix { prefix, items });
        }
        for Contains { schema, min, max } in &list.contains {
            let below = extended(path, &Step::Contains);
            let slot = self.whole_slot(&Conj::of(*schema), direction, &below);
            judged.checks.push(Check::Contains {
                slot,
                min: *min,
                max: *max,
            });
        }
        Body::Item(ItemKind::Judged(judged))
    }

    fn record(&mut self, record: &RecordView, direction: Direction, path: &Path) -> Body {
        if record
            .properties
            .iter()
            .any(|it| it.required && it.forbidden)
        {
            return never();
        }
        let keys = self.names_view(record, direction);
        let named = record.properties.iter().any(|it| !it.forbidden);
        let complex = !record.patterns.is_empty()
            || !record.dependent_required.is_empty()
            || !record.dependent_schemas.is_empty()
            || keys.is_none()
            || (named
                && keys
                    .as_ref()
                    .is_some_and(|keys| *keys != StringView::default()));
        if complex {
            return Body::Item(self.complex_record(record, direction, path));
        }
        if !named && record.rest != RestView::Denied {
            return Body::Ty(Ty::Map(Box::new(MapTy {
                keys: keys.unwrap_or_default(),
                values: match &record.rest {
                    RestView::Collected(conj) => {
                        let below = extended(path, &Step::Rest);
                        self.slot(&conj.clone(), direction, &below)
                    }
                    RestView::Ignored | RestView::Denied => Slot::any(),
                },
                min: record.min,
                max: record.max,
            })));
        }
        Body::Item(ItemKind::Record(self.fields(record, direction, path)))
    }

    /// The fields of a struct.
    fn fields(&mut self, record: &RecordView, direction: Direction, path: &Path) -> Record {
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(record.properties.len());
        for property in &record.properties {
            if property.forbidden {
                continue;
            }
            let below = extended_by(path, property.name.as_str());
            let slot = self.slot(&property.conj, direction, &below);
            let schemas: Vec<_> = property.conj.0.iter().map(|part| part.schema).collect();
            let mut words = self.words(&schemas);
            if let (None, Err(Some(target))) = (&words.description, self.resolved(&property.conj)) {
                words.description = self.model.schema(target).notes.description.clone();
            }
            match property.access {
                specsmith_ir::Access::Both => {}
                specsmith_ir::Access::ReadOnly => words.read_only = true,
                specsmith_ir::Access::WriteOnly => words.write_only = true,
            }
            fields.push(RecordField {
                wire: property.name.as_str().to_owned(),
                name: scope.field(property.name.as_str()),
                slot,
                required: property.required,
                words,
            });
        }
        // A count of properties means those that the struct has no field for as well.
        let counted = record.min.is_some() || record.max.is_some();
        let rest = match &record.rest {
            RestView::Denied => RestSlot::Denied,
            RestView::Ignored if !counted => RestSlot::Ignored,
            RestView::Ignored => RestSlot::Kept {
                name: scope.field("rest"),
                values: Box::new(Slot::any()),
            },
            RestView::Collected(conj) => RestSlot::Kept {
                values: Box::new(self.slot(conj, direction, &extended(path, &Step::Rest))),
                name: scope.field("rest"),
            },
        };
        Record {
            fields,
            rest,
            min: record.min,
            max: record.max,
        }
    }

    /// A JSON value that must be what each part says, where the parts do not merge.
    fn part_by_part(&mut self, members: &[Part], direction: Direction, path: &Path) -> ItemKind {
        let mut judged = Judged::default();
        for (index, part) in (1..).zip(members) {
            let conj = plain(&[*part]);
            if matches!(self.resolved(&conj), Err(None)) {
                continue;
            }
            let below = extended_by(path, &format!("Part{index}"));
            judged
                .checks
                .push(Check::Is(self.whole_slot(&conj, direction, &below)));
        }
        ItemKind::Judged(judged)
    }

    /// A record with rules that a struct cannot say.
    fn complex_record(
        &mut self,
        record: &RecordView,
        direction: Direction,
        path: &Path,
    ) -> ItemKind {
        let mut bare = RecordView {
            dependent_required: Vec::new(),
            dependent_schemas: Vec::new(),
            patterns: Vec::new(),
            names: Conj::default(),
            ..record.clone()
        };
        if !record.patterns.is_empty() {
            bare.rest = RestView::Ignored;
        }
        let below = extended_by(path, "Object");
        let body = self.record(&bare, direction, &below);
        let ty = self.settle_body(body, &below, &[]);
        let base = self.ruled(Slot::new(ty), &below);
        let mut judged = Judged {
            views: vec![("as_object".to_owned(), base.clone())],
            checks: vec![Check::Is(base)],
        };
        if !record.patterns.is_empty() {
            let mut patterns = Vec::new();
            for (pattern, conj) in &record.patterns {
                let slot = self.whole_slot(conj, direction, &extended_by(path, "Value"));
                patterns.push((pattern.clone(), slot));
            }
            let rest = match &record.rest {
                RestView::Ignored => Some(Slot::any()),
                RestView::Denied => None,
                RestView::Collected(conj) => {
                    Some(self.whole_slot(conj, direction, &extended_by(path, "Other")))
                }
            };
            let known = record.properties.iter().filter(|it| !it.forbidden);
            judged.checks.push(Check::Patterns {
                known: known.map(|it| it.name.as_str().to_owned()).collect(),
                patterns,
                rest,
            });
        }
        if record.names != Conj::default() {
            let slot = self.whole_slot(&record.names, direction, &extended(path, &Step::Names));
            judged.checks.push(Check::Names(slot));
        }
        for (property, others) in &record.dependent_required {
            judged.checks.push(Check::DependentRequired {
                property: property.as_str().to_owned(),
                others: others.iter().map(|it| it.as_str().to_owned()).collect(),
            });
        }
        for (property, schema) in &record.dependent_schemas {
            let below = extended(path, &Step::Dependent(property.clone()));
            let slot = self.whole_slot(&Conj::of(*schema), direction, &below);
            judged.checks.push(Check::Dependent {
                property: property.as_str().to_owned(),
                slot,
            });
        }
        ItemKind::Judged(judged)
    }

    /// The rules for names, where they are rules for strings and nothing else.
    fn names_view(&self, record: &RecordView, direction: Direction) -> Option<StringView> {
        if record.names == Conj::default() {
            return Some(StringView::default());
        }
        let view = View::new(self.model, &record.names, direction);
        if !view.conditions.is_empty() || view.literals.is_some() {
            return None;
        }
        view.string
    }

    /// A union that is an enum, where its branches are provably disjoint.
    fn union(
        &mut self,
        view: &View,
        conditions: &[Condition],
        direction: Direction,
        path: &Path,
    ) -> Option<Body> {
        let (branches, any) = match conditions {
            [Condition::Any(branches)] => (branches, true),
            [Condition::One(branches)] => (branches, false),
            _ => return None,
        };
        let base = plain(&view.members);
        let mut conjs: Vec<Conj> = Vec::new();
        for branch in branches {
            conjs.push(base.clone().with(*branch));
        }
        if any {
            union::absorb(self, &mut conjs, direction);
            if let [only] = conjs.as_slice() {
                return Some(self.rebody(&only.clone(), direction, path));
            }
        }
        let disjoint = union::disjoint(self, &conjs, direction);
        if !disjoint {
            return None;
        }
        let names = union::variant_names(self, &conjs, direction);
        let mut variants = Vec::with_capacity(conjs.len());
        for (name, conj) in names.into_iter().zip(&conjs) {
            let below = extended_by(path, &name);
            let ty = self.slot(conj, direction, &below).ty;
            variants.push(UnionVariant {
                name,
                slot: Slot::new(ty),
            });
        }
        Some(Body::Item(ItemKind::Union(variants)))
    }

    /// A JSON value with checks.
    fn judged(
        &mut self,
        view: &View,
        conditions: &[Condition],
        direction: Direction,
        path: &Path,
    ) -> ItemKind {
        let mut judged = Judged::default();
        let base = plain(&view.members);
        let mut scope = Scope::default();
        if !matches!(self.resolved(&base), Err(None)) {
            let slot = self.whole_slot(&base, direction, &extended_by(path, "Base"));
            if matches!(slot.ty, Ty::Item(_) | Ty::Map(_)) {
                judged.views.push((scope.field("as_base"), slot.clone()));
            }
            judged.checks.push(Check::Is(slot));
        }
        for condition in conditions {
            match condition {
                Condition::Any(branches) | Condition::One(branches) => {
                    let conjs: Vec<Conj> = branches.iter().map(|it| Conj::of(*it)).collect();
                    let names = union::variant_names(self, &conjs, direction);
                    let mut slots = Vec::with_capacity(conjs.len());
                    for (name, conj) in names.into_iter().zip(&conjs) {
                        let slot = self.whole_slot(conj, direction, &extended_by(path, &name));
                        let function = scope.field(&format!("as_{name}"));
                        judged.views.push((function, slot.clone()));
                        slots.push(slot);
                    }
                    judged.checks.push(match condition {
                        Condition::Any(_) => Check::Any(slots),
                        _ => Check::One(slots),
                    });
                }
                Condition::Not(schema) => {
                    let below = extended(path, &Step::Not);
                    let slot = self.whole_slot(&Conj::of(*schema), direction, &below);
                    judged.checks.push(Check::Not(slot));
                }
                Condition::If {
                    then: None,
                    otherwise: None,
                    ..
                } => {}
                Condition::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    let mut part = |schema: specsmith_ir::SchemaId, step: Step| {
                        self.whole_slot(&Conj::of(schema), direction, &extended(path, &step))
                    };
                    let check = Check::If(Box::new(Branching {
                        condition: part(*condition, Step::If),
                        then: then.map(|it| part(it, Step::Then)),
                        otherwise: otherwise.map(|it| part(it, Step::Else)),
                    }));
                    judged.checks.push(check);
                }
                Condition::UnevaluatedProperties { owner, schema } => {
                    let spoken = self.spoken(*owner, Asking::Properties, direction, path);
                    let slot = self.rest_slot(*schema, direction, path);
                    if !spoken.all_properties {
                        let spoken = Box::new(spoken);
                        judged
                            .checks
                            .push(Check::UnevaluatedProperties { spoken, slot });
                    }
                }
                Condition::UnevaluatedItems { owner, schema } => {
                    let spoken = self.spoken(*owner, Asking::Items, direction, path);
                    let slot = self.rest_slot(*schema, direction, path);
                    if !spoken.all_items {
                        let spoken = Box::new(spoken);
                        judged.checks.push(Check::UnevaluatedItems { spoken, slot });
                    }
                }
                // Settled before.
                Condition::Unknown => {}
            }
        }
        ItemKind::Judged(judged)
    }

    /// What the properties or items that nothing speaks of are; `None` where there may be none.
    fn rest_slot(
        &mut self,
        schema: specsmith_ir::SchemaId,
        direction: Direction,
        path: &Path,
    ) -> Option<Slot> {
        let allowed = !self.facts.schema_kinds(schema).is_empty();
        let below = extended(path, &Step::Rest);
        allowed.then(|| self.whole_slot(&Conj::of(schema), direction, &below))
    }

    /// The slot with its rules in a type of their own, if it has any.
    fn ruled(&mut self, slot: Slot, path: &Path) -> Slot {
        if !slot.ty.has_rules() {
            return slot;
        }
        let order = self.next_order();
        Slot::new(self.intern(ItemKind::Newtype(slot), path, order, Words::default()))
    }
}

fn never() -> Body {
    Body::Item(ItemKind::Judged(Judged {
        checks: vec![Check::Never],
        views: Vec::new(),
    }))
}

/// What those schemas say themselves.
fn plain(members: &[Part]) -> Conj {
    Conj(
        members
            .iter()
            .map(|part| Part {
                schema: part.schema,
                plain: true,
            })
            .collect(),
    )
}

pub(crate) fn extended(path: &Path, step: &Step) -> Path {
    let mut path = path.clone();
    path.extend(step_word(step));
    path
}

pub(crate) fn extended_by(path: &Path, word: &str) -> Path {
    let mut path = path.clone();
    path.push(word.to_owned());
    path
}

/// The types that are accepted without a rule.
pub(crate) fn unruled(view: &View) -> Kinds {
    let mut kinds = Kinds::NONE;
    kinds.set(Kinds::NULL, view.null);
    kinds.set(Kinds::BOOLEAN, view.boolean);
    let number = view.number.as_ref();
    kinds.set(
        Kinds::NUMBER,
        number.is_some_and(|it| number_ty(it, Integers::I64) == Ty::Number(NumberView::default())),
    );
    let string = view.string.as_ref();
    kinds.set(
        Kinds::STRING,
        string.is_some_and(|it| *it == StringView::default()),
    );
    kinds.set(
        Kinds::LIST,
        view.list.as_ref().is_some_and(ListView::is_unruled),
    );
    kinds.set(
        Kinds::RECORD,
        view.record.as_ref().is_some_and(RecordView::is_unruled),
    );
    kinds
}

impl ListView {
    fn is_unruled(&self) -> bool {
        self.min.is_none()
            && self.max.is_none()
            && !self.unique
            && self.prefix.is_empty()
            && self.items == Conj::default()
            && self.contains.is_empty()
    }
}

impl RecordView {
    fn is_unruled(&self) -> bool {
        self.properties.is_empty()
            && self.rest == RestView::Ignored
            && self.patterns.is_empty()
            && !self.entangled
            && self.min.is_none()
            && self.max.is_none()
            && self.names == Conj::default()
            && self.dependent_required.is_empty()
            && self.dependent_schemas.is_empty()
    }
}

impl ListTy {
    pub(crate) fn of_any() -> Self {
        Self {
            items: Slot::any(),
            min: None,
            max: None,
            unique: false,
        }
    }
}

impl MapTy {
    pub(crate) fn of_any() -> Self {
        Self {
            keys: StringView::default(),
            values: Slot::any(),
            min: None,
            max: None,
        }
    }
}

/// Whether the rules that need no engine let a listed value in.
fn fits(view: &View, value: &Literal) -> bool {
    match value {
        Literal::String(text) => view.string.as_ref().is_some_and(|string| {
            let length = text.chars().count() as u64;
            string.min.is_none_or(|min| length >= min) && string.max.is_none_or(|max| length <= max)
        }),
        Literal::Number(number) => view.number.as_ref().is_some_and(|rules| {
            let format = rules.formats.iter().map(|it| format_range(*it));
            let mut in_formats = true;
            for (least, most) in format {
                in_formats &= *number >= Decimal::from(least) && *number <= Decimal::from(most);
            }
            in_formats
                && (!rules.integers || number.is_integer())
                && rules.minimum.as_ref().is_none_or(|it| number >= it)
                && rules
                    .exclusive_minimum
                    .as_ref()
                    .is_none_or(|it| number > it)
                && rules.maximum.as_ref().is_none_or(|it| number <= it)
                && rules
                    .exclusive_maximum
                    .as_ref()
                    .is_none_or(|it| number < it)
                && rules.multiples.iter().all(|it| number.is_multiple_of(it))
        }),
        Literal::Null | Literal::Boolean(_) | Literal::List(_) | Literal::Record(_) => true,
    }
}

fn format_range(format: IntegerFormat) -> (i64, i64) {
    match format {
        IntegerFormat::Int32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerFormat::Int64 => (i64::MIN, i64::MAX),
    }
}

/// The Rust type for those numbers, with the rules that it does not hold itself.
fn number_ty(number: &NumberView, integers: Integers) -> Ty {
    let mut rules = number.clone();
    if !rules.integers {
        return Ty::Number(rules);
    }
    let mut least: Option<i128> = None;
    let mut most: Option<i128> = None;
    let mut at_least = |bound: i128| least = Some(least.map_or(bound, |it| it.max(bound)));
    let mut at_most = |bound: i128| most = Some(most.map_or(bound, |it| it.min(bound)));
    for format in &rules.formats {
        let (low, high) = format_range(*format);
        at_least(low.into());
        at_most(high.into());
    }
    for bound in [&rules.minimum, &rules.exclusive_minimum]
        .into_iter()
        .flatten()
    {
        if let Some(bound) = whole(bound) {
            at_least(bound);
        }
    }
    for bound in [&rules.maximum, &rules.exclusive_maximum]
        .into_iter()
        .flatten()
    {
        if let Some(bound) = whole(bound) {
            at_most(bound);
        }
    }
    let width = match integers {
        Integers::Exact if least.is_none() || most.is_none() => {
            rules.integers = false;
            return Ty::Integer(Width::Exact, rules);
        }
        Integers::Exact | Integers::I64 => width(least, most),
    };
    let (low, high) = width.range();
    // What the type rules out needs no rule.
    rules.formats.retain(|format| {
        let (least, most) = format_range(*format);
        low < i128::from(least) || high > i128::from(most)
    });
    if rules
        .minimum
        .as_ref()
        .and_then(whole)
        .is_some_and(|it| it <= low)
    {
        rules.minimum = None;
    }
    if rules
        .maximum
        .as_ref()
        .and_then(whole)
        .is_some_and(|it| it >= high)
    {
        rules.maximum = None;
    }
    rules.integers = false;
    Ty::Integer(width, rules)
}

fn whole(bound: &Decimal) -> Option<i128> {
    bound.to_i128()
}

/// The narrowest of the types that people use for integers that holds all of them; `i64` where
/// nothing is said.
fn width(least: Option<i128>, most: Option<i128>) -> Width {
    let fits = |width: Width| {
        let (low, high) = width.range();
        least.is_some_and(|it| it >= low) && most.is_some_and(|it| it <= high)
    };
    match (least, most) {
        (None, None) => Width::I64,
        (Some(least), None) if least >= 0 => Width::U64,
        (Some(least), None) if least < i64::MIN.into() => Width::I128,
        (None, Some(most)) if most > i64::MAX.into() => Width::I128,
        (Some(_), None) | (None, Some(_)) => Width::I64,
        (Some(_), Some(_)) => [Width::I32, Width::U32, Width::I64, Width::U64]
            .into_iter()
            .find(|width| fits(*width))
            .unwrap_or(Width::I128),
    }
}

impl Width {
    pub(crate) fn range(self) -> (i128, i128) {
        match self {
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::I128 | Self::Exact => (i128::MIN, i128::MAX),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::I128 => "i128",
            Self::Exact => "Integer",
        }
    }
}

impl Ty {
    /// Whether the use of the type has rules, here or in what it holds, that a name for the type
    /// alone would lose.
    pub(crate) fn has_rules(&self) -> bool {
        match self {
            Self::Any | Self::Null | Self::Boolean | Self::Typed(_) | Self::Item(_) => false,
            Self::Integer(_, rules) | Self::Number(rules) => *rules != NumberView::default(),
            Self::String(rules) => *rules != StringView::default(),
            Self::List(list) => {
                list.min.is_some() || list.max.is_some() || list.unique || list.items.ty.has_rules()
            }
            Self::Map(map) => {
                map.min.is_some()
                    || map.max.is_some()
                    || map.keys != StringView::default()
                    || map.values.ty.has_rules()
            }
        }
    }
}
