//! `#[derive(AttributeValue)]`: an enum of unit variants as the value of an attribute.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use specsmith_predicates::length;
use syn::{Data, DeriveInput, Fields, LitStr, Path, Variant};

use super::limits::Limits;
use super::syntax::{case, misplaced, once_each};
use crate::errors::Errors;
use crate::options;
use crate::roots::Roots;
use crate::serde_names::{Case, plain};

/// The enum as it is meant.
pub(super) struct Meant<'a> {
    pub(super) crate_path: Option<Path>,
    /// Each variant and its text.
    variants: Vec<(&'a Ident, String)>,
}

const OF_ENUMS: &[&str] = &["rename_all", "crate"];
const OF_VARIANTS: &[&str] = &["name"];

/// Checks the enum. What has mistakes is reported and left out.
pub(super) fn check<'a>(input: &'a DeriveInput, limits: &Limits, errors: &mut Errors) -> Meant<'a> {
    let mut crate_path = None;
    let mut rename_all = None;
    misplaced(&input.attrs, "attribute", "attributes", "enum", errors);
    let settings = options::settings(&input.attrs, "attributes", errors);
    for setting in once_each(settings, errors) {
        match setting.name().as_str() {
            "crate" => crate_path = setting.path(errors),
            "rename_all" => rename_all = case(&setting, errors),
            _ => options::unknown(&setting, OF_ENUMS, errors),
        }
    }
    const ONLY: &str = "`AttributeValue` can be derived for enums of unit variants only";
    let mut written: Vec<&Variant> = Vec::new();
    match &input.data {
        Data::Enum(data) => {
            written.extend(&data.variants);
            if data.variants.is_empty() {
                errors.at(&input.ident, "an enum without variants has no value");
            }
        }
        Data::Struct(data) => errors.at(&data.struct_token, ONLY),
        Data::Union(data) => errors.at(&data.union_token, ONLY),
    }
    if let Some(parameter) = input.generics.params.first() {
        errors.at(parameter, "an enum of unit variants needs no parameter");
    }
    let mut variants: Vec<(&Ident, String)> = Vec::new();
    for variant in written {
        match &variant.fields {
            Fields::Unit => {}
            fields @ (Fields::Named(_) | Fields::Unnamed(_)) => errors.at(fields, ONLY),
        }
        misplaced(&variant.attrs, "attributes", "attribute", "variant", errors);
        let (text, name) = text(variant, rename_all, errors);
        let span = name.as_ref().map_or(variant.ident.span(), LitStr::span);
        if let Some((earlier, _)) = variants.iter().find(|(_, taken)| *taken == text) {
            let message = format!("`{text}` is the text of `{earlier}` already");
            errors.at_span(span, message);
        }
        let most = limits.lists.iter().map(|list| list.value.max_length);
        // A list without a limit is one where the value may stand.
        let most = most.min_by_key(|limit| std::cmp::Reverse(limit.unwrap_or(u64::MAX)));
        let count = length::count(&text);
        if let Some(limit) = most.flatten().filter(|limit| count > *limit) {
            let message =
                format!("the text is {count} characters long, the spec allows at most {limit}");
            errors.at_span(span, message);
        }
        variants.push((&variant.ident, text));
    }
    Meant {
        crate_path,
        variants,
    }
}

/// The text of a variant, and where it is written, if it is.
fn text(variant: &Variant, case: Option<Case>, errors: &mut Errors) -> (String, Option<LitStr>) {
    let mut name = None;
    let settings = options::settings(&variant.attrs, "attribute", errors);
    for setting in once_each(settings, errors) {
        match setting.name().as_str() {
            "name" => name = setting.string(errors).cloned(),
            _ => options::unknown(&setting, OF_VARIANTS, errors),
        }
    }
    let text = match &name {
        Some(name) => name.value(),
        None => {
            let name = plain(&variant.ident);
            case.map_or(name.clone(), |case| case.of_variant(&name))
        }
    };
    (text, name)
}

/// The implementation of the trait.
pub(super) fn implementation(input: &DeriveInput, meant: &Meant<'_>, roots: &Roots) -> TokenStream {
    let private = roots.private();
    let (idents, texts): (Vec<_>, Vec<_>) = meant.variants.iter().map(|(a, b)| (*a, b)).unzip();
    let body = quote! {
        const ONE_OF: &'static [&'static str] = &[#(#texts),*];
        fn to_text(&self) -> #private::std::string::String {
            #private::std::string::String::from(match self {
                #(Self::#idents => #texts,)*
            })
        }
        fn from_text(text: &str) -> #private::core::option::Option<Self> {
            match text {
                #(#texts => #private::core::option::Option::Some(Self::#idents),)*
                _ => #private::core::option::Option::None,
            }
        }
    };
    trait_impl(input, roots, &body)
}

/// An implementation that does nothing, for an enum with mistakes.
pub(super) fn stub(input: &DeriveInput, roots: &Roots) -> TokenStream {
    let private = roots.private();
    let body = quote! {
        fn to_text(&self) -> #private::std::string::String {
            #private::std::string::String::new()
        }
        fn from_text(_: &str) -> #private::core::option::Option<Self> {
            #private::core::option::Option::None
        }
    };
    trait_impl(input, roots, &body)
}

fn trait_impl(input: &DeriveInput, roots: &Roots, body: &TokenStream) -> TokenStream {
    let (private, ident) = (roots.private(), &input.ident);
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #private::attributes::AttributeValue
            for #ident #ty_generics #where_clause
        {
            #body
        }
    }
}
