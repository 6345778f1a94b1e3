//! Building: from the model to the items of each crate.
//!
//! Every definition becomes an item, every inline schema a plain type where that says it all, else
//! an item named after where it stands. Equal inline items are one.

mod aliases;
mod definitions;
mod messages;
mod operations;
mod resolve;

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use specsmith_ir::{Direction, DocumentId, Model, Operation, SchemaId, Status};

use crate::facts::Facts;
use crate::items::{Item, ItemId, ItemKind, Slot, Ty, Words};
use crate::listed::Spoken;
use crate::names::Scope;
use crate::path::Path;
use crate::reach::Reach;
use crate::select::Selected;
use crate::style::Style;
use crate::view::{Conj, Part};
use resolve::Resolved;

/// All items of all crates, and what the operations use of them.
#[derive(Debug)]
pub(crate) struct Items {
    pub(crate) list: Vec<Item>,
    /// One for each of the model's operations.
    pub(crate) operations: Vec<OperationSlots>,
    /// The item of each definition in each direction that it has one for.
    pub(crate) definitions: HashMap<(SchemaId, Direction), ItemId>,
    /// The definitions that mean one thing in a request and another in a response.
    pub(crate) one_way: HashSet<SchemaId>,
    /// Names of the crates, by document.
    pub(crate) crates: Vec<usize>,
    /// What could not be made a type of, and is a JSON value without rules instead.
    pub(crate) refused: Vec<SchemaId>,
    /// Which of the operations are asked for.
    pub(crate) operations_shown: Vec<bool>,
}

/// The types of what an operation sends and receives.
#[derive(Clone, Debug, Default)]
pub(crate) struct OperationSlots {
    pub(crate) request: Option<Slot>,
    pub(crate) responses: Vec<(Status, Slot)>,
    /// Parameters, headers and other bodies, each with what it is.
    pub(crate) others: Vec<(String, Slot)>,
}

impl Items {
    /// The operations that are asked for, with their types.
    pub(crate) fn shown_operations<'a>(
        &'a self,
        model: &'a Model,
    ) -> impl Iterator<Item = (&'a Operation, &'a OperationSlots)> {
        let all = model.operations.iter().zip(&self.operations);
        all.zip(&self.operations_shown)
            .filter(|(_, shown)| **shown)
            .map(|(operation, _)| operation)
    }

    pub(crate) fn get(&self, id: ItemId) -> &Item {
        &self.list[id.0 as usize]
    }
}

pub(crate) struct Builder<'m> {
    pub(crate) model: &'m Model,
    /// Who speaks of the values of what was a union.
    pub(crate) spoken: &'m Spoken,
    pub(crate) facts: Facts,
    pub(crate) reach: Reach,
    pub(crate) items: Items,
    pub(crate) style: &'m Style,
    selected: &'m Selected,
    /// By crate.
    scopes: Vec<Scope>,
    /// The inline items so far, by the hash of crate and structure. What an item comes to share with
    /// others is no part of its structure.
    interned: HashMap<u64, Vec<ItemId>>,
    /// What has been made of an inline schema; `None` while it is being made.
    made: HashMap<(usize, Conj, Direction), Option<Ty>>,
    /// The document whose crate new items go to.
    home: DocumentId,
    order: u32,
    depth: u32,
}

/// What a schema comes out as: a type that can be written in place, or an item.
pub(crate) enum Body {
    Ty(Ty),
    Item(ItemKind),
}

/// How deep schemas may stand in one another before a JSON value has to do.
const DEPTH: u32 = 100;

/// Makes the items of a model in which unions of values are lists; `spoken` tells who speaks of
/// them. `crates` gives each document the number of its crate.
pub(crate) fn build(
    model: &Model,
    spoken: &Spoken,
    crates: Vec<usize>,
    style: &Style,
    selected: &Selected,
) -> Items {
    let count = crates.iter().copied().max().map_or(1, |most| most + 1);
    let mut builder = Builder {
        model,
        spoken,
        facts: Facts::new(model),
        reach: Reach::new(model),
        items: Items {
            list: Vec::new(),
            operations: Vec::new(),
            definitions: HashMap::new(),
            one_way: HashSet::new(),
            crates,
            refused: Vec::new(),
            operations_shown: selected.operations.clone(),
        },
        style,
        selected,
        scopes: vec![Scope::types(); count],
        interned: HashMap::new(),
        made: HashMap::with_capacity(model.schemas.len()),
        home: DocumentId(0),
        order: 0,
        depth: 0,
    };
    builder.announce_definitions();
    for definition in &model.definitions {
        builder.define(definition);
    }
    for operation in &model.operations {
        let index = builder.items.operations.len();
        let shown = selected.operations.get(index).copied().unwrap_or(true);
        let slots = match shown {
            true => builder.operation(operation),
            false => OperationSlots::default(),
        };
        builder.items.operations.push(slots);
    }
    builder.settle_aliases();
    builder.items
}

impl<'m> Builder<'m> {
    /// The type of a use of a conjunction.
    pub(crate) fn slot(&mut self, conj: &Conj, direction: Direction, path: &Path<'_>) -> Slot {
        let null = self.facts.accepts_null(self.model, conj);
        let ty = self.ty(conj, direction, path);
        if ty == Ty::Any && !null {
            return Slot::new(self.not_null(path));
        }
        let nullable = null && !matches!(ty, Ty::Any | Ty::Null);
        Slot { ty, nullable }
    }

    /// The type of the values other than null.
    fn ty(&mut self, conj: &Conj, direction: Direction, path: &Path<'_>) -> Ty {
        let conj = match self.resolve(conj) {
            Resolved::Any => return Ty::Any,
            Resolved::Definition(target) => return self.definition_ty(target, direction),
            Resolved::Inline(conj) => conj,
        };
        let sensitive = conj
            .0
            .iter()
            .any(|part| self.reach.is_sensitive(part.schema));
        let direction = if sensitive {
            direction
        } else {
            Direction::Response
        };
        let key = (self.crate_of(self.home), conj.clone(), direction);
        match self.made.get(&key) {
            Some(Some(ty)) => return ty.clone(),
            // It holds itself: an item is announced, and filled in when it is done.
            Some(None) => {
                let id = self.announce(path, &conj);
                self.made.insert(key, Some(Ty::Item(id)));
                return Ty::Item(id);
            }
            None => {}
        }
        if self.depth >= DEPTH {
            self.items
                .refused
                .extend(conj.0.first().map(|part| part.schema));
            return Ty::Any;
        }
        self.made.insert(key.clone(), None);
        self.depth += 1;
        self.order += 1;
        let order = self.order;
        let body = self.body(&conj, direction, path);
        self.depth -= 1;
        let announced = match self.made.get(&key) {
            Some(Some(Ty::Item(id))) => Some(*id),
            Some(_) | None => None,
        };
        let ty = match (body, announced) {
            (body, Some(id)) => {
                let kind = match body {
                    Body::Item(kind) => kind,
                    Body::Ty(ty) => ItemKind::Newtype(Slot::new(ty)),
                };
                let item = &mut self.items.list[id.0 as usize];
                item.kind = kind;
                item.order = order;
                Ty::Item(id)
            }
            (Body::Ty(ty), None) => ty,
            (Body::Item(kind), None) => {
                let words = self.words(&conj.0.iter().map(|part| part.schema).collect::<Vec<_>>());
                self.intern(kind, path, order, words)
            }
        };
        self.made.insert(key, Some(ty.clone()));
        ty
    }

    /// One item for each structure, named after the first place where it is needed, with the words
    /// that all places have in common.
    pub(crate) fn intern(
        &mut self,
        kind: ItemKind,
        path: &Path<'_>,
        order: u32,
        words: Words,
    ) -> Ty {
        let krate = self.crate_of(self.home);
        let key = self.interned.hasher().hash_one((krate, &kind));
        let alike = self.interned.get(&key).map_or(&[][..], Vec::as_slice);
        let same = alike.iter().copied().find(|id| {
            let item = self.items.get(*id);
            self.crate_of(item.document) == krate && item.kind == kind
        });
        if let Some(id) = same {
            self.items.list[id.0 as usize].share(&kind, &words);
            return Ty::Item(id);
        }
        let name = self.type_name(path);
        let id = self.push(Item {
            name,
            document: self.home,
            order,
            kind,
            words,
            definition: None,
            or_null: false,
        });
        self.interned.entry(key).or_default().push(id);
        Ty::Item(id)
    }

    /// A slot whose type holds all rules itself, so that it can be judged without a field around it.
    pub(crate) fn whole_slot(
        &mut self,
        conj: &Conj,
        direction: Direction,
        path: &Path<'_>,
    ) -> Slot {
        let slot = self.slot(conj, direction, path);
        if !slot.ty.has_rules() {
            return slot;
        }
        let kind = ItemKind::Newtype(Slot::new(slot.ty));
        self.order += 1;
        let ty = self.intern(kind, path, self.order, Words::default());
        Slot {
            ty,
            nullable: slot.nullable,
        }
    }

    fn announce(&mut self, path: &Path<'_>, conj: &Conj) -> ItemId {
        let name = self.type_name(path);
        let schemas: Vec<SchemaId> = conj.0.iter().map(|part| part.schema).collect();
        let words = self.words(&schemas);
        self.push(Item {
            name,
            document: self.home,
            order: self.order,
            kind: ItemKind::Pending,
            words,
            definition: None,
            or_null: false,
        })
    }

    /// The type that a definition is in that direction.
    pub(crate) fn definition_ty(&mut self, schema: SchemaId, direction: Direction) -> Ty {
        let directions = self.reach.directions(schema);
        let direction = match directions.contains(&direction) {
            true => direction,
            false => directions[0],
        };
        match self.items.definitions.get(&(schema, direction)) {
            Some(id) => Ty::Item(*id),
            None => Ty::Any,
        }
    }

    pub(crate) fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// The schema's own words, else those of what it joins.
    pub(crate) fn words(&self, schemas: &[SchemaId]) -> Words {
        let mut words = Words::default();
        for id in schemas {
            let notes = &self.model.schema(*id).notes;
            words.title = words.title.or_else(|| notes.title.clone());
            words.description = words.description.or_else(|| notes.description.clone());
            words.example = words.example.or_else(|| notes.examples.first().cloned());
            words.default = words.default.or_else(|| notes.default.clone());
            words.deprecated |= notes.deprecated;
            words.read_only |= notes.read_only;
            words.write_only |= notes.write_only;
        }
        words
    }

    fn type_name(&mut self, path: &Path<'_>) -> String {
        let krate = self.crate_of(self.home);
        self.scopes[krate].type_name(&path.words(), "Model")
    }

    fn push(&mut self, item: Item) -> ItemId {
        let id = u32::try_from(self.items.list.len()).unwrap_or(u32::MAX);
        self.items.list.push(item);
        ItemId(id)
    }

    pub(crate) fn crate_of(&self, document: DocumentId) -> usize {
        self.items
            .crates
            .get(document.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Whether values that are not listed are let in: only responses bring them.
    pub(crate) fn is_open(&self, members: &[Part]) -> bool {
        members
            .iter()
            .any(|part| self.reach.is_received(part.schema))
            && !members.iter().any(|part| self.reach.is_sent(part.schema))
    }
}
