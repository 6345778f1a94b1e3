//! Lists: of one kind of item, or JSON values where items differ by place.

use specsmith_ir::{Contains, Direction, Step};

use crate::build::{Body, Builder};
use crate::items::{Check, ItemKind, Judged, ListTy, Slot, Ty};
use crate::path::{Path, extended, extended_by};
use crate::view::{Conj, ListView};

impl Builder<'_> {
    pub(crate) fn list(&mut self, list: &ListView, direction: Direction, path: &Path) -> Body {
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
}
