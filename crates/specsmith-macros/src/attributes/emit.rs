//! From what is meant to the implementation. Nothing here can fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use specsmith_decimal::Decimal;
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Path};

use super::limits::{List, Text};
use super::model::{DefaultValue, Field, Item, Kind, Presence, Role, Value};
use crate::readers;
use crate::roots::Roots;
use crate::shape::name_of;

struct Emitter<'a> {
    krate: &'a Path,
    private: &'a Path,
    writer: Ident,
    reader: Ident,
}

/// The implementation of the trait.
pub(super) fn implementation(input: &DeriveInput, item: &Item<'_>, roots: &Roots) -> TokenStream {
    let emitter = Emitter::new(roots);
    let private = emitter.private;
    let (writer, reader) = (&emitter.writer, &emitter.reader);
    let values: Vec<_> = item.values().collect();
    let patterns = values.iter().enumerate().filter_map(|(index, value)| {
        let pattern = value.rules.pattern.as_ref()?;
        let (name, text) = (pattern_name(index), &pattern.text);
        let engine = pattern
            .needs_engine
            .then(|| quote_spanned!(pattern.span=> #private::requires_pattern! {}));
        Some(quote! {
            #engine
            static #name: #private::SharedPattern = #private::SharedPattern::new(#text);
        })
    });
    let specs = values.iter().map(|value| emitter.spec(value));
    let flattened: Vec<_> = item.flattened().map(|field| field.ty).collect();
    let spec = if flattened.is_empty() {
        quote!(__OWN)
    } else {
        quote!({
            const __COUNT: usize = __OWN.len()
                #(+ <#flattened as #private::attributes::CustomAttributes>::SPEC.len())*;
            &#private::attributes::joined::<__COUNT>(&[
                __OWN, #(<#flattened as #private::attributes::CustomAttributes>::SPEC),*
            ])
        })
    };
    let unknown = emitter.own_unknown(item);
    let assertions = emitter.assertions(item);
    let limits = emitter.limits(item);
    let mut index = 0;
    let fields: Vec<_> = item
        .fields
        .iter()
        .map(|field| {
            let at = index;
            index += usize::from(matches!(field.role, Role::Value(_)));
            (field, at)
        })
        .collect();
    let writing = fields.iter().map(|(field, at)| emitter.write(field, *at));
    let reading = fields.iter().map(|(field, at)| emitter.read(field, *at));
    let names = item.fields.iter().map(|field| field.ident);
    let locals: Vec<_> = (0..item.fields.len()).map(local).collect();
    let body = quote! {
        const SPEC: &'static [#private::attributes::AttributeSpec<'static>] = #spec;
        const UNKNOWN: #private::attributes::Unknown = #unknown
            #(.beside(<#flattened as #private::attributes::CustomAttributes>::UNKNOWN))*;
        fn __limits() -> &'static #private::attributes::Limits {
            static __LIMITS: #private::attributes::Limits = #limits;
            &__LIMITS
        }
        fn __write(&self, #writer: &mut #private::attributes::Writer) {
            #(#writing)*
        }
        fn __read(
            #reader: &mut #private::attributes::Reader<'_>,
        ) -> #private::core::option::Option<Self> {
            #(let #locals = #reading;)*
            #private::core::option::Option::Some(Self { #(#names: #locals?,)* })
        }
    };
    let trait_impl = emitter.trait_impl(input, item.list, &body);
    quote! {
        const _: () = {
            #(#patterns)*
            const __OWN: &[#private::attributes::AttributeSpec<'static>] = &[#(#specs),*];
            #assertions
            #trait_impl
        };
    }
}

/// An implementation that does nothing, for a struct with mistakes.
pub(super) fn stub(input: &DeriveInput, list: &List, roots: &Roots) -> TokenStream {
    let emitter = Emitter::new(roots);
    let private = emitter.private;
    let (writer, reader) = (&emitter.writer, &emitter.reader);
    let body = quote! {
        const SPEC: &'static [#private::attributes::AttributeSpec<'static>] = &[];
        const UNKNOWN: #private::attributes::Unknown = #private::attributes::Unknown::Ignored;
        fn __limits() -> &'static #private::attributes::Limits {
            &#private::attributes::NO_LIMITS
        }
        fn __write(&self, #writer: &mut #private::attributes::Writer) {
            let _ = #writer;
        }
        fn __read(
            #reader: &mut #private::attributes::Reader<'_>,
        ) -> #private::core::option::Option<Self> {
            let _ = #reader;
            #private::core::option::Option::None
        }
    };
    emitter.trait_impl(input, list, &body)
}

impl<'a> Item<'a> {
    fn values(&self) -> impl Iterator<Item = &Value<'a>> {
        self.fields.iter().filter_map(|field| match &field.role {
            Role::Value(value) => Some(&**value),
            Role::Flatten | Role::Rest => None,
        })
    }

    fn flattened(&self) -> impl Iterator<Item = &Field<'a>> {
        let fields = self.fields.iter();
        fields.filter(|field| matches!(field.role, Role::Flatten))
    }
}

impl<'a> Emitter<'a> {
    fn new(roots: &'a Roots) -> Self {
        Self {
            krate: roots.krate(),
            private: roots.private(),
            writer: Ident::new("__writer", Span::mixed_site()),
            reader: Ident::new("__reader", Span::mixed_site()),
        }
    }

    fn trait_impl(&self, input: &DeriveInput, list: &List, body: &TokenStream) -> TokenStream {
        let (krate, private, ident) = (self.krate, self.private, &input.ident);
        let pair = Ident::new(list.pair, Span::call_site());
        let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
        quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics #private::attributes::CustomAttributes
                for #ident #ty_generics #where_clause
            {
                type Attribute = #krate::#pair;
                #body
            }
        }
    }

    /// What the type knows of a field's attribute.
    fn spec(&self, value: &Value<'_>) -> TokenStream {
        let private = self.private;
        let (name, doc) = (&value.name, &value.doc);
        let required = matches!(value.presence, Presence::Required);
        let mut parts = vec![quote!(name: #name, required: #required)];
        if !doc.is_empty() {
            parts.push(quote!(doc: #doc));
        }
        let kind = match value.kind {
            Kind::Text | Kind::Other => None,
            Kind::Integer(..) => Some(quote!(Integer)),
            Kind::Number => Some(quote!(Number)),
            Kind::Boolean => Some(quote!(Boolean)),
        };
        if let Some(kind) = kind {
            parts.push(quote!(kind: #private::attributes::AttributeKind::#kind));
        }
        let rules = &value.rules;
        let some = |value: TokenStream| quote!(#private::core::option::Option::Some(#value));
        if let Some((limit, _)) = rules.min_length {
            let limit = some(quote!(#limit));
            parts.push(quote!(min_length: #limit));
        }
        if let Some((limit, _)) = rules.max_length {
            let limit = some(quote!(#limit));
            parts.push(quote!(max_length: #limit));
        }
        if let Some(pattern) = &rules.pattern {
            let text = &pattern.text;
            let pattern = some(quote!(#text));
            parts.push(quote!(pattern: #pattern));
        }
        if let Some(format) = rules.format {
            let variant = Ident::new(readers::format_variant(format), Span::call_site());
            let format = some(quote!(#private::Format::#variant));
            parts.push(quote!(format: #format));
        }
        let listed = rules.one_of.iter().map(|(text, _)| text);
        if !rules.one_of.is_empty() {
            parts.push(quote!(one_of: &[#(#listed),*]));
        } else if value.kind == Kind::Other {
            let all = self.all_values(value);
            parts.push(quote!(one_of: #all));
        }
        let bound = |limit: &Decimal| {
            let text = limit.as_str();
            some(quote!(#private::Bound::parse(#text).view()))
        };
        let (least, greatest) = match value.kind {
            Kind::Integer(least, greatest) => {
                (Some(Decimal::from(least)), Some(Decimal::from(greatest)))
            }
            Kind::Text | Kind::Number | Kind::Boolean | Kind::Other => (None, None),
        };
        if let Some(limit) = rules.minimum.as_ref().or(least.as_ref()) {
            let bound = bound(limit);
            parts.push(quote!(minimum: #bound));
        }
        if let Some(limit) = rules.maximum.as_ref().or(greatest.as_ref()) {
            let bound = bound(limit);
            parts.push(quote!(maximum: #bound));
        }
        quote! {
            #private::attributes::AttributeSpec {
                #(#parts,)*
                ..#private::attributes::AttributeSpec::EMPTY
            }
        }
    }

    /// The texts that a type of unknown name has; a missing trait is shown at the type.
    fn all_values(&self, value: &Value<'_>) -> TokenStream {
        let span = value.ty.span();
        let value = self.value_trait(value.ty);
        quote_spanned!(span=> #value::ONE_OF)
    }

    /// The type as what implements `AttributeValue`; that it does not is said at the type.
    fn value_trait(&self, ty: &syn::Type) -> TokenStream {
        let span = ty.span();
        let private = self.private_at(span);
        quote_spanned!(span=> <#ty as #private::attributes::AttributeValue>)
    }

    /// The module of the runtime, as if it were written at that place.
    fn private_at(&self, span: Span) -> TokenStream {
        let tokens = self.private.to_token_stream().into_iter();
        tokens
            .map(|mut token| {
                token.set_span(span);
                token
            })
            .collect()
    }

    fn own_unknown(&self, item: &Item<'_>) -> TokenStream {
        let private = self.private;
        let keeps = item
            .fields
            .iter()
            .any(|field| matches!(field.role, Role::Rest));
        let variant = match (keeps, item.deny_unknown) {
            (true, _) => quote!(Kept),
            (false, true) => quote!(Denied),
            (false, false) => quote!(Ignored),
        };
        quote!(#private::attributes::Unknown::#variant)
    }

    /// What only the compiler can see: flattened structs, and the values of enums.
    fn assertions(&self, item: &Item<'_>) -> TokenStream {
        let private = self.private;
        let say = |span: Span, found: TokenStream| {
            let private = self.private_at(span);
            quote_spanned! {span=>
                const _: () = if let #private::core::option::Option::Some(__message) = #found {
                    #private::core::panic!("{}", __message.text())
                };
            }
        };
        let mut all = TokenStream::new();
        let mut before = vec![quote!(__OWN)];
        let mut unknown = self.own_unknown(item);
        for field in item.flattened() {
            let (ty, span) = (field.ty, field.ty.span());
            let specs = quote!(<#ty as #private::attributes::CustomAttributes>::SPEC);
            if let Some(limit) = item.list.max_items {
                let found = quote! {
                    #private::attributes::too_many(&[#(#before),*], #specs, #limit)
                };
                all.extend(say(span, found));
            }
            let found = quote!(#private::attributes::first_shared(&[#(#before),*], #specs));
            all.extend(say(span, found));
            if let Some((name, entity)) = &item.entity {
                let fields = entity.fields;
                let found = quote! {
                    #private::attributes::first_shadowed(#specs, #name, &[#(#fields),*])
                };
                all.extend(say(span, found));
            }
            let other = quote!(<#ty as #private::attributes::CustomAttributes>::UNKNOWN);
            let private_here = self.private_at(span);
            all.extend(quote_spanned! {span=>
                const _: () = if #private::attributes::two_rests(#unknown, #other) {
                    #private_here::core::panic!("the rest is taken before this struct already")
                };
            });
            before.push(specs);
            unknown = quote!(#unknown.beside(#other));
        }
        for value in item.values().filter(|value| value.kind == Kind::Other) {
            let listed = value.rules.one_of.iter();
            let default = match &value.presence {
                // One that is listed has been looked for already.
                Presence::Default(DefaultValue::Text(text, span)) if listed.len() == 0 => {
                    Some((text, span))
                }
                Presence::Default(_) | Presence::Required | Presence::Optional => None,
            };
            let texts = listed.map(|(text, span)| (text, span)).chain(default);
            let type_name = type_name(value);
            for (text, span) in texts {
                let message = format!("`{text}` is no value of `{type_name}`");
                let values = self.all_values(value);
                let private_here = self.private_at(*span);
                all.extend(quote_spanned! {*span=>
                    const _: () = if !#private::attributes::lists(#values, #text) {
                        #private_here::core::panic!(#message)
                    };
                });
            }
        }
        all
    }

    fn limits(&self, item: &Item<'_>) -> TokenStream {
        let private = self.private;
        let List {
            keys: [name_key, value_key],
            min_items,
            max_items,
            name,
            value,
            ..
        } = item.list;
        let property = item.property;
        let (min_items, max_items) = (self.option(*min_items), self.option(*max_items));
        let (name, value) = (self.text_limits(name), self.text_limits(value));
        quote! {
            #private::attributes::Limits {
                property: #property,
                keys: [#name_key, #value_key],
                min_items: #min_items,
                max_items: #max_items,
                name: #name,
                value: #value,
            }
        }
    }

    fn text_limits(&self, limits: &Text) -> TokenStream {
        let private = self.private;
        let (min, max) = (
            self.option(limits.min_length),
            self.option(limits.max_length),
        );
        let patterns = limits.patterns;
        quote! {
            #private::attributes::TextLimits {
                min_length: #min,
                max_length: #max,
                patterns: &[#(#private::SharedPattern::new(#patterns)),*],
            }
        }
    }

    fn option(&self, limit: Option<u64>) -> TokenStream {
        let private = self.private;
        match limit {
            Some(limit) => quote!(#private::core::option::Option::Some(#limit)),
            None => quote!(#private::core::option::Option::None),
        }
    }

    /// Writes a field's attributes.
    fn write(&self, field: &Field<'_>, index: usize) -> TokenStream {
        let (private, writer, ident) = (self.private, &self.writer, field.ident);
        match &field.role {
            Role::Flatten => {
                let ty = field.ty;
                let private = self.private_at(ty.span());
                quote_spanned! {ty.span()=>
                    <#ty as #private::attributes::CustomAttributes>::__write(&self.#ident, #writer);
                }
            }
            Role::Rest => {
                quote_spanned!(field.ty.span()=> #writer.rest(&self.#ident);)
            }
            Role::Value(value) => {
                let held = Ident::new("__value", Span::mixed_site());
                let text = match &value.with {
                    Some(module) => {
                        quote!(#private::std::string::ToString::to_string(&#module::to_text(#held)))
                    }
                    None => {
                        let value = self.value_trait(value.ty);
                        quote_spanned!(field.ty.span()=> #value::to_text(#held))
                    }
                };
                let pattern = self.pattern_of(value, index);
                let span = value.ty.span();
                let write = quote_spanned!(span=> #writer.field(&__OWN[#index], #pattern, #text););
                let write = match value.presence {
                    Presence::Optional => quote! {
                        if let #private::core::option::Option::Some(#held) = &self.#ident { #write }
                    },
                    Presence::Required | Presence::Default(_) => {
                        quote!({ let #held = &self.#ident; #write })
                    }
                };
                match &value.skip_if {
                    Some(skip) => quote!(if !#skip(&self.#ident) { #write }),
                    None => write,
                }
            }
        }
    }

    /// An `Option` of the field's value.
    fn read(&self, field: &Field<'_>, index: usize) -> TokenStream {
        let (private, reader) = (self.private, &self.reader);
        let value = match &field.role {
            Role::Flatten => {
                let ty = field.ty;
                let private = self.private_at(ty.span());
                return quote_spanned! {ty.span()=>
                    <#ty as #private::attributes::CustomAttributes>::__read(#reader)
                };
            }
            Role::Rest => {
                let ty = field.ty;
                return quote_spanned! {ty.span()=>
                    #private::core::option::Option::Some(#reader.rest::<#ty>())
                };
            }
            Role::Value(value) => value,
        };
        let ty = value.ty;
        let from_text = match &value.with {
            Some(module) => quote!(|text: &str| #module::from_text(text).ok()),
            None => {
                let value = self.value_trait(ty);
                // A closure: of a function's name the compiler would say twice what it lacks.
                quote_spanned!(ty.span()=> |text: &str| #value::from_text(text))
            }
        };
        let pattern = self.pattern_of(value, index);
        let type_name = type_name(value);
        let span = ty.span();
        let arguments = quote!(&__OWN[#index], #pattern, #from_text, #type_name);
        let default = match &value.presence {
            Presence::Required => {
                return quote_spanned!(span=> #reader.required::<#ty>(#arguments));
            }
            Presence::Optional => {
                return quote_spanned!(span=> #reader.optional::<#ty>(#arguments));
            }
            Presence::Default(default) => default,
        };
        let some = |value: TokenStream| quote!(#private::core::option::Option::Some(#value));
        let default = match default {
            DefaultValue::OfType => {
                let private = self.private_at(span);
                some(quote_spanned!(span=> <#ty as #private::core::default::Default>::default()))
            }
            DefaultValue::Function(function) => some(quote!(#function())),
            DefaultValue::Text(text, _) => quote!((#from_text)(#text)),
        };
        quote_spanned!(span=> #reader.defaulted::<#ty>(#arguments, || #default))
    }

    fn pattern_of(&self, value: &Value<'_>, index: usize) -> TokenStream {
        let private = self.private;
        if value.rules.pattern.is_some() {
            let name = pattern_name(index);
            quote!(#private::core::option::Option::Some(&#name))
        } else {
            quote!(#private::core::option::Option::None)
        }
    }
}

fn pattern_name(index: usize) -> Ident {
    format_ident!("PATTERN_{index}", span = Span::mixed_site())
}

fn local(index: usize) -> Ident {
    format_ident!("__field_{index}", span = Span::mixed_site())
}

/// The type as messages call it.
fn type_name(value: &Value<'_>) -> String {
    name_of(value.ty).unwrap_or_else(|| "value".to_owned())
}
