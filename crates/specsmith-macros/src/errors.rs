//! Mistakes, gathered so that all of them are reported at once.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::fmt::Display;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors {
    list: Vec<syn::Error>,
}

impl Errors {
    /// A mistake in what these tokens say.
    pub(crate) fn at(&mut self, tokens: &impl ToTokens, message: impl Display) {
        self.list.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake at this place.
    pub(crate) fn at_span(&mut self, span: Span, message: impl Display) {
        self.list.push(syn::Error::new(span, message));
    }

    /// A mistake that was found while parsing.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.list.push(error);
    }

    /// The value of a result; its mistake is kept.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// `Ok` where there was no mistake, else one `compile_error!` for each.
    pub(crate) fn finish(self) -> Result<(), TokenStream> {
        if self.list.is_empty() {
            return Ok(());
        }
        Err(self.list.iter().map(syn::Error::to_compile_error).collect())
    }
}
