//! Aliases that lead back to themselves.

use crate::build::Builder;
use crate::items::ItemKind;

impl Builder<'_> {
    /// An alias that leads back to itself is a type of its own.
    pub(super) fn unalias_circles(&mut self) {
        for index in 0..self.items.list.len() {
            if !matches!(self.items.list[index].kind, ItemKind::Alias(_)) {
                continue;
            }
            if self.alias_leads_to(index, index) {
                let item = &mut self.items.list[index];
                if let ItemKind::Alias(slot) = &item.kind {
                    item.kind = ItemKind::Newtype(slot.clone());
                }
            }
        }
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
