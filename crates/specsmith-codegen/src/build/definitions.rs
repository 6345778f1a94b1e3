//! Definitions: each has an item and a name before any is looked into.

use std::collections::HashMap;

use specsmith_ir::{Definition, Direction, SchemaId};

use super::resolve::Resolved;
use crate::build::{Body, Builder};
use crate::items::{Item, ItemKind, Slot, Ty};
use crate::kinds::Kinds;
use crate::path::{Path, is_type_name};
use crate::shape::other_than;
use crate::view::Conj;

impl Builder<'_> {
    /// Gives every definition its item, in the order written, and its name: those that are spelt as
    /// Rust spells types have the first choice.
    pub(super) fn announce_definitions(&mut self) {
        let model = self.model;
        let mut names = HashMap::new();
        for spelt_so in [true, false] {
            for definition in &model.definitions {
                let wire = definition.name.as_str();
                for (direction, suffix) in self.twins(definition.schema) {
                    let key = (definition.schema, direction);
                    if spelt_so != is_type_name(wire) || names.contains_key(&key) {
                        continue;
                    }
                    let krate = self.crate_of(definition.document);
                    let scope = &mut self.scopes[krate];
                    names.insert(key, scope.type_name(&[wire, suffix], "Model"));
                }
            }
        }
        for definition in &model.definitions {
            if self.reach.is_sensitive(definition.schema) {
                self.items.one_way.insert(definition.schema);
            }
            for (direction, _) in self.twins(definition.schema) {
                let key = (definition.schema, direction);
                let Some(name) = names.remove(&key) else {
                    continue;
                };
                let id = self.push(Item {
                    name,
                    document: definition.document,
                    order: 0,
                    kind: ItemKind::Pending,
                    words: self.words(&[definition.schema]),
                    definition: Some(definition.schema),
                    or_null: self.facts.accepts_null(model, &Conj::of(definition.schema)),
                });
                self.items.definitions.insert(key, id);
            }
        }
    }

    /// The directions that a definition has a type for, each with what its name ends with.
    fn twins(&self, schema: SchemaId) -> Vec<(Direction, &'static str)> {
        if !self.selected.has(schema) {
            return Vec::new();
        }
        let directions = self.reach.directions(schema);
        let twin = directions.len() > 1;
        let suffix = |direction| match direction {
            Direction::Request if twin => "Request",
            Direction::Request | Direction::Response => "",
        };
        directions.iter().map(|it| (*it, suffix(*it))).collect()
    }

    pub(super) fn define(&mut self, definition: &Definition) {
        self.home = definition.document;
        for direction in self.reach.directions(definition.schema) {
            let Some(&id) = self.items.definitions.get(&(definition.schema, *direction)) else {
                continue;
            };
            if self.items.get(id).kind != ItemKind::Pending {
                continue;
            }
            self.order += 1;
            let order = self.order;
            let path = Path::new(self.items.get(id).name.clone());
            let body = match self.facts.joined(self.model, definition.schema) {
                Some(targets) => {
                    let conj = targets.into_iter().fold(Conj::default(), Conj::with);
                    match self.resolve(&conj) {
                        Resolved::Any => Body::Ty(Ty::Any),
                        Resolved::Definition(target) if target == definition.schema => {
                            Body::Ty(Ty::Any)
                        }
                        Resolved::Definition(target) => {
                            Body::Ty(self.definition_ty(target, *direction))
                        }
                        Resolved::Inline(conj) => self.body(&conj, *direction, &path),
                    }
                }
                None => self.body(&Conj::of(definition.schema), *direction, &path),
            };
            let null = |builder: &Self| {
                let conj = Conj::of(definition.schema);
                builder.facts.accepts_null(builder.model, &conj)
            };
            let kind = match body {
                Body::Item(kind) => kind,
                Body::Ty(Ty::Any) if !null(self) => other_than(Kinds::NULL),
                Body::Ty(ty) if ty.has_rules() => ItemKind::Newtype(Slot::new(ty)),
                Body::Ty(ty) => ItemKind::Alias(Slot::new(ty)),
            };
            let item = &mut self.items.list[id.0 as usize];
            item.kind = kind;
            item.order = order;
        }
    }
}
