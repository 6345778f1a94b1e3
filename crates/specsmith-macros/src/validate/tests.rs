//! What the derive's expansion looks like, and what it says of mistakes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Roots;

/// The expansion, formatted, with the runtime's long path shortened.
fn expanded(input: TokenStream) -> String {
    let roots = Roots::of_crate("rules").expect("a path");
    let tokens = super::expand(input, &roots);
    let file = syn::parse2(tokens).expect("the output is Rust");
    prettyplease::unparse(&file)
}

#[test]
fn a_struct_with_every_wrapper() {
    insta::assert_snapshot!(expanded(quote! {
        #[serde(rename_all = "camelCase")]
        struct Agent {
            #[validate(max_length = 256, pattern = r"[a-zA-Z0-9\-\_]+")]
            external_agent_id: String,
            #[serde(default)]
            ranking: Option<i64>,
            #[serde(rename = "languages")]
            #[validate(max_items = 3, unique_items, items(max_length = 16, pattern = r"[a-zA-Z0-9\-\_]+"))]
            spoken: Field<Vec<String>>,
            #[validate(nested)]
            attributes: Option<Box<Attributes>>,
        }
    }));
}

#[test]
fn every_rule() {
    insta::assert_snapshot!(expanded(quote! {
        struct Rules(
            #[validate(min_length = 1, format = "email", one_of = ["a@b"])] String,
            #[validate(minimum = -1, exclusive_maximum = 2.50, multiple_of = "0.5", one_of = [1, 2e0])] f64,
            #[validate(exclusive_minimum = 0, maximum = 9, format = "int32")] u64,
            #[validate(min_items = 1, unique_items, items(nested))] Vec<Other>,
            #[validate(min_properties = 1, max_properties = 2, keys(pattern = "a|b"), values(never))] Map,
            #[validate(keys(max_length = 1), values(maximum = 1))] BTreeMap<String, Option<u8>>,
            #[validate(with = check::this)] Other,
        );
    }));
}

#[test]
fn an_enum() {
    insta::assert_snapshot!(expanded(quote! {
        #[serde(tag = "kind", content = "value")]
        #[validate(with = whole)]
        enum Choice<T> {
            Nothing,
            Same(#[validate(nested)] T),
            Record { #[validate(max_length = 1)] name: T, other: u8 },
        }
    }));
}

#[test]
fn an_item_without_rules() {
    insta::assert_snapshot!(expanded(quote!(
        struct Plain<'a, const N: usize> {
            field: &'a [u8; N],
        }
    )));
}

#[test]
fn a_mistake_and_its_stub() {
    insta::assert_snapshot!(expanded(quote!(
        struct Item<T: Clone> {
            #[validate(max_lenght = 1)]
            field: T,
        }
    )));
}

#[test]
fn what_is_no_item() {
    insta::assert_snapshot!(expanded(quote!(
        fn main() {}
    )));
}
