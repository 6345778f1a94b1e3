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
        let doc = self.about(item, None, String::new());
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
        let denied =
            (record.rest == RestSlot::Denied).then(|| quote! { #[serde(deny_unknown_fields)] });
        let counted = record.min.is_some() || record.max.is_some();
        let counts = counted.then(|| quote! { #[validate(with = Self::count_properties)] });
        let held = record.fields.iter().map(|field| &field.slot.ty);
        let derives = self.extra_derives(
            &item.kind,
            &[
                "Clone",
                "Debug",
                "PartialEq",
                "JsonRecord",
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
            #[derive(Clone, Debug, PartialEq #default, JsonRecord, Validate #derives)]
            #denied
            #counts
            #contradictions
            pub struct #name {
                #(#fields,)*
                #rest
            }
            #inherent
        }
    }

    fn field(&self, owner: ItemId, field: &RecordField) -> TokenStream {
        let name = ident(&field.name);
        let ty = self.field_type(field, owner);
        let doc = self.comments.stand_in(docs::lines(
            &field.words,
            &format!("{}.", docs::code(&field.wire)),
            &docs::facts(&field.slot, &field.words),
        ));
        let record = self.field_record(field);
        let validate = self.validate_attribute(&field.slot.ty);
        quote! {
            #doc
            #record
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
        let many = (arguments.len() > 7).then(|| {
            quote! {
                #[allow(clippy::too_many_arguments, reason = "one for each required property")]
            }
        });
        quote! {
            /// With what is required and nothing else.
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields),* }
            }
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
        quote! {
            fn count_properties(&self, path: &specsmith_rules::Path<'_>, violations: &mut Violations) {
                let count = specsmith_rules::record::count(self);
                #(#checks)*
            }
        }
    }
}
