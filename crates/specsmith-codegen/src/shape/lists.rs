//! Lists: of one kind of item, or JSON values where items differ by place.

use specsmith_ir::{Contains, Direction, Step};

use crate::build::{Body, Builder};
use crate::items::{Check, ItemKind, Judged, ListTy, Slot, Ty};
use crate::path::Path;
use crate::view::{Conj, ListView};

impl Builder<'_> {
    pub(crate) fn list(&mut self, list: &ListView, direction: Direction, path: &Path<'_>) -> Body {
        let below = path.step(&Step::Items);
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
        let bare = self.ruled(Slot::new(bare), &path.with("List"));
        let mut judged = Judged {
            checks: vec![Check::Is(bare)],
            views: Vec::new(),
        };
        let items = self.whole_slot(&list.items, direction, &below);
        let mut prefix = Vec::new();
        for (index, conj) in list.prefix.iter().enumerate() {
            let below = path.with(format!("Item{}", index + 1));
            prefix.push(self.whole_slot(conj, direction, &below));
        }
        if !prefix.is_empty() || items != Slot::any() {
            judged.checks.push(Check::Prefix { prefix, items });
        }
        for Contains { schema, min, max } in &list.contains {
            let below = path.step(&Step::Contains);
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
