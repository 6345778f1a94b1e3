//! Derives that the style adds.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::items::{ItemId, ItemKind, RestSlot, Slot, Ty};

/// How deep types are followed before the careful answer.
const DEPTH: u32 = 64;

impl Context<'_> {
    /// The derives to add to a type that has some: each with a comma in front.
    pub(crate) fn extra_derives(&self, kind: &ItemKind, has: &[&str]) -> TokenStream {
        let wanted = self.style.derives.iter().filter(|path| {
            let name = path.rsplit("::").next().unwrap_or(path).trim();
            let possible = match name {
                "Eq" | "Hash" | "Ord" | "PartialOrd" => self.is_exact(kind, DEPTH),
                "Copy" | "Default" => false,
                _ => true,
            };
            possible && !has.contains(&name)
        });
        let paths = wanted.filter_map(|path| path.parse::<TokenStream>().ok());
        quote! { #(, #paths)* }
    }

    /// Whether all that a type holds can be compared and hashed: no floats, and no JSON values.
    fn is_exact(&self, kind: &ItemKind, depth: u32) -> bool {
        let slot = |slot: &Slot| self.is_exact_ty(&slot.ty, depth);
        match kind {
            ItemKind::Strings(_) | ItemKind::Literals(_) => true,
            ItemKind::Record(record) => {
                let rest = match &record.rest {
                    RestSlot::Ignored | RestSlot::Denied => true,
                    RestSlot::Kept { values, .. } => slot(values),
                };
                rest && record.fields.iter().all(|field| slot(&field.slot))
            }
            ItemKind::Union(variants) => variants.iter().all(|it| slot(&it.slot)),
            ItemKind::Alias(held) | ItemKind::Newtype(held) => slot(held),
            ItemKind::Judged(_) | ItemKind::Pending => false,
        }
    }

    fn is_exact_ty(&self, ty: &Ty, depth: u32) -> bool {
        match ty {
            Ty::Null | Ty::Boolean | Ty::Integer(..) | Ty::String(_) | Ty::Typed(_) => true,
            Ty::Any | Ty::Number(_) => false,
            Ty::List(list) => self.is_exact_ty(&list.items.ty, depth),
            Ty::Map(map) => self.is_exact_ty(&map.values.ty, depth),
            Ty::Item(id) => depth > 0 && self.is_exact_item(*id, depth - 1),
        }
    }

    fn is_exact_item(&self, id: ItemId, depth: u32) -> bool {
        self.is_exact(&self.items.get(id).kind, depth)
    }
}
