//! `#[derive(Validate)]`.

mod check;
mod contradictions;
mod emit;
mod model;
mod rules;
mod syntax;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;
use crate::roots::Roots;

/// The expansion of `#[derive(Validate)]` on `input`: an implementation of the trait, or, for each
/// mistake, a `compile_error!` at its place, beside an implementation that checks nothing.
pub fn expand(input: TokenStream, roots: &Roots) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let written = syntax::read(&input, &mut errors);
    let roots = written
        .container
        .crate_path
        .as_ref()
        .map_or_else(|| roots.clone(), Roots::of_crate_path);
    let meant = check::check(written, &input.generics, &mut errors);
    match errors.finish() {
        Ok(()) => emit::implementation(&input, &meant, &roots),
        Err(messages) => {
            let stub = emit::stub(&input, &roots);
            quote::quote!(#messages #stub)
        }
    }
}
