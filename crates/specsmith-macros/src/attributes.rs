//! `#[derive(CustomAttributes)]` and `#[derive(AttributeValue)]`.
//!
//! What a specification allows is a parameter, [`Limits`], as the paths to the runtime are: the
//! crate that is generated from the specification hands both over.

mod check;
mod emit;
mod limits;
mod model;
mod rules;
mod syntax;
#[cfg(test)]
mod tests;
mod value;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;
use crate::roots::Roots;

pub use limits::{Entity, Limits, List, Text};

/// The expansion of `#[derive(CustomAttributes)]` on `input`: an implementation of the trait, or,
/// for each mistake, a `compile_error!` at its place, beside an implementation that does nothing.
/// `roots` is a crate that has the specification's models.
pub fn expand(input: TokenStream, roots: &Roots, limits: &Limits) -> TokenStream {
    derive(input, roots, |input, roots, errors| {
        let written = syntax::read(input, errors);
        let roots = roots_of(written.container.crate_path.as_ref(), roots);
        let meant = check::check(written, limits, errors);
        (
            emit::implementation(input, &meant, &roots),
            emit::stub(input, meant.list, &roots),
        )
    })
}

/// The expansion of `#[derive(AttributeValue)]` on `input`, an enum of unit variants.
pub fn expand_value(input: TokenStream, roots: &Roots, limits: &Limits) -> TokenStream {
    derive(input, roots, |input, roots, errors| {
        let meant = value::check(input, limits, errors);
        let roots = roots_of(meant.crate_path.as_ref(), roots);
        (
            value::implementation(input, &meant, &roots),
            value::stub(input, &roots),
        )
    })
}

/// `expand` gives the implementation and the stub; the stub counts where there was a mistake.
fn derive(
    input: TokenStream,
    roots: &Roots,
    expand: impl FnOnce(&DeriveInput, &Roots, &mut Errors) -> (TokenStream, TokenStream),
) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let (implementation, stub) = expand(&input, roots, &mut errors);
    match errors.finish() {
        Ok(()) => implementation,
        Err(messages) => quote::quote!(#messages #stub),
    }
}

fn roots_of(crate_path: Option<&syn::Path>, roots: &Roots) -> Roots {
    crate_path.map_or_else(|| roots.clone(), Roots::of_crate_path)
}
