//! Operations: one constant each.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::OperationKind;

use super::{Context, docs};
use crate::names::{Scope, ident};

impl Context<'_> {
    /// A constant for each operation of this crate's documents that the client calls.
    pub(crate) fn operations(&self) -> Vec<TokenStream> {
        let mut scope = Scope::default();
        let mut constants = Vec::new();
        for (operation, slots) in self.items.shown_operations(self.model) {
            if self.crate_of(operation.document) != self.krate {
                continue;
            }
            let name = ident(&scope.constant(&crate::path::operation_name(operation)));
            let body = slots
                .request
                .as_ref()
                .map(|slot| self.slot_type(slot, None))
                .unwrap_or_else(|| quote! { () });
            let mut lines: Vec<String> = Vec::new();
            let words = operation
                .summary
                .as_ref()
                .or(operation.description.as_ref());
            if let Some(words) = words {
                lines.extend(docs::markdown(words));
            }
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let called = match operation.kind {
                OperationKind::Path => "",
                OperationKind::Webhook => ", a webhook",
                OperationKind::Callback { .. } => ", a callback",
            };
            let mut facts = format!("{}{called}.", docs::code(&operation.label()));
            for (status, slot) in &slots.responses {
                let ty = self.slot_type(slot, None).to_string().replace(' ', "");
                facts.push_str(&format!(" {status}: {}.", docs::code(&ty)));
            }
            for (says, slot) in &slots.others {
                let ty = self.slot_type(slot, None).to_string().replace(' ', "");
                facts.push_str(&format!(" {says}: {}.", docs::code(&ty)));
            }
            if operation.deprecated {
                facts.push_str(&format!(" {}", docs::DEPRECATED));
            }
            lines.push(facts);
            let doc = self.comments.stand_in(lines);
            let (method, path, id) = (operation.method.as_str(), &operation.path, operation.name());
            constants.push(quote! {
                #doc
                pub const #name: Operation<#body> = Operation::new(#method, #path, #id);
            });
        }
        constants
    }
}
