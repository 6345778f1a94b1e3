//! Types: a slot as a Rust type, as `#[validate(…)]` and as `#[serde(…)]`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use crate::items::{ItemId, ItemKind, RecordField, Slot, Ty, Width};
use crate::style::Nullable;
use crate::view::{NumberView, StringView};

/// How a field holds what may be absent or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holding {
    /// Always there, never null.
    Plain,
    /// Always there, perhaps null: `Option`.
    Nullable,
    /// Perhaps absent, never null: `Option`.
    Optional,
    /// Perhaps absent, perhaps null: `Field`.
    Both,
}

pub(crate) fn holding(field: &RecordField) -> Holding {
    match (field.required, field.slot.nullable) {
        (true, false) => Holding::Plain,
        (true, true) => Holding::Nullable,
        (false, false) => Holding::Optional,
        (false, true) => Holding::Both,
    }
}

impl Context<'_> {
    /// The type of a use, null included.
    pub(crate) fn slot_type(&self, slot: &Slot, owner: Option<ItemId>) -> TokenStream {
        let ty = self.ty(&slot.ty, owner);
        if slot.nullable {
            quote! { Option<#ty> }
        } else {
            ty
        }
    }

    /// The type of the values other than null. `owner` is the item that it stands in, if it stands
    /// there directly, so that recursion can be boxed.
    pub(crate) fn ty(&self, ty: &Ty, owner: Option<ItemId>) -> TokenStream {
        match ty {
            Ty::Any => quote! { Value },
            Ty::Null => quote! { () },
            Ty::Boolean => quote! { bool },
            Ty::Integer(Width::Exact, _) => quote! { specsmith_rules::Integer },
            Ty::Typed(typed) => {
                let name = crate::names::ident(typed.name().0);
                quote! { specsmith_rules::typed::#name }
            }
            Ty::Integer(width, _) => {
                let name = crate::names::ident(width.name());
                quote! { #name }
            }
            Ty::Number(_) => quote! { f64 },
            Ty::String(_) => quote! { String },
            Ty::List(list) => {
                let items = self.slot_type(&list.items, None);
                quote! { Vec<#items> }
            }
            Ty::Map(map) => {
                let values = self.slot_type(&map.values, None);
                quote! { BTreeMap<String, #values> }
            }
            Ty::Item(id) => {
                let name = self.item_path(*id);
                if owner.is_some_and(|owner| self.is_boxed(owner, *id)) {
                    quote! { Box<#name> }
                } else {
                    name
                }
            }
        }
    }

    /// The type of a field.
    pub(crate) fn field_type(&self, field: &RecordField, owner: ItemId) -> TokenStream {
        let ty = self.ty(&field.slot.ty, Some(owner));
        match holding(field) {
            Holding::Plain => ty,
            Holding::Nullable | Holding::Optional => quote! { Option<#ty> },
            Holding::Both => match self.style.nullable {
                Nullable::Field => quote! { Field<#ty> },
                Nullable::Option => quote! { Option<Option<#ty>> },
            },
        }
    }

    /// What the derive must be told of a field, if anything: its name, and that null is not absence.
    pub(crate) fn field_record(&self, field: &RecordField) -> TokenStream {
        let wire = &field.wire;
        let rename =
            (crate::names::bare(&field.name) != *wire).then(|| quote! { #[serde(rename = #wire)] });
        let required = match holding(field) {
            Holding::Nullable => Some(quote! { #[record(required)] }),
            Holding::Plain | Holding::Optional | Holding::Both => None,
        };
        quote! { #rename #required }
    }

    /// `#[validate(…)]` of a field, if it has rules.
    pub(crate) fn validate_attribute(&self, ty: &Ty) -> TokenStream {
        let rules = self.rules_of(ty);
        if rules.is_empty() {
            return TokenStream::new();
        }
        quote! { #[validate(#(#rules),*)] }
    }

    pub(crate) fn rules_of(&self, ty: &Ty) -> Vec<TokenStream> {
        match ty {
            Ty::Any | Ty::Null | Ty::Boolean | Ty::Typed(_) => Vec::new(),
            Ty::Integer(_, rules) | Ty::Number(rules) => number_rules(rules),
            Ty::String(rules) => string_rules(rules),
            Ty::List(list) => {
                let mut parts = Vec::new();
                push_count(&mut parts, "min_items", list.min);
                push_count(&mut parts, "max_items", list.max);
                if list.unique {
                    parts.push(quote! { unique_items });
                }
                let items = self.rules_of(&list.items.ty);
                if !items.is_empty() {
                    parts.push(quote! { items(#(#items),*) });
                }
                parts
            }
            Ty::Map(map) => {
                let mut parts = Vec::new();
                push_count(&mut parts, "min_properties", map.min);
                push_count(&mut parts, "max_properties", map.max);
                let keys = string_rules(&map.keys);
                if !keys.is_empty() {
                    parts.push(quote! { keys(#(#keys),*) });
                }
                let values = self.rules_of(&map.values.ty);
                if !values.is_empty() {
                    parts.push(quote! { values(#(#values),*) });
                }
                parts
            }
            Ty::Item(id) if self.is_checked(*id) => vec![quote! { nested }],
            Ty::Item(_) => Vec::new(),
        }
    }

    /// Whether a use of the item has anything to check.
    fn is_checked(&self, id: ItemId) -> bool {
        self.checked.get(id.0 as usize).copied().unwrap_or(true)
    }
}

/// Which items have anything to check, themselves or in what they hold.
pub(crate) fn checked(list: &[crate::items::Item]) -> Vec<bool> {
    let mut checked: Vec<bool> = list
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Pending | ItemKind::Literals(_) => false,
            ItemKind::Strings(strings) => strings.other.is_some(),
            ItemKind::Judged(_) => true,
            ItemKind::Record(record) => {
                let counted = record.min.is_some() || record.max.is_some();
                counted || record.fields.iter().any(|field| field.slot.ty.has_rules())
            }
            ItemKind::Union(variants) => variants.iter().any(|it| it.slot.ty.has_rules()),
            ItemKind::Alias(slot) | ItemKind::Newtype(slot) => slot.ty.has_rules(),
        })
        .collect();
    // Who holds whom, turned round, and then outwards from those that check.
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); list.len()];
    for (index, item) in list.iter().enumerate() {
        item.kind.each_slot(&mut |slot, _| {
            slot.each_item(&mut |id| holders[id.0 as usize].push(index));
            if let (Some(flag), true) = (checked.get_mut(index), slot.ty.has_rules()) {
                *flag = true;
            }
        });
    }
    let mut ahead: Vec<usize> = (0..list.len()).filter(|index| checked[*index]).collect();
    while let Some(index) = ahead.pop() {
        for holder in &holders[index] {
            if !std::mem::replace(&mut checked[*holder], true) {
                ahead.push(*holder);
            }
        }
    }
    checked
}

pub(crate) fn string_rules(rules: &StringView) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    push_count(&mut parts, "min_length", rules.min.filter(|min| *min > 0));
    push_count(&mut parts, "max_length", rules.max);
    for pattern in &rules.patterns {
        let pattern = raw(pattern);
        parts.push(quote! { pattern = #pattern });
    }
    for format in &rules.formats {
        let name = format.name();
        parts.push(quote! { format = #name });
    }
    parts
}

fn number_rules(rules: &NumberView) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let bounds = [
        ("minimum", &rules.minimum),
        ("exclusive_minimum", &rules.exclusive_minimum),
        ("maximum", &rules.maximum),
        ("exclusive_maximum", &rules.exclusive_maximum),
    ];
    for (name, bound) in bounds {
        if let Some(bound) = bound {
            let name = crate::names::ident(name);
            let bound = number(bound);
            parts.push(quote! { #name = #bound });
        }
    }
    for factor in &rules.multiples {
        let factor = number(factor);
        parts.push(quote! { multiple_of = #factor });
    }
    for format in &rules.formats {
        let name = format.name();
        parts.push(quote! { format = #name });
    }
    parts
}

/// A number as a Rust literal where one can say it exactly, else as a string.
fn number(decimal: &specsmith_ir::Decimal) -> TokenStream {
    match decimal.to_i64() {
        Some(whole) => {
            let magnitude = Literal::u64_unsuffixed(whole.unsigned_abs());
            if whole < 0 {
                quote! { -#magnitude }
            } else {
                quote! { #magnitude }
            }
        }
        None => {
            let text = decimal.to_string();
            quote! { #text }
        }
    }
}

fn push_count(parts: &mut Vec<TokenStream>, name: &str, count: Option<u64>) {
    if let Some(count) = count {
        let name = crate::names::ident(name);
        let count = Literal::u64_unsuffixed(count);
        parts.push(quote! { #name = #count });
    }
}

/// A string literal, raw where that spares escapes.
pub(crate) fn raw(text: &str) -> TokenStream {
    let plain = !text.contains(['\\', '"']);
    let awkward = text.contains(|it: char| it.is_control() || !it.is_ascii());
    if plain || awkward {
        return quote! { #text };
    }
    let mut fence = String::new();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    let literal = format!("r{fence}\"{text}\"{fence}");
    literal.parse().unwrap_or_else(|_| quote! { #text })
}
