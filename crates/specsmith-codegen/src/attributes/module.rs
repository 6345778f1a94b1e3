//! The module for custom attributes in a crate of models.

use std::fmt::Write as _;

use quote::quote;

use super::{Attributes, AttributesOptions, Entity, List, derive_name};
use crate::items::{ItemKind, Record};
use crate::names::ident;
use crate::options::Options;
use crate::rust::{Context, Holding, Sources, holding};
use crate::words::words;

/// Adds the module and its re-exports.
pub(super) fn add_to(
    attributes: &Attributes,
    context: &Context<'_>,
    options: &Options,
    derives: &AttributesOptions,
    sources: &mut Sources,
) {
    let krate = &options.crates[context.krate];
    let mut text = String::from("#![cfg_attr(rustfmt, rustfmt_skip)]\n");
    text.push_str(&krate.header("//"));
    text.push_str(&docs(attributes, context));
    let derive_crate = ident(&derives.name.replace('-', "_"));
    let names = ["CustomAttributes", "AttributeValue"];
    let reexports = names.map(|name| {
        let from = ident(&derive_name(name, &krate.name));
        let name = ident(name);
        quote! {
            #[cfg(feature = "attributes")]
            pub use #derive_crate::#from as #name;
        }
    });
    let impls = attributes
        .lists
        .iter()
        .enumerate()
        .filter(|(index, list)| {
            let earlier = attributes.lists.iter().take(*index);
            earlier.into_iter().all(|it| it.pair != list.pair)
        })
        .filter_map(|(_, list)| implementation(context, list));
    let tokens = quote! {
        #(#reexports)*
        pub use specsmith_rules::attributes::{
            AttributeFault, AttributeKind, AttributePair, AttributeSpec, AttributeValue,
            CustomAttributes, Unknown, toml,
        };
        #(#impls)*
    };
    let file = crate::rust::parsed(tokens);
    text.push_str(&crate::rust::spaced(&prettyplease::unparse(&file)));
    sources.files.push(("src/attributes.rs".to_owned(), text));
    let own: Vec<_> = context.own_items();
    let imported = context.imported.iter().map(|id| context.items.get(*id));
    let taken: Vec<&str> = own
        .iter()
        .map(|(_, item)| *item)
        .chain(imported)
        .map(|item| item.name.as_str())
        .collect();
    let free: Vec<&str> = names.into_iter().filter(|it| !taken.contains(it)).collect();
    if let Some((_, lib)) = sources
        .files
        .iter_mut()
        .find(|(path, _)| path == "src/lib.rs")
    {
        lib.push_str("\npub mod attributes;\n");
        if !free.is_empty() {
            let _ = write!(
                lib,
                "\npub use attributes::{{{}}};\n",
                sorted(free).join(", ")
            );
        }
    }
    let owner = |list: &List| context.crate_of(context.items.get(list.pair).document);
    sources.attributes = Some(attributes.lists.iter().map(owner).collect());
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

/// What the pairs of a list are to the derives, for those of this crate.
fn implementation(context: &Context<'_>, list: &List) -> Option<proc_macro2::TokenStream> {
    let item = context.items.get(list.pair);
    if context.crate_of(item.document) != context.krate {
        return None;
    }
    let ItemKind::Record(record) = &item.kind else {
        return None;
    };
    let ty = ident(&item.name);
    let [name, value] = &list.keys;
    let (set_name, get_name) = field(record, name, &quote!(name))?;
    let (set_value, get_value) = field(record, value, &quote!(value))?;
    Some(quote! {
        impl AttributePair for super::#ty {
            fn pair(name: String, value: String) -> Self {
                Self { #set_name, #set_value }
            }

            fn name(&self) -> Option<&str> {
                #get_name
            }

            fn value(&self) -> Option<&str> {
                #get_value
            }
        }
    })
}

/// How a property of a pair is set from a `String`, and read.
fn field(
    record: &Record,
    key: &str,
    from: &proc_macro2::TokenStream,
) -> Option<(proc_macro2::TokenStream, proc_macro2::TokenStream)> {
    let field = record.fields.iter().find(|field| field.wire == key)?;
    let name = ident(&field.name);
    let (set, get) = match holding(field) {
        Holding::Plain => (quote!(#from), quote!(Some(&self.#name))),
        Holding::Nullable | Holding::Optional => {
            (quote!(Some(#from)), quote!(self.#name.as_deref()))
        }
        Holding::Both => (
            quote!(super::Field::Value(#from)),
            quote!(self.#name.as_option().map(String::as_str)),
        ),
    };
    Some((quote!(#name: #set), get))
}

fn docs(attributes: &Attributes, context: &Context<'_>) -> String {
    let mut out = String::from(
        "//! Custom attributes: your own schema for a list of names and values.\n//!\n\
         //! A struct is the list, each of its fields an attribute. What the specification rules out does\n\
         //! not compile; what a payload gets wrong is said with its place.\n",
    );
    let own = attributes
        .entities
        .iter()
        .find(|entity| context.crate_of(context.items.get(entity.item).document) == context.krate);
    let entity = own.or(attributes.entities.first());
    if let Some(entity) = entity {
        out.push_str(&example(&attributes.lists[entity.list], entity, context));
    }
    out.push('\n');
    out
}

/// The names of the example's attributes.
const NAMES: [&str; 6] = [
    "x.loyalty-tier",
    "x.region-code",
    "x.visit-count",
    "x.newsletter",
    "x.signup-day",
    "y.source",
];

/// An example with every option, compiled where the limits of the list let it.
fn example(list: &List, entity: &Entity, context: &Context<'_>) -> String {
    let krate = &context.crates[context.krate];
    let called = entity.names.first().map_or("", String::as_str);
    let fits = list.max_items.is_none_or(|most| most >= 8)
        && list.min_items.is_none_or(|least| least <= 5)
        && [&list.name, &list.value].iter().all(|view| {
            view.patterns.is_empty()
                && view.max.is_none_or(|most| most >= 16)
                && view.min.is_none_or(|least| least <= 1)
        })
        && !entity
            .fields
            .iter()
            .any(|field| NAMES.iter().any(|name| words(name) == words(field)));
    let fence = if fits { "```" } else { "```ignore" };
    let mut out = String::new();
    let _ = writeln!(out, "//!\n//! {fence}");
    for line in EXAMPLE.lines() {
        let line = line.replace("KRATE", krate).replace("ENTITY", called);
        let _ = writeln!(out, "{}", format!("//! {line}").trim_end());
    }
    let _ = writeln!(out, "//! ```");
    out
}

const EXAMPLE: &str = include_str!("example.txt");
