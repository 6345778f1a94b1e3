//! Finding the lists of attributes of a model, and the records that have one.

use std::collections::BTreeSet;

use specsmith_ir::{Model, SchemaId};

use super::{AttributeList, Attributes, Entity, List};
use crate::build::Items;
use crate::items::{Item, ItemId, ItemKind, ListTy, Record, Slot, Ty};
use crate::view::StringView;

/// What was found.
pub(super) struct Found {
    pub(super) attributes: Attributes,
    /// The definitions that were asked for by name and are there.
    pub(super) named: BTreeSet<String>,
}

/// The properties of a pair where nothing else is said.
const KEYS: [&str; 2] = ["name", "value"];

/// Finds all, or those that are named.
pub(super) fn find(model: &Model, items: &Items, named: Option<&[AttributeList]>) -> Found {
    let mut finder = Finder {
        model,
        items,
        named,
        found: Found {
            attributes: Attributes::default(),
            named: BTreeSet::new(),
        },
    };
    for (id, item) in (0_u32..).map(ItemId).zip(&items.list) {
        if let ItemKind::Record(record) = &item.kind {
            finder.record(id, item, record);
        }
    }
    finder.name_entities();
    finder.found
}

struct Finder<'m> {
    model: &'m Model,
    items: &'m Items,
    named: Option<&'m [AttributeList]>,
    found: Found,
}

impl<'m> Finder<'m> {
    fn record(&mut self, id: ItemId, item: &Item, record: &'m Record) {
        // The type for the other direction has the same properties.
        let is_known = |it: &Entity| {
            let known = self.items.get(it.item).definition;
            known.is_some() && known == item.definition
        };
        if self.found.attributes.entities.iter().any(is_known) {
            return;
        }
        for field in &record.fields {
            let Some(mut list) = self.list(&field.slot) else {
                continue;
            };
            list.property.clone_from(&field.wire);
            let lists = &mut self.found.attributes.lists;
            let same = lists.iter().position(|known| {
                list.property.clone_from(&known.property);
                *known == list
            });
            let index = same.unwrap_or_else(|| {
                list.property.clone_from(&field.wire);
                lists.push(list);
                lists.len() - 1
            });
            self.found.attributes.entities.push(Entity {
                item: id,
                names: Vec::new(),
                property: field.wire.clone(),
                list: index,
                fields: record.fields.iter().map(|it| it.wire.clone()).collect(),
            });
            // One list each: which of several is meant, nothing could say.
            return;
        }
    }

    /// The list of attributes that a slot holds.
    fn list(&mut self, slot: &'m Slot) -> Option<List> {
        let mut definitions = Vec::new();
        let Ty::List(list) = &resolved(self.items, slot, &mut definitions).ty else {
            return None;
        };
        let ListTy {
            items, min, max, ..
        } = &**list;
        let pair_slot = resolved(self.items, items, &mut definitions);
        let Ty::Item(pair) = pair_slot.ty else {
            return None;
        };
        definitions.extend(self.items.get(pair).definition);
        let ItemKind::Record(record) = &self.items.get(pair).kind else {
            return None;
        };
        let (keys, named) = self.keys(&definitions)?;
        let [name, value] = [self.text(record, &keys[0])?, self.text(record, &keys[1])?];
        if record.fields.len() != 2 {
            return None;
        }
        self.found.named.extend(named);
        Some(List {
            pair,
            keys,
            min_items: *min,
            max_items: *max,
            name,
            value,
            property: String::new(),
        })
    }

    /// The keys of pairs in a list that goes by those definitions, if it may be one, and the name
    /// that it was asked for by.
    fn keys(&self, definitions: &[SchemaId]) -> Option<([String; 2], Option<String>)> {
        let Some(named) = self.named else {
            return Some((KEYS.map(str::to_owned), None));
        };
        let names: Vec<&str> = definitions
            .iter()
            .filter_map(|schema| Some(self.model.definition_of(*schema)?.name.as_str()))
            .collect();
        let found = named
            .iter()
            .find(|list| names.contains(&list.definition.as_str()))?;
        Some((found.keys.clone(), Some(found.definition.clone())))
    }

    /// The rules of a pair's property, if it is a string that a Rust `String` holds.
    fn text(&self, record: &Record, key: &str) -> Option<StringView> {
        let field = record.fields.iter().find(|field| field.wire == key)?;
        match &field.slot.ty {
            Ty::String(view) => Some(view.clone()),
            _ => None,
        }
    }

    /// An entity is called by its definition, and by its document where it is the only one there.
    fn name_entities(&mut self) {
        let entities = &mut self.found.attributes.entities;
        let homes: Vec<_> = entities
            .iter()
            .map(|it| self.items.get(it.item).document)
            .collect();
        for (entity, home) in entities.iter_mut().zip(&homes) {
            let item = self.items.get(entity.item);
            if homes.iter().filter(|it| *it == home).count() == 1 {
                let document = self.model.document(*home);
                entity.names.push(document.name.as_str().to_owned());
            }
            let definition = item.definition.and_then(|it| self.model.definition_of(it));
            let name = definition.map_or(item.name.as_str(), |it| it.name.as_str());
            if !entity.names.iter().any(|it| it == name) {
                entity.names.push(name.to_owned());
            }
        }
    }
}

/// The slot behind aliases and newtypes, which are noted.
fn resolved<'m>(items: &'m Items, slot: &'m Slot, definitions: &mut Vec<SchemaId>) -> &'m Slot {
    let mut slot = slot;
    // Aliases in a circle have been broken up, so this ends; the limit is for newtypes.
    for _ in 0..64 {
        let Ty::Item(id) = slot.ty else {
            break;
        };
        let item = items.get(id);
        match &item.kind {
            ItemKind::Alias(inner) | ItemKind::Newtype(inner) => {
                definitions.extend(item.definition);
                slot = inner;
            }
            _ => break,
        }
    }
    slot
}
