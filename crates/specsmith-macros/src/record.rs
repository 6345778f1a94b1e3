//! `#[derive(JsonRecord)]`: a struct read from and written as an object of JSON.
//!
//! It is for structs by the thousand, and therefore small: for each field one line that reads and
//! one that writes. All else is a function of the runtime.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, Type};

use crate::errors::Errors;
use crate::options;
use crate::roots::Roots;
use crate::serde_names::plain;
use crate::shape::{self, Layer};

const OF_FIELDS: &[&str] = &["rename", "flatten"];
const OF_RECORDS: &[&str] = &["deny_unknown_fields"];
const OF_PRESENCE: &[&str] = &["required"];

/// The expansion of `#[derive(JsonRecord)]` on `input`: the trait and serde's two, beside a
/// `compile_error!` for each mistake at its place.
pub fn expand(input: TokenStream, roots: &Roots) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let denied = is_denied(&input, &mut errors);
    let output = fields(&input, &mut errors)
        .map(|fields| implementation(&input.ident, &fields, denied, roots));
    let messages = errors.finish().err();
    quote!(#messages #output)
}

/// One field as it is meant.
struct Field<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    name: String,
    holds: Holds,
}

/// What a field says of the property's presence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// It is there.
    Required,
    /// `Option`: it may be absent.
    Option,
    /// `Field`: it may be absent or null.
    Field,
    /// The properties that have no field.
    Others,
}

/// The fields, if the item can be a record at all.
fn fields<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Vec<Field<'a>>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(fields),
            Fields::Unnamed(_) | Fields::Unit => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let Some(named) = named else {
        errors.at(
            &input.ident,
            "`JsonRecord` can be derived for structs with named fields only",
        );
        return None;
    };
    if !input.generics.params.is_empty() {
        errors.at(
            &input.generics,
            "`JsonRecord` can be derived for structs without parameters only",
        );
        return None;
    }
    let fields = named.named.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let mut name = plain(ident);
        let mut holds = match shape::unwrap(&field.ty).layers.first() {
            Some(Layer::Option) => Holds::Option,
            Some(Layer::Field) => Holds::Field,
            Some(Layer::Pointer) | None => Holds::Required,
        };
        for setting in options::settings(&field.attrs, "serde", errors) {
            match setting.name().as_str() {
                "rename" => {
                    if let Some(text) = setting.string(errors) {
                        name = text.value();
                    }
                }
                "flatten" => {
                    setting.expect_nothing(errors);
                    holds = Holds::Others;
                }
                _ => options::unknown(&setting, OF_FIELDS, errors),
            }
        }
        for setting in options::settings(&field.attrs, "record", errors) {
            match (setting.name().as_str(), holds) {
                ("required", Holds::Option) => {
                    setting.expect_nothing(errors);
                    holds = Holds::Required;
                }
                ("required", Holds::Required | Holds::Field | Holds::Others) => {
                    errors.at(&setting.name, "`required` applies to an `Option`");
                }
                _ => options::unknown(&setting, OF_PRESENCE, errors),
            }
        }
        Some(Field {
            ident,
            ty: &field.ty,
            name,
            holds,
        })
    });
    Some(fields.collect())
}

/// Whether other properties are a mistake.
fn is_denied(input: &DeriveInput, errors: &mut Errors) -> bool {
    let mut denied = false;
    for setting in options::settings(&input.attrs, "serde", errors) {
        if setting.name() == "deny_unknown_fields" {
            setting.expect_nothing(errors);
            denied = true;
        } else {
            options::unknown(&setting, OF_RECORDS, errors);
        }
    }
    denied
}

/// The output's own names are such that no type or constant around it can have one of them.
fn implementation(ident: &Ident, fields: &[Field<'_>], denied: bool, roots: &Roots) -> TokenStream {
    let private = roots.private();
    let record = quote!(#private::record);
    let core = quote!(#private::core);
    let local = |name: &str| Ident::new(name, Span::mixed_site());
    let [members, index, out] = ["__members", "__index", "__out"].map(local);
    let slot = |place: usize| local(&format!("__field_{place}"));
    let name = plain(ident);
    let rest = fields.iter().position(|field| field.holds == Holds::Others);
    let known = || {
        fields
            .iter()
            .enumerate()
            .filter(|(_, it)| it.holds != Holds::Others)
    };
    let names = known().map(|(_, field)| &field.name);
    let others = match (rest, denied) {
        (Some(_), _) => quote!(Kept),
        (None, true) => quote!(Denied),
        (None, false) => quote!(Ignored),
    };
    let slots = fields
        .iter()
        .enumerate()
        .map(|(place, Field { ty, holds, .. })| {
            let slot = slot(place);
            match holds {
                Holds::Required => quote! {
                    let mut #slot: #core::option::Option<#ty> = #core::option::Option::None;
                },
                Holds::Option => quote!(let mut #slot: #ty = #core::option::Option::None;),
                Holds::Field => quote!(let mut #slot: #ty = #private::Field::Absent;),
                Holds::Others => quote!(let mut #slot: #ty = #core::default::Default::default();),
            }
        });
    let arms = known().enumerate().map(|(number, (place, field))| {
        let number = Literal::usize_unsuffixed(number);
        let slot = slot(place);
        match field.holds {
            Holds::Required | Holds::Option | Holds::Others => {
                quote!(#number => #members.value(&mut #slot),)
            }
            Holds::Field => quote!(#number => #members.field(&mut #slot),),
        }
    });
    let other = match rest.map(slot) {
        Some(slot) => quote!(#members.keep(&mut #slot)),
        None => quote!(#members.skip()),
    };
    let built = fields.iter().enumerate().map(|(place, field)| {
        let Field {
            ident, name, holds, ..
        } = field;
        let slot = slot(place);
        match holds {
            Holds::Required => quote!(#ident: #members.required(#slot, #name)?),
            Holds::Option | Holds::Field | Holds::Others => quote!(#ident: #slot),
        }
    });
    let written = fields.iter().map(|field| {
        let Field {
            ident, name, holds, ..
        } = field;
        match holds {
            Holds::Required => quote!(#out.value(#name, &self.#ident);),
            Holds::Option => quote!(#out.option(#name, &self.#ident);),
            Holds::Field => quote!(#out.field(#name, &self.#ident);),
            Holds::Others => quote!(#out.others(&self.#ident);),
        }
    });
    let unused = fields.is_empty().then(|| quote!(let _ = #out;));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #record::JsonRecord for #ident {
            const NAME: &'static str = #name;
            const FIELDS: &'static [&'static str] = &[#(#names),*];
            const OTHERS: #record::Others = #record::Others::#others;

            fn read<'__de, __M: #record::MapAccess<'__de>>(
                #members: &mut #record::Members<__M>,
            ) -> #core::result::Result<Self, __M::Error> {
                #(#slots)*
                while let #core::option::Option::Some(#index) = #members.next()? {
                    match #index { #(#arms)* _ => #other }?;
                }
                #core::result::Result::Ok(Self { #(#built),* })
            }

            fn write<__W: #record::Write>(&self, #out: &mut __W) {
                #unused
                #(#written)*
            }
        }

        #[automatically_derived]
        impl<'__de> #record::Deserialize<'__de> for #ident {
            fn deserialize<__D: #record::Deserializer<'__de>>(
                deserializer: __D,
            ) -> #core::result::Result<Self, __D::Error> {
                #record::read(deserializer)
            }
        }

        #[automatically_derived]
        impl #record::Serialize for #ident {
            fn serialize<__S: #record::Serializer>(
                &self,
                serializer: __S,
            ) -> #core::result::Result<__S::Ok, __S::Error> {
                #record::write(self, serializer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(input: TokenStream) -> String {
        let roots = Roots::of_crate("rules").expect("a path");
        let file = syn::parse2(expand(input, &roots)).expect("the output is Rust");
        prettyplease::unparse(&file)
    }

    #[test]
    fn every_presence() {
        insta::assert_snapshot!(expanded(quote! {
            struct Agent {
                #[serde(rename = "externalAgentId")]
                id: String,
                note: Option<String>,
                r#type: Field<Kind>,
                #[record(required)]
                parent: Option<Box<Agent>>,
                #[serde(flatten)]
                others: BTreeMap<String, u8>,
            }
        }));
    }

    #[test]
    fn nothing_in_it() {
        insta::assert_snapshot!(expanded(quote! {
            #[serde(deny_unknown_fields)]
            struct Nothing {}
        }));
    }

    #[test]
    fn mistakes() {
        let said = [
            quote!(
                struct Pair(u8, u8);
            ),
            quote!(
                enum Choice {
                    A,
                }
            ),
            quote!(
                struct Of<T> {
                    it: T,
                }
            ),
            quote!(
                struct Of {
                    #[serde(skip)]
                    it: u8,
                }
            ),
            quote!(
                #[serde(rename_all = "camelCase")]
                struct Of {
                    it: u8,
                }
            ),
            quote!(
                struct Of {
                    #[record(required)]
                    it: u8,
                    #[record(requird)]
                    or: Option<u8>,
                }
            ),
        ]
        .map(|input| expand(input, &Roots::default()).to_string());
        insta::assert_snapshot!(said.join("\n"));
    }
}
