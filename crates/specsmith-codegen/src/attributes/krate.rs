//! The crate with the derives: the limits of the specification, and a door for each crate of models.

use askama::Template as _;
use proc_macro2::TokenStream;
use quote::quote;

use super::{Attributes, AttributesOptions, Entity, List, derive_name};
use crate::build::Items;
use crate::file_tree::FileTree;
use crate::manifest::{ManifestPage, macros_dependency};
use crate::names::ident;
use crate::options::{CrateOptions, CrateSource, Manifest, Options};
use crate::view::StringView;

/// Adds the files of the crate.
pub(super) fn emit(
    attributes: &Attributes,
    items: &Items,
    options: &Options,
    derives: &AttributesOptions,
    sources: &[CrateSource],
    tree: &mut FileTree,
) {
    let krate = CrateOptions {
        name: derives.name.clone(),
        folder: derives.folder.clone(),
        sources: sources.to_vec(),
    };
    let manifest = ManifestPage {
        mark: krate.mark(),
        name: krate.name.clone(),
        description: "The derives for custom attributes, with the limits of the specification."
            .to_owned(),
        workspace: options.manifest == Manifest::Workspace,
        proc_macro: true,
        features: Vec::new(),
        dependencies: vec![macros_dependency(&options.manifest)],
    };
    let manifest = manifest.render().unwrap_or_default();
    tree.add(format!("{}/Cargo.toml", krate.folder), &manifest);
    let file = crate::rust::parsed(source(attributes, items, options));
    let labels: Vec<String> = sources.iter().map(|it| format!("`{}`", it.label)).collect();
    let text = format!(
        "#![cfg_attr(rustfmt, rustfmt_skip)]\n{}{}#![forbid(unsafe_code)]\n\n{}",
        krate.header("//"),
        about(&labels.join(", ")),
        crate::rust::spaced(&prettyplease::unparse(&file)),
    );
    tree.add(format!("{}/src/lib.rs", krate.folder), &text);
    tree.folders.push(krate.folder.clone());
}

fn about(sources: &str) -> String {
    format!(
        "//! The derives for custom attributes, with the limits that {sources} set.\n//!\n\
         //! Use them through the crates of models, which re-export them: each has derives of its own,\n\
         //! which find everything there.\n"
    )
}

fn source(attributes: &Attributes, items: &Items, options: &Options) -> TokenStream {
    let lists = attributes.lists.iter().map(|list| list_tokens(list, items));
    let entities = attributes.entities.iter().map(entity_tokens);
    let derives = attributes
        .roots
        .iter()
        .filter_map(|index| options.crates.get(*index))
        .map(derive_tokens);
    quote! {
        use proc_macro::TokenStream;
        use specsmith_macros::Roots;
        use specsmith_macros::attributes::{self, Entity, Limits, List, Text};

        /// What the specification allows.
        const LIMITS: Limits = Limits {
            lists: &[#(#lists),*],
            entities: &[#(#entities),*],
        };

        #(#derives)*

        fn roots(krate: &str) -> Roots {
            Roots::of_crate(krate).unwrap_or_default()
        }
    }
}

fn list_tokens(list: &List, items: &Items) -> TokenStream {
    let pair = &items.get(list.pair).name;
    let property = &list.property;
    let [name_key, value_key] = &list.keys;
    let (min, max) = (option(list.min_items), option(list.max_items));
    let (name, value) = (text_tokens(&list.name), text_tokens(&list.value));
    quote! {
        List {
            pair: #pair,
            property: #property,
            keys: [#name_key, #value_key],
            min_items: #min,
            max_items: #max,
            name: #name,
            value: #value,
        }
    }
}

fn text_tokens(view: &StringView) -> TokenStream {
    let (min, max) = (option(view.min), option(view.max));
    let patterns = &view.patterns;
    quote! {
        Text { min_length: #min, max_length: #max, patterns: &[#(#patterns),*] }
    }
}

fn entity_tokens(entity: &Entity) -> TokenStream {
    let Entity {
        names,
        property,
        list,
        fields,
        ..
    } = entity;
    let list = proc_macro2::Literal::usize_unsuffixed(*list);
    quote! {
        Entity {
            names: &[#(#names),*],
            property: #property,
            list: #list,
            fields: &[#(#fields),*],
        }
    }
}

fn option(limit: Option<u64>) -> TokenStream {
    match limit {
        Some(limit) => {
            let limit = proc_macro2::Literal::u64_unsuffixed(limit);
            quote!(Some(#limit))
        }
        None => quote!(None),
    }
}

fn derive_tokens(krate: &CrateOptions) -> TokenStream {
    let path = format!("::{}", krate.ident());
    let for_structs = ident(&derive_name("CustomAttributes", &krate.name));
    let for_enums = ident(&derive_name("AttributeValue", &krate.name));
    let lower = krate.ident();
    let structs = ident(&format!("custom_attributes_in_{lower}"));
    let enums = ident(&format!("attribute_value_in_{lower}"));
    let struct_docs = STRUCT_DOCS.iter();
    let enum_docs = ENUM_DOCS.iter();
    quote! {
        #(#[doc = #struct_docs])*
        #[proc_macro_derive(#for_structs, attributes(attributes, attribute))]
        pub fn #structs(input: TokenStream) -> TokenStream {
            attributes::expand(input.into(), &roots(#path), &LIMITS).into()
        }

        #(#[doc = #enum_docs])*
        #[proc_macro_derive(#for_enums, attributes(attributes, attribute))]
        pub fn #enums(input: TokenStream) -> TokenStream {
            attributes::expand_value(input.into(), &roots(#path), &LIMITS).into()
        }
    }
}

const STRUCT_DOCS: &[&str] = &[
    " Derives `CustomAttributes`: each field of the struct is an attribute.",
    "",
    " The module `attributes` of the crate that re-exports this shows every option in an example.",
    "",
    " On the struct, in `#[attributes(…)]`: `entity = \"…\"`, what the attributes belong to, whose",
    " own fields are then no names for them; `rename_all = \"snake_case\"`, the case of the names;",
    " `prefix = \"…\"`, which stands before every name; `deny_unknown`; `crate = path`, where the",
    " models are, if not in the crate that the derive comes from.",
    "",
    " On a field, in `#[attribute(…)]`: `name = \"…\"`; `default`, `default = 5` or",
    " `default = path::to::function`; `skip_if = function`, a `fn(&T) -> bool`;",
    " `with = module`, which has `to_text(&T)` and `from_text(&str) -> Result<T, _>`; the rules",
    " `min_length = 1` and `max_length = 9` (in code points), `pattern = \"^[a-z]+$\"` (ECMA-262,",
    " searched for), `one_of = [\"a\", \"b\"]`, `format = \"email\"` and, on numbers,",
    " `range(min = 0, max = 9)`; `flatten`, another struct with this derive; `rest`, a map of what",
    " no field is named after.",
    "",
    " Types are those with `Display` and `FromStr`, `Option` of one, and enums that derive",
    " `AttributeValue`.",
];

const ENUM_DOCS: &[&str] = &[
    " Derives `AttributeValue`: each unit variant of the enum is a text.",
    "",
    " On the enum, in `#[attributes(…)]`: `rename_all = \"snake_case\"` and `crate = path`. On a",
    " variant, in `#[attribute(…)]`: `name = \"…\"`.",
];
