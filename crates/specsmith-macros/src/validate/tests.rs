use proc_macro2::TokenStream;
use quote::quote;

use crate::Roots;

/// The expansion, formatted.
fn expanded(input: TokenStream) -> String {
    let tokens = super::expand(input, &Roots::default());
    let file = syn::parse2(tokens).expect("the output is Rust");
    prettyplease::unparse(&file)
}

#[test]
fn a_struct_with_every_wrapper() {
    let output = expanded(quote! {
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
    });
    insta::assert_snapshot!(output);
}
