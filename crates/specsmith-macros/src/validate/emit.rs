//! From what is meant to the implementation. Nothing here can fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{DeriveInput, Generics, Path};

use super::model::{Body, Bound, Field, Item, Place, Rule, RuleKind, Value, Variant};
use crate::roots::Roots;
use crate::shape::Layer;

/// The names of the output's own variables, such as `__value`: a constant of the surrounding code
/// that had the name of one would be taken for a pattern.
struct Names {
    value: Ident,
    path: Ident,
    violations: Ident,
}

struct Emitter<'a> {
    private: &'a Path,
    names: Names,
}

/// The implementation of the trait.
pub(super) fn implementation(input: &DeriveInput, item: &Item<'_>, roots: &Roots) -> TokenStream {
    let emitter = Emitter::new(roots);
    let body = emitter.body(item);
    emitter.trait_impl(input, &item.bounds, &body)
}

/// An implementation that checks nothing, for an item with mistakes.
pub(super) fn stub(input: &DeriveInput, roots: &Roots) -> TokenStream {
    let emitter = Emitter::new(roots);
    let Names {
        path, violations, ..
    } = &emitter.names;
    emitter.trait_impl(input, &[], &quote!(let _ = (#path, #violations);))
}

impl<'a> Emitter<'a> {
    fn new(roots: &'a Roots) -> Self {
        let name = |text| Ident::new(text, Span::mixed_site());
        let names = Names {
            value: name("__value"),
            path: name("__path"),
            violations: name("__violations"),
        };
        Self {
            private: roots.private(),
            names,
        }
    }

    fn trait_impl(
        &self,
        input: &DeriveInput,
        bounds: &[(Ident, Bound)],
        body: &TokenStream,
    ) -> TokenStream {
        let (private, ident) = (self.private, &input.ident);
        let Names {
            path, violations, ..
        } = &self.names;
        let generics = self.with_bounds(&input.generics, bounds);
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics #private::Validate for #ident #ty_generics #where_clause {
                fn validate_into(&self, #path: &#private::Path<'_>, #violations: &mut #private::Violations) {
                    #body
                }
            }
        }
    }

    fn with_bounds(&self, generics: &Generics, bounds: &[(Ident, Bound)]) -> Generics {
        let private = self.private;
        let mut generics = generics.clone();
        for (param, bound) in bounds {
            let bound = match bound {
                Bound::Validate => quote!(#private::Validate),
                Bound::Text => quote!(#private::check::Text),
                Bound::Numeric => quote!(#private::Numeric),
            };
            generics
                .make_where_clause()
                .predicates
                .push(syn::parse_quote!(#param: #bound));
        }
        generics
    }

    fn body(&self, item: &Item<'_>) -> TokenStream {
        let private = self.private;
        let Names {
            path, violations, ..
        } = &self.names;
        let statics = item.patterns.iter().enumerate().map(|(index, pattern)| {
            let (name, text) = (pattern_name(index), &pattern.text);
            let engine = pattern
                .needs_engine
                .then(|| quote_spanned!(pattern.span=> #private::requires_pattern! {}));
            quote! {
                #engine
                static #name: #private::SharedPattern = #private::SharedPattern::new(#text);
            }
        });
        let with = item
            .with
            .iter()
            .map(|function| quote!(#function(self, #path, #violations);));
        let fields = match &item.body {
            Body::Struct(fields) => {
                let fields = fields.iter().map(|field| {
                    let member = member(field);
                    self.field(field, &quote!(&self.#member))
                });
                quote!(#(#fields)*)
            }
            Body::Enum(variants) if variants.iter().all(|variant| variant.contents.is_empty()) => {
                quote!()
            }
            Body::Enum(variants) => {
                let arms = variants.iter().map(|variant| self.variant(variant));
                quote!(match self { #(#arms)* })
            }
        };
        let unused = (fields.is_empty() && item.with.is_empty())
            .then(|| quote!(let _ = (#path, #violations);));
        quote!(#(#statics)* #unused #fields #(#with)*)
    }

    fn variant(&self, variant: &Variant<'_>) -> TokenStream {
        let ident = variant.ident;
        let bindings = variant.contents.iter().map(|field| {
            let (member, binding) = (member(field), binding(field));
            quote!(#member: #binding,)
        });
        // Where every field is bound, `..` would be too much.
        let rest = (variant.contents.len() < variant.fields.len()).then(|| quote!(..));
        let contents = variant.contents.iter().map(|field| {
            let binding = binding(field);
            self.field(field, &quote!(#binding))
        });
        let place = if variant.contents.is_empty() {
            None
        } else {
            self.place(&variant.place)
        };
        quote!(Self::#ident { #(#bindings)* #rest } => { #place #(#contents)* })
    }

    fn field(&self, field: &Field<'_>, expression: &TokenStream) -> TokenStream {
        let place = self.place(&field.place);
        let value_name = &self.names.value;
        let rules = self.value(&field.value);
        quote!({ #place let #value_name = #expression; #rules })
    }

    /// Goes down to where the value stands.
    fn place(&self, place: &Place) -> Option<TokenStream> {
        let path = &self.names.path;
        match place {
            Place::Same => None,
            Place::Property(name) => Some(quote!(let #path = &#path.property(#name);)),
            Place::Index(index) => Some(quote!(let #path = &#path.index(#index);)),
        }
    }

    /// The rules of the value in the variable, with its wrappers taken off first.
    fn value(&self, value: &Value) -> TokenStream {
        let (private, name) = (self.private, &self.names.value);
        let rules = value.rules.iter().map(|rule| self.rule(rule));
        let mut tokens = quote!(#(#rules)*);
        for layer in value.layers.iter().rev() {
            tokens = match layer {
                Layer::Option => quote! {
                    if let #private::core::option::Option::Some(#name) = #name { #tokens }
                },
                Layer::Field => quote!(if let #private::Field::Value(#name) = #name { #tokens }),
                Layer::Pointer => quote!(let #name = &**#name; #tokens),
            };
        }
        tokens
    }

    fn rule(&self, rule: &Rule) -> TokenStream {
        let private = self.private;
        // The compiler's own mistakes, a missing trait above all, are then shown at the option.
        let span = Span::mixed_site().located_at(rule.span);
        let Names {
            value,
            path,
            violations,
        } = &self.names;
        let value = &Ident::new(&value.to_string(), span);
        let text = quote_spanned!(span=> #private::check::text(#value));
        let count = quote_spanned!(span=> #private::check::count(#value));
        let items = quote_spanned!(span=> #private::check::items(#value));
        let call = |function: &str, arguments: TokenStream| {
            let function = Ident::new(function, span);
            quote_spanned!(span=> #private::check::#function(#arguments, #path, #violations);)
        };
        let bound = |number: &specsmith_decimal::Decimal| {
            let number = number.as_str();
            quote!(#private::Bound::parse(#number))
        };
        let bounded = |function: &str, number: &specsmith_decimal::Decimal| {
            let bound = bound(number);
            call(function, quote!(#value, const { &#bound }))
        };
        match &rule.kind {
            RuleKind::MinLength(limit) => call("min_length", quote!(#text, #limit)),
            RuleKind::MaxLength(limit) => call("max_length", quote!(#text, #limit)),
            RuleKind::Pattern(index) => {
                let name = pattern_name(*index);
                call("pattern", quote!(#text, &#name))
            }
            RuleKind::Format(variant) => {
                let variant = Ident::new(variant, span);
                call("format", quote!(#text, #private::Format::#variant))
            }
            RuleKind::IntegerFormat(variant) => {
                let variant = Ident::new(variant, span);
                call(
                    "integer_format",
                    quote!(#value, #private::IntegerFormat::#variant),
                )
            }
            RuleKind::Minimum(number) => bounded("minimum", number),
            RuleKind::ExclusiveMinimum(number) => bounded("exclusive_minimum", number),
            RuleKind::Maximum(number) => bounded("maximum", number),
            RuleKind::ExclusiveMaximum(number) => bounded("exclusive_maximum", number),
            RuleKind::MultipleOf(number) => bounded("multiple_of", number),
            RuleKind::MinItems(limit) => call("min_items", quote!(#count, #limit)),
            RuleKind::MaxItems(limit) => call("max_items", quote!(#count, #limit)),
            RuleKind::UniqueItems { hashed: true } => call("unique_items_hashed", items),
            RuleKind::UniqueItems { hashed: false } => call("unique_items", items),
            RuleKind::MinProperties(limit) => call("min_properties", quote!(#count, #limit)),
            RuleKind::MaxProperties(limit) => call("max_properties", quote!(#count, #limit)),
            RuleKind::OneOfTexts(texts) => call("one_of_texts", quote!(#text, &[#(#texts),*])),
            RuleKind::OneOfNumbers(numbers) => {
                let bounds = numbers.iter().map(bound);
                call("one_of_numbers", quote!(#value, const { &[#(#bounds),*] }))
            }
            RuleKind::Nested => quote_spanned! {span=>
                #private::Validate::validate_into(#value, #path, #violations);
            },
            RuleKind::Never => quote!(#private::check::never(#path, #violations);),
            RuleKind::With(function) => quote!(#function(#value, #path, #violations);),
            RuleKind::Items(inner) => {
                let index = Ident::new("__index", Span::mixed_site());
                let rules = self.value(inner);
                quote! {
                    for (#index, #value) in #value.iter().enumerate() {
                        let #path = &#path.index(#index);
                        #rules
                    }
                }
            }
            RuleKind::Keys(inner) => self.each("keys", inner),
            RuleKind::Values(inner) => self.each("values", inner),
        }
    }

    fn each(&self, function: &str, inner: &Value) -> TokenStream {
        let private = self.private;
        let Names {
            value,
            path,
            violations,
        } = &self.names;
        let function = Ident::new(function, Span::mixed_site());
        let rules = self.value(inner);
        quote! {
            #private::check::#function(#value, #path, #violations, |#value, #path, #violations| { #rules });
        }
    }
}

fn pattern_name(index: usize) -> Ident {
    format_ident!("PATTERN_{index}", span = Span::mixed_site())
}

fn member(field: &Field<'_>) -> syn::Member {
    match field.ident {
        Some(ident) => syn::Member::Named(ident.clone()),
        None => syn::Member::from(field.index),
    }
}

fn binding(field: &Field<'_>) -> Ident {
    format_ident!("__value_{}", field.index, span = Span::mixed_site())
}
