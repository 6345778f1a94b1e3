//! Aliases that cannot stay one: they lead back to themselves, or take null otherwise than what they
//! name.

use crate::build::Builder;
use crate::items::{Item, ItemId, ItemKind, Slot, Ty};

impl Builder<'_> {
    /// Makes such aliases types of their own.
    pub(super) fn settle_aliases(&mut self) {
        for index in 0..self.items.list.len() {
            if matches!(self.items.list[index].kind, ItemKind::Alias(_))
                && self.alias_leads_to(index, index)
            {
                self.unalias(index);
            }
        }
        for index in 0..self.items.list.len() {
            let item = &self.items.list[index];
            if let ItemKind::Alias(slot) = &item.kind
                && self.takes_null_otherwise(item, slot)
            {
                self.unalias(index);
            }
        }
    }

    fn unalias(&mut self, index: usize) {
        let item = &mut self.items.list[index];
        if let ItemKind::Alias(slot) = &item.kind {
            item.kind = ItemKind::Newtype(slot.clone());
        }
    }

    /// Whether one of the two takes null and the other does not: an alias has the `from_json` of
    /// what it names. It is enough to ask that one, since each alias on the way is settled alike.
    fn takes_null_otherwise(&self, item: &Item, slot: &Slot) -> bool {
        match slot.ty {
            Ty::Item(id) => self.items.get(id).or_null != item.or_null && self.has_reader(id),
            Ty::Any
            | Ty::Null
            | Ty::Boolean
            | Ty::Integer(..)
            | Ty::Number(_)
            | Ty::String(_)
            | Ty::Typed(_)
            | Ty::List(_)
            | Ty::Map(_) => false,
        }
    }

    /// Whether an item is, or names, a type of ours and so one with a `from_json`.
    fn has_reader(&self, mut id: ItemId) -> bool {
        // Those that lead back to themselves are settled.
        while let ItemKind::Alias(slot) = &self.items.get(id).kind {
            let Ty::Item(next) = slot.ty else {
                return false;
            };
            id = next;
        }
        true
    }

    fn alias_leads_to(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.items.list.len()];
        let mut ahead = vec![from];
        while let Some(index) = ahead.pop() {
            if std::mem::replace(&mut seen[index], true) {
                continue;
            }
            let ItemKind::Alias(slot) = &self.items.list[index].kind else {
                continue;
            };
            let mut found = false;
            slot.each_item(&mut |id| {
                found |= id.0 as usize == to;
                ahead.push(id.0 as usize);
            });
            if found {
                return true;
            }
        }
        false
    }
}
