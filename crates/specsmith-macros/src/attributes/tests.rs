//! What the derives' expansion looks like, and what it says under other limits.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Entity, Limits, List, Text, expand, expand_value};
use crate::Roots;

const NO_LIMITS: Text = Text {
    min_length: None,
    max_length: None,
    patterns: &[],
};

const LIST: List = List {
    pair: "Pair",
    property: "labels",
    keys: ["key", "text"],
    min_items: Some(1),
    max_items: Some(3),
    name: Text {
        min_length: Some(2),
        max_length: Some(8),
        patterns: &["^[a-z_]+$"],
    },
    value: Text {
        max_length: Some(16),
        ..NO_LIMITS
    },
};

const LIMITS: Limits = Limits {
    lists: &[LIST],
    entities: &[Entity {
        names: &["order", "OrderBody"],
        property: "tags",
        list: 0,
        fields: &["orderId", "tags"],
    }],
};

const TWO_LISTS: Limits = Limits {
    lists: &[
        LIST,
        List {
            pair: "Other",
            max_items: None,
            ..LIST
        },
    ],
    entities: &[
        LIMITS.entities[0],
        Entity {
            names: &["item"],
            property: "tags",
            list: 1,
            fields: &[],
        },
    ],
};

/// The expansion, formatted.
fn expanded(tokens: TokenStream, limits: &Limits) -> String {
    let roots = Roots::of_crate("model").expect("a path");
    let tokens = expand(tokens, &roots, limits);
    prettyplease::unparse(&syn::parse2(tokens).expect("the output is Rust"))
}

/// The messages of the mistakes.
fn said(tokens: TokenStream, limits: &Limits) -> Vec<String> {
    let text = expanded(tokens, limits);
    let parts = text.split("compile_error!").skip(1);
    parts
        .filter_map(|part| {
            let literal: String = part.split('"').nth(1)?.to_owned();
            Some(literal)
        })
        .collect()
}

#[test]
fn a_struct_with_every_kind_of_field() {
    insta::assert_snapshot!(expanded(
        quote! {
            #[attributes(entity = "order", deny_unknown)]
            struct Labels {
                /// How it is sent.
                #[attribute(name = "by", one_of = ["air", "sea"], default = "sea")]
                carrier: Carrier,
                #[attribute(max_length = 3, pattern = "^[A-Z]{3}$", skip_if = Option::is_none)]
                region: Option<String>,
                #[attribute(flatten)]
                more: More,
            }
        },
        &LIMITS,
    ));
}

#[test]
fn an_enum() {
    let roots = Roots::of_crate("model").expect("a path");
    let tokens = expand_value(
        quote! {
            #[attributes(rename_all = "snake_case")]
            enum Carrier {
                ByAir,
                #[attribute(name = "ship")]
                BySea,
            }
        },
        &roots,
        &LIMITS,
    );
    let file = syn::parse2(tokens).expect("the output is Rust");
    insta::assert_snapshot!(prettyplease::unparse(&file));
}

#[test]
fn the_limits_are_those_of_the_specification() {
    let four = quote! {
        struct Labels {
            one: String,
            two: String,
            three: String,
            four: String,
        }
    };
    assert_eq!(
        said(four.clone(), &LIMITS),
        ["this is attribute 4, the spec allows at most 3"]
    );
    let unlimited = Limits {
        lists: &[List {
            max_items: None,
            ..LIST
        }],
        ..LIMITS
    };
    assert_eq!(said(four, &unlimited), [""; 0]);
    assert_eq!(
        said(
            quote! {
                struct Labels {
                    a: String,
                    much_too_long: String,
                    #[attribute(name = "No")]
                    no: String,
                }
            },
            &LIMITS
        ),
        [
            "the name is 1 characters long, the spec asks for at least 2",
            "the name is 13 characters long, the spec allows at most 8",
            "`No` does not match the spec's pattern `^[a-z_]+$`",
        ]
    );
    assert_eq!(
        said(
            quote! {
                struct Labels {
                    #[attribute(max_length = 17)]
                    more: String,
                    #[attribute(default = "more than sixteen characters")]
                    long: String,
                }
            },
            &LIMITS
        ),
        [
            "`max_length` is 17, the spec allows at most 16",
            "`more than sixteen characters` is the default, but is 28 characters long, \
             the spec allows at most 16",
        ]
    );
}

#[test]
fn where_there_are_two_lists_the_entity_tells() {
    let plain = quote!(
        struct Labels {
            one: String,
        }
    );
    assert_eq!(
        said(plain, &TWO_LISTS),
        ["`entity` is needed, since the spec has 2 kinds of attribute lists"]
    );
    let text = expanded(
        quote! {
            #[attributes(entity = "item")]
            struct Labels { one: String }
        },
        &TWO_LISTS,
    );
    assert!(text.contains("type Attribute = model::Other;"), "{text}");
    assert!(text.contains("property: \"tags\""), "{text}");
}
