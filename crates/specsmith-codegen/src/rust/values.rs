//! Values: aliases, structs around one value, and JSON values with checks.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, contradictions, docs};
use crate::items::{Check, Item, ItemId, ItemKind, Judged, Slot, Spoken, Ty, When, Words};
use crate::names::ident;

impl Context<'_> {
    pub(crate) fn alias(&self, item: &Item, slot: &Slot) -> TokenStream {
        let name = ident(&item.name);
        // `Option<T>` has no `from_json` to say so.
        let null = match &slot.ty {
            Ty::Any | Ty::Null => false,
            Ty::Boolean
            | Ty::Integer(..)
            | Ty::Number(_)
            | Ty::String(_)
            | Ty::Typed(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Item(_) => item.or_null,
        };
        let rules = match null {
            true => format!("Null is allowed: read it as `Option<{}>`.", item.name),
            false => String::new(),
        };
        let doc = self.about(item, None, rules);
        let ty = self.slot_type(slot, None);
        quote! {
            #doc
            pub type #name = #ty;
        }
    }

    pub(crate) fn newtype(&self, id: ItemId, item: &Item, slot: &Slot) -> TokenStream {
        let name = ident(&item.name);
        let doc = self.about(item, None, docs::facts(slot, &Words::default()));
        let ty = self.slot_type(slot, Some(id));
        let rules = self.validate_attribute(&slot.ty);
        let contradictions = contradictions::allowed([&slot.ty]);
        let known = [
            "Clone",
            "Debug",
            "PartialEq",
            "Serialize",
            "Deserialize",
            "Validate",
        ];
        let has = if self.can_eq(slot) {
            [&known[..], &["Eq"]].concat()
        } else {
            known.to_vec()
        };
        let derives = self.extra_derives(&item.kind, &has);
        let eq = self.can_eq(slot).then(|| quote! { Eq, });
        let inherent = Self::inherent(item, &[self.reader(id, item)]);
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, #eq Validate #derives)]
            #contradictions
            pub struct #name(#rules pub #ty);

            specsmith_rules::newtype!(#name);

            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(value)
                }
            }

            impl From<#name> for #ty {
                fn from(value: #name) -> Self {
                    value.0
                }
            }
            #inherent
        }
    }

    /// Whether equality is one that holds for every value.
    fn can_eq(&self, slot: &Slot) -> bool {
        match &slot.ty {
            Ty::Boolean | Ty::Null | Ty::Integer(..) | Ty::String(_) | Ty::Typed(_) => true,
            Ty::List(list) => self.can_eq(&list.items),
            Ty::Map(map) => self.can_eq(&map.values),
            Ty::Item(id) => match &self.items.get(*id).kind {
                ItemKind::Strings(_) | ItemKind::Literals(_) => true,
                ItemKind::Pending
                | ItemKind::Record(_)
                | ItemKind::Union(_)
                | ItemKind::Alias(_)
                | ItemKind::Newtype(_)
                | ItemKind::Judged(_) => false,
            },
            Ty::Any | Ty::Number(_) => false,
        }
    }

    pub(crate) fn judged(&self, id: ItemId, item: &Item, judged: &Judged) -> TokenStream {
        let name = ident(&item.name);
        let doc = self.about(item, Some("a JSON value with rules"), String::new());
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
        let checks = judged.checks.iter().map(|check| self.check(check));
        let mut functions: Vec<TokenStream> = judged
            .views
            .iter()
            .map(|(function, slot)| {
                let function = ident(function);
                let ty = self.slot_type(slot, None);
                let doc = self.comments.stand_in(vec![format!(
                    "The value as {}, if it is a valid one.",
                    docs::code(&ty.to_string().replace(' ', ""))
                )]);
                quote! {
                    #doc
                    #[must_use]
                    pub fn #function(&self) -> Option<#ty> {
                        specsmith_rules::judge::read(&self.0)
                    }
                }
            })
            .collect();
        functions.push(self.reader(id, item));
        let inherent = Self::inherent(item, &functions);
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq #derives)]
            pub struct #name(pub Value);

            specsmith_rules::newtype!(#name);

            impl Validate for #name {
                fn validate_into(&self, path: &specsmith_rules::Path<'_>, violations: &mut Violations) {
                    let mut judge = specsmith_rules::judge::Judge::new(&self.0, path, violations);
                    #(#checks)*
                    judge.finish();
                }
            }
            #inherent
        }
    }

    fn check(&self, check: &Check) -> TokenStream {
        let accepts = |slot: &Slot| {
            let ty = self.slot_type(slot, None);
            quote! { accepts::<#ty> }
        };
        let all = |slots: &[Slot]| {
            let list = slots.iter().map(accepts);
            quote! { &[#(#list),*] }
        };
        let option = |slot: &Option<Slot>| match slot {
            Some(slot) => {
                let accepts = accepts(slot);
                quote! { Some(#accepts) }
            }
            None => quote! { None },
        };
        match check {
            Check::Never => quote! { judge.never(); },
            Check::Is(slot) => {
                let ty = self.slot_type(slot, None);
                quote! { judge.is::<#ty>(); }
            }
            Check::One(slots) => {
                let slots = all(slots);
                quote! { judge.one_of(#slots); }
            }
            Check::Any(slots) => {
                let slots = all(slots);
                quote! { judge.any_of(#slots); }
            }
            Check::Not(slot) => {
                let slot = accepts(slot);
                quote! { judge.not(#slot); }
            }
            Check::If(branching) => {
                let condition = accepts(&branching.condition);
                let (then, otherwise) = (option(&branching.then), option(&branching.otherwise));
                quote! { judge.if_then_else(#condition, #then, #otherwise); }
            }
            Check::Prefix { prefix, items } => {
                let (prefix, items) = (all(prefix), accepts(items));
                quote! { judge.prefix(#prefix, #items); }
            }
            Check::Contains { slot, min, max } => {
                let slot = accepts(slot);
                let min = Literal::u64_unsuffixed(*min);
                let max = match max {
                    Some(max) => {
                        let max = Literal::u64_unsuffixed(*max);
                        quote! { Some(#max) }
                    }
                    None => quote! { None },
                };
                quote! { judge.contains(#slot, #min, #max); }
            }
            Check::Dependent { property, slot } => {
                let slot = accepts(slot);
                quote! { judge.dependent(#property, #slot); }
            }
            Check::DependentRequired { property, others } => {
                quote! { judge.dependent_required(#property, &[#(#others),*]); }
            }
            Check::Patterns {
                known,
                patterns,
                rest,
            } => {
                let patterns = patterns.iter().map(|(pattern, slot)| {
                    let pattern = super::types::raw(pattern);
                    let slot = accepts(slot);
                    quote! { (#pattern, #slot) }
                });
                let rest = option(rest);
                quote! { judge.patterns(&[#(#known),*], &[#(#patterns),*], #rest); }
            }
            Check::UnevaluatedProperties { spoken, slot } => {
                let (spoken, rest) = (self.spoken(spoken), option(slot));
                quote! { judge.unevaluated_properties(&#spoken, #rest); }
            }
            Check::UnevaluatedItems { spoken, slot } => {
                let (spoken, rest) = (self.spoken(spoken), option(slot));
                quote! { judge.unevaluated_items(&#spoken, #rest); }
            }
            Check::Names(slot) => {
                let slot = accepts(slot);
                quote! { judge.names(#slot); }
            }
            Check::Listed(values) => {
                let values = values.iter().map(|it| super::types::raw(it));
                quote! { judge.listed(&[#(#values),*]); }
            }
        }
    }

    /// What a part of a schema speaks of, as a value of that type.
    fn spoken(&self, spoken: &Spoken) -> TokenStream {
        let accepts = |slot: &Slot| {
            let ty = self.slot_type(slot, None);
            quote! { accepts::<#ty> }
        };
        let mut calls = Vec::new();
        match &spoken.when {
            When::Always => {}
            When::Fits(slot) => {
                let slot = accepts(slot);
                calls.push(quote! { .when(#slot) });
            }
            When::Differs(slot) => {
                let slot = accepts(slot);
                calls.push(quote! { .unless(#slot) });
            }
            When::Has(name) => calls.push(quote! { .with(#name) }),
        }
        if !spoken.names.is_empty() {
            let names = &spoken.names;
            calls.push(quote! { .names(&[#(#names),*]) });
        }
        if !spoken.patterns.is_empty() {
            let patterns = spoken.patterns.iter().map(|it| super::types::raw(it));
            calls.push(quote! { .patterns(&[#(#patterns),*]) });
        }
        if spoken.all_properties {
            calls.push(quote! { .all_properties() });
        }
        if spoken.prefix > 0 {
            let prefix = Literal::u64_unsuffixed(spoken.prefix);
            calls.push(quote! { .prefix(#prefix) });
        }
        if !spoken.contains.is_empty() {
            let contains = spoken.contains.iter().map(accepts);
            calls.push(quote! { .contains(&[#(#contains),*]) });
        }
        if spoken.all_items {
            calls.push(quote! { .all_items() });
        }
        if !spoken.below.is_empty() {
            let below = spoken.below.iter().map(|it| self.spoken(it));
            calls.push(quote! { .below(&[#(#below),*]) });
        }
        quote! { specsmith_rules::judge::Spoken::new() #(#calls)* }
    }
}
