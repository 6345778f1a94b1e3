//! Enums: of strings, of other values, and of types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, contradictions, conversions, docs};
use crate::items::{Item, ItemId, LiteralVariant, Strings, UnionVariant};
use crate::names::ident;

/// What every enum of values has already.
const PLAIN: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "PartialOrd",
    "Ord",
    "Serialize",
    "Deserialize",
    "Validate",
];

impl Context<'_> {
    pub(crate) fn strings(&self, id: ItemId, item: &Item, strings: &Strings) -> TokenStream {
        let name = ident(&item.name);
        let doc = self.about(item, None, String::new());
        let variants = strings.variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let doc = self
                .comments
                .stand_in(docs::value(&variant.words, &variant.wire));
            quote! { #doc #name }
        });
        let other = strings.other.as_ref().map(|other| {
            let other = ident(other);
            quote! {
                /// A value that the specification does not list: it is read, and is not valid.
                #other(String),
            }
        });
        let derives = self.extra_derives(&item.kind, PLAIN);
        let copy = strings.other.is_none().then(|| quote! { Copy, });
        let pairs = strings.variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let wire = &variant.wire;
            quote! { #name = #wire }
        });
        let open = strings.other.as_ref().map(|other| {
            let other = ident(other);
            quote! { else #other }
        });
        let inherent = Self::inherent(item, &[self.reader(id, item)]);
        quote! {
            #doc
            #[derive(Clone, #copy Debug, PartialEq, Eq, Hash, PartialOrd, Ord #derives)]
            pub enum #name {
                #(#variants,)*
                #other
            }
            specsmith_rules::string_enum!(#name { #(#pairs),* } #open);
            #inherent
        }
    }

    pub(crate) fn literals(
        &self,
        id: ItemId,
        item: &Item,
        variants: &[LiteralVariant],
    ) -> TokenStream {
        let name = ident(&item.name);
        let doc = self.about(item, None, String::new());
        let derives = self.extra_derives(&item.kind, PLAIN);
        let names = variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let doc = self
                .comments
                .stand_in(docs::value(&variant.words, &variant.json));
            quote! { #doc #name }
        });
        let pairs = variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let json = super::types::raw(&variant.json);
            quote! { #name = #json }
        });
        let inherent = Self::inherent(item, &[self.reader(id, item)]);
        quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord #derives)]
            pub enum #name {
                #(#names),*
            }
            specsmith_rules::literal_enum!(#name { #(#pairs),* });
            #inherent
        }
    }

    pub(crate) fn union(&self, id: ItemId, item: &Item, variants: &[UnionVariant]) -> TokenStream {
        let name = ident(&item.name);
        let doc = self.about(item, Some("one of several types"), String::new());
        let held = variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let ty = self.slot_type(&variant.slot, Some(id));
            let rules = self.validate_attribute(&variant.slot.ty);
            let facts = docs::facts(&variant.slot, &crate::items::Words::default());
            let says = if facts.is_empty() {
                format!("{}.", docs::code(&ty.to_string().replace(' ', "")))
            } else {
                facts
            };
            let doc = self.comments.stand_in(vec![says]);
            quote! { #doc #name(#rules #ty) }
        });
        let derives = self.extra_derives(
            &item.kind,
            &[
                "Clone",
                "Debug",
                "PartialEq",
                "Serialize",
                "Deserialize",
                "Validate",
            ],
        );
        let contradictions = contradictions::allowed(variants.iter().map(|it| &it.slot.ty));
        let reading = |variant: &UnionVariant| {
            let name = ident(&variant.name);
            let ty = self.slot_type(&variant.slot, Some(id));
            quote! { #name(#ty) }
        };
        let readings = variants.iter().map(reading);
        let alone = conversions::alone(&self.items.list, id, variants);
        let from = (alone.len() < variants.len()).then(|| {
            let from = alone.into_iter().map(reading);
            quote! { from { #(#from),* } }
        });
        let inherent = Self::inherent(item, &[self.reader(id, item)]);
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Serialize, Validate #derives)]
            #[serde(untagged)]
            #contradictions
            #[allow(clippy::large_enum_variant)]
            pub enum #name {
                #(#held),*
            }
            specsmith_rules::union!(#name { #(#readings),* } #from);
            #inherent
        }
    }
}
