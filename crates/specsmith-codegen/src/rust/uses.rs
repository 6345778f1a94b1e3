//! Uses: what the source of a crate names without a path, read from what it has types for.

use super::Context;
use crate::items::{Item, ItemKind, RestSlot, Ty, Typed};

/// What is named without a path.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    pub(crate) serialize: bool,
    pub(crate) map: bool,
    pub(crate) value: bool,
    pub(crate) accepts: bool,
    pub(crate) record: bool,
    pub(crate) check: bool,
    pub(crate) chrono: bool,
    pub(crate) uuid: bool,
}

impl Uses {
    /// What the items and operations of a crate name.
    pub(crate) fn of(context: &Context<'_>) -> Self {
        let mut uses = Self::default();
        for (_, item) in context.own_items() {
            uses.item(item);
        }
        for (operation, slots) in context.items.shown_operations(context.model) {
            if context.crate_of(operation.document) == context.krate
                && let Some(request) = &slots.request
            {
                uses.ty(&request.ty);
            }
        }
        uses
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Pending
            | ItemKind::Strings(_)
            | ItemKind::Literals(_)
            | ItemKind::Alias(_)
            | ItemKind::Newtype(_) => {}
            ItemKind::Record(record) => {
                self.record = true;
                self.check |= record.min.is_some() || record.max.is_some();
                self.map |= match record.rest {
                    RestSlot::Kept { .. } => true,
                    RestSlot::Ignored | RestSlot::Denied => false,
                };
            }
            ItemKind::Union(_) => self.serialize = true,
            ItemKind::Judged(judged) => {
                self.value = true;
                let accepts = &mut self.accepts;
                for check in &judged.checks {
                    check.each_slot(&mut |_, _| *accepts = true);
                }
            }
        }
        item.kind.each_slot(&mut |slot, _| self.ty(&slot.ty));
    }

    fn ty(&mut self, ty: &Ty) {
        match ty {
            Ty::Any => self.value = true,
            Ty::Typed(Typed::Date | Typed::DateTime) => self.chrono = true,
            Ty::Typed(Typed::Uuid) => self.uuid = true,
            Ty::List(list) => self.ty(&list.items.ty),
            Ty::Map(map) => {
                self.map = true;
                self.ty(&map.values.ty);
            }
            Ty::Null
            | Ty::Boolean
            | Ty::Integer(..)
            | Ty::Number(_)
            | Ty::String(_)
            | Ty::Item(_) => {}
        }
    }
}
