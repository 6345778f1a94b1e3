//! The names that serde gives to fields and variants, as far as paths need them.
//!
//! Only what is understood is read; all else is serde's to judge, mistakes included.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Attribute, LitStr, Token, parenthesized, token};

/// What serde's attributes on an item, a variant or a field say about names and places.
#[derive(Default)]
pub(crate) struct SerdeNames {
    pub(crate) rename: Option<String>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) rename_all_fields: Option<Case>,
    pub(crate) tag: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) untagged: bool,
    pub(crate) transparent: bool,
    pub(crate) flatten: bool,
    pub(crate) skip: bool,
}

impl SerdeNames {
    pub(crate) fn of(attrs: &[Attribute]) -> Self {
        let mut names = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
            // What cannot be read here, serde reports.
            let _ = attr.parse_nested_meta(|meta| {
                let Some(option) = meta.path.get_ident().map(Ident::to_string) else {
                    return skip_value(meta.input);
                };
                match option.as_str() {
                    "rename" => names.rename = name(meta.input)?,
                    "rename_all" => {
                        names.rename_all = name(meta.input)?.and_then(|it| Case::named(&it))
                    }
                    "rename_all_fields" => {
                        names.rename_all_fields = name(meta.input)?.and_then(|it| Case::named(&it));
                    }
                    "tag" => names.tag = name(meta.input)?,
                    "content" => names.content = name(meta.input)?,
                    "untagged" => names.untagged = true,
                    "transparent" => names.transparent = true,
                    "flatten" => names.flatten = true,
                    "skip" | "skip_deserializing" => names.skip = true,
                    _ => skip_value(meta.input)?,
                }
                Ok(())
            });
        }
        names
    }
}

/// `= "name"`, or the name for reading in `(serialize = "…", deserialize = "…")`.
fn name(input: syn::parse::ParseStream<'_>) -> syn::Result<Option<String>> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(Some(input.parse::<LitStr>()?.value()));
    }
    let mut found = None;
    if input.peek(token::Paren) {
        let inner;
        parenthesized!(inner in input);
        while !inner.is_empty() {
            let side: Ident = inner.call(Ident::parse_any)?;
            inner.parse::<Token![=]>()?;
            let text = inner.parse::<LitStr>()?.value();
            if side == "deserialize" || found.is_none() {
                found = Some(text);
            }
            inner.parse::<Option<Token![,]>>()?;
        }
    }
    Ok(found)
}

/// Passes over `= value` or `(…)`.
fn skip_value(input: syn::parse::ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

/// A way of writing names, as `rename_all` knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// A field's name (`snake_case` in Rust) in this case, as serde writes it.
    pub(crate) fn of_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(field),
            Self::Camel => lower_first(&pascal(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// A variant's name (`PascalCase` in Rust) in this case, as serde writes it.
    pub(crate) fn of_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => lower_first(variant),
            Self::Snake => snake(variant),
            Self::ScreamingSnake => snake(variant).to_ascii_uppercase(),
            Self::Kebab => snake(variant).replace('_', "-"),
            Self::ScreamingKebab => snake(variant).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut capital = true;
    for char in field.chars() {
        if char == '_' {
            capital = true;
        } else if capital {
            name.push(char.to_ascii_uppercase());
            capital = false;
        } else {
            name.push(char);
        }
    }
    name
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

fn snake(variant: &str) -> String {
    let mut name = String::with_capacity(variant.len() + 4);
    for (index, char) in variant.char_indices() {
        if index > 0 && char.is_uppercase() {
            name.push('_');
        }
        name.push(char.to_ascii_lowercase());
    }
    name
}

/// A Rust name as serde takes it, without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn cases_are_those_of_serde() {
        for (case, field, variant) in [
            ("lowercase", "outer_id", "veryTasty"),
            ("UPPERCASE", "OUTER_ID", "VERYTASTY"),
            ("PascalCase", "OuterId", "VeryTasty"),
            ("camelCase", "outerId", "veryTasty"),
            ("snake_case", "outer_id", "very_tasty"),
            ("SCREAMING_SNAKE_CASE", "OUTER_ID", "VERY_TASTY"),
            ("kebab-case", "outer-id", "very-tasty"),
            ("SCREAMING-KEBAB-CASE", "OUTER-ID", "VERY-TASTY"),
        ] {
            let case = Case::named(case).expect("a case");
            assert_eq!(case.of_field("outer_id"), field);
            let expected = if case == Case::Lower {
                "verytasty"
            } else {
                variant
            };
            assert_eq!(case.of_variant("VeryTasty"), expected);
        }
        assert_eq!(Case::named("Train-Case"), None);
    }

    #[test]
    fn what_is_not_understood_is_passed_over() {
        let attr: Attribute = parse_quote!(
            #[serde(bound(deserialize = "T: Default"), default = "a::b", borrow, with = "x", rename = "Id", flatten)]
        );
        let names = SerdeNames::of(&[attr]);
        assert_eq!(names.rename.as_deref(), Some("Id"));
        assert!(names.flatten && !names.skip);
        let attr: Attribute = parse_quote!(#[serde(rename(serialize = "out", deserialize = "in"))]);
        assert_eq!(SerdeNames::of(&[attr]).rename.as_deref(), Some("in"));
    }
}
