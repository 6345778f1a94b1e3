//! Records: structs with fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{Holding, holding};
use super::{Context, contradictions, docs};
use crate::items::{Item, ItemId, Record, RecordField, RestSlot, Ty};
use crate::names::ident;
use crate::style::Nullable;

impl Context<'_> {
    pub(crate) fn record(&self, id: ItemId, item: &Item, record: &Record) -> TokenStream {
        let name = ident(&item.name);
        let doc = docs::attributes(&docs::lines(
            &item.words,
            &format!("`{}`.", item.name),
            &noted(item),
        ));
        let kept = match &record.rest {
            RestSlot::Kept { name, values } => Some((ident(name), values)),
            RestSlot::Ignored | RestSlot::Denied => None,
        };
        let fields = record.fields.iter().map(|field| self.field(id, field));
        let rest = kept.as_ref().map(|(name, values)| {
            let values_ty = self.slot_type(values, None);
            let inner = self.rules_of(&values.ty);
            let rules = if inner.is_empty() {
                TokenStream::new()
            } else {
                quote! { #[validate(values(#(#inner),*))] }
            };
            quote! {
                /// Every other property.
                #[serde(flatten)]
                #rules
                pub #name: BTreeMap<String, #values_ty>,
            }
        });
        let all_optional = record.fields.iter().all(|field| !field.required);
        let default = all_optional.then(|| quote! { , Default });
        // serde's own way of keeping the rest reads it laxly, which for any value is no difference.
        let read_apart = kept.as_ref().filter(|(_, values)| values.ty != Ty::Any);
        let deserialize = read_apart.is_none().then(|| quote! { , Deserialize });
        let denied =
            (record.rest == RestSlot::Denied).then(|| quote! { #[serde(deny_unknown_fields)] });
        let counted = record.min.is_some() || record.max.is_some();
        let counts = counted.then(|| quote! { #[validate(with = Self::count_properties)] });
        let reading = read_apart.map(|(rest, _)| self.reading(item, record, rest));
        let held = record.fields.iter().map(|field| &field.slot.ty);
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
        let contradictions =
            contradictions::allowed(held.chain(kept.iter().map(|(_, values)| &values.ty)));
        let functions = [
            self.constructor(id, record),
            self.reader(id, item),
            self.counting(record),
        ];
        let inherent = Self::inherent(item, &functions);
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq #default, Serialize #deserialize, Validate #derives)]
            #denied
            #counts
            #contradictions
            pub struct #name {
                #(#fields,)*
                #rest
            }
            #reading
            #inherent
        }
    }

    fn field(&self, owner: ItemId, field: &RecordField) -> TokenStream {
        let name = ident(&field.name);
        let ty = self.field_type(field, owner);
        let doc = docs::attributes(&docs::lines(
            &field.words,
            &format!("{}.", docs::code(&field.wire)),
            &docs::facts(&field.slot, &field.words),
        ));
        let serde = self.field_serde(field);
        let validate = self.validate_attribute(&field.slot.ty);
        quote! {
            #doc
            #serde
            #validate
            pub #name: #ty
        }
    }

    /// `new` with what is required, for structs that have no `Default`.
    fn constructor(&self, id: ItemId, record: &Record) -> TokenStream {
        let required: Vec<&RecordField> = record
            .fields
            .iter()
            .filter(|field| field.required)
            .collect();
        if required.is_empty() {
            return TokenStream::new();
        }
        let mut arguments = Vec::new();
        let mut fields = Vec::new();
        for field in &record.fields {
            let name = ident(&field.name);
            match holding(field) {
                Holding::Plain if matches!(field.slot.ty, Ty::String(_)) => {
                    arguments.push(quote! { #name: impl Into<String> });
                    fields.push(quote! { #name: #name.into() });
                }
                Holding::Plain | Holding::Nullable => {
                    let ty = self.field_type(field, id);
                    arguments.push(quote! { #name: #ty });
                    fields.push(quote! { #name });
                }
                Holding::Optional => fields.push(quote! { #name: None }),
                Holding::Both => match self.style.nullable {
                    Nullable::Field => fields.push(quote! { #name: Field::Absent }),
                    Nullable::Option => fields.push(quote! { #name: None }),
                },
            }
        }
        if let RestSlot::Kept { name, .. } = &record.rest {
            let name = ident(name);
            fields.push(quote! { #name: BTreeMap::new() });
        }
        let many = (arguments.len() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
        quote! {
            /// With what is required and nothing else.
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields),* }
            }
        }
    }

    /// How a struct that keeps what it has no field for is read.
    fn reading(&self, item: &Item, record: &Record, rest: &proc_macro2::Ident) -> TokenStream {
        let name = ident(&item.name);
        let fields = record.fields.iter().map(|field| {
            let name = ident(&field.name);
            let wire = &field.wire;
            match holding(field) {
                Holding::Plain => quote! { #name = required(#wire) },
                Holding::Nullable => quote! { #name = nullable(#wire) },
                Holding::Optional => quote! { #name = optional(#wire) },
                Holding::Both => match self.style.nullable {
                    Nullable::Field => quote! { #name = field(#wire) },
                    Nullable::Option => quote! { #name = optional(#wire) },
                },
            }
        });
        quote! {
            specsmith_rules::open_record!(#name { #(#fields,)* ..#rest });
        }
    }

    /// The function that counts properties, where their number has bounds.
    fn counting(&self, record: &Record) -> TokenStream {
        let mut checks = Vec::new();
        for (rule, count) in [
            ("min_properties", record.min),
            ("max_properties", record.max),
        ] {
            if let Some(count) = count {
                let rule = ident(rule);
                let count = proc_macro2::Literal::u64_unsuffixed(count);
                checks.push(quote! { check::#rule(count, #count, path, violations); });
            }
        }
        if checks.is_empty() {
            return TokenStream::new();
        }
        let mut always = 0_u64;
        let mut counts = Vec::new();
        for field in &record.fields {
            let name = ident(&field.name);
            match holding(field) {
                Holding::Plain | Holding::Nullable => always += 1,
                Holding::Optional => counts.push(quote! { u64::from(self.#name.is_some()) }),
                Holding::Both => match self.style.nullable {
                    Nullable::Field => counts.push(quote! { u64::from(!self.#name.is_absent()) }),
                    Nullable::Option => counts.push(quote! { u64::from(self.#name.is_some()) }),
                },
            }
        }
        if let RestSlot::Kept { name, .. } = &record.rest {
            let name = ident(name);
            counts.push(quote! { self.#name.len() as u64 });
        }
        if always > 0 || counts.is_empty() {
            let always = proc_macro2::Literal::u64_unsuffixed(always);
            counts.push(quote! { #always });
        }
        quote! {
            fn count_properties(&self, path: &specsmith_rules::Path<'_>, violations: &mut Violations) {
                let count: u64 = #(#counts)+*;
                #(#checks)*
            }
        }
    }
}

/// What is said of a type itself.
pub(crate) fn noted(item: &Item) -> String {
    if item.words.deprecated {
        "Deprecated.".to_owned()
    } else {
        String::new()
    }
}
