//! The grammar inside an attribute: `name`, `name = value`, `name(…)`, separated by commas.
//!
//! It knows no option by name; each derive reads the [`Setting`]s it knows and reports the rest.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Lit, LitStr, Path, Token, bracketed, parenthesized, token};

use crate::errors::Errors;

/// One option as it is written.
pub(crate) struct Setting {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

/// What follows an option's name.
pub(crate) enum Value {
    /// Nothing: `nested`.
    Nothing,
    /// `= 32`, `= "…"`, `= -0.5`.
    Literal(Literal),
    /// `= ["a", "b"]`.
    List(Span, Vec<Literal>),
    /// `= some::path`.
    Path(Path),
    /// `(max_length = 3)`.
    Settings(Vec<Setting>),
}

/// A literal, with the sign that may stand before a number.
pub(crate) struct Literal {
    pub(crate) negative: bool,
    pub(crate) lit: Lit,
}

/// The settings of every attribute of this name; mistakes of grammar are reported, and the other
/// attributes still read.
pub(crate) fn settings(attrs: &[syn::Attribute], name: &str, errors: &mut Errors) -> Vec<Setting> {
    let mut all = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        let parsed = attr.parse_args_with(Punctuated::<Setting, Token![,]>::parse_terminated);
        all.extend(errors.keep(parsed).into_iter().flatten());
    }
    all
}

impl Parse for Setting {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let value = if input.peek(token::Paren) {
            let inner;
            parenthesized!(inner in input);
            let settings = inner.parse_terminated(Setting::parse, Token![,])?;
            Value::Settings(settings.into_iter().collect())
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::parse_right_side(input)?
        } else {
            Value::Nothing
        };
        Ok(Self { name, value })
    }
}

impl Value {
    fn parse_right_side(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(token::Bracket) {
            let inner;
            let brackets = bracketed!(inner in input);
            let literals = inner.parse_terminated(Literal::parse, Token![,])?;
            return Ok(Self::List(
                brackets.span.join(),
                literals.into_iter().collect(),
            ));
        }
        if input.peek(Lit) || input.peek(Token![-]) {
            return input.parse().map(Self::Literal);
        }
        Path::parse_mod_style(input)
            .map(Self::Path)
            .map_err(|error| {
                syn::Error::new(
                    error.span(),
                    "expected a literal, a list in brackets or a path",
                )
            })
    }
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let negative = input.parse::<Option<Token![-]>>()?.is_some();
        let lit = input.parse()?;
        Ok(Self { negative, lit })
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.lit.to_tokens(tokens);
    }
}

impl Setting {
    /// The option's name, without `r#`.
    pub(crate) fn name(&self) -> String {
        self.name.unraw().to_string()
    }

    /// Reports a value where the option is a mere word.
    pub(crate) fn expect_nothing(&self, errors: &mut Errors) {
        if !matches!(self.value, Value::Nothing) {
            errors.at(&self.name, format!("`{}` takes no value", self.name));
        }
    }

    /// The string that the option is set to.
    pub(crate) fn string(&self, errors: &mut Errors) -> Option<&LitStr> {
        if let Value::Literal(Literal {
            lit: Lit::Str(text),
            negative: false,
        }) = &self.value
        {
            return Some(text);
        }
        errors.at_span(self.value_span(), format!("`{}` takes a string", self.name));
        None
    }

    /// The path that the option is set to, written bare or in a string.
    pub(crate) fn path(&self, errors: &mut Errors) -> Option<Path> {
        match &self.value {
            Value::Path(path) => Some(path.clone()),
            Value::Literal(Literal {
                lit: Lit::Str(text),
                negative: false,
            }) => errors.keep(text.parse_with(Path::parse_mod_style)),
            Value::Nothing | Value::Literal(_) | Value::List(..) | Value::Settings(_) => {
                errors.at_span(self.value_span(), format!("`{}` takes a path", self.name));
                None
            }
        }
    }

    /// The whole number, not negative, that the option is set to.
    pub(crate) fn count(&self, errors: &mut Errors) -> Option<u64> {
        let count = match &self.value {
            Value::Literal(Literal {
                lit: Lit::Int(number),
                negative: false,
            }) => number.base10_parse().ok(),
            Value::Nothing
            | Value::Literal(_)
            | Value::List(..)
            | Value::Path(_)
            | Value::Settings(_) => None,
        };
        if count.is_none() {
            let message = format!("`{}` takes a whole number from 0 on", self.name);
            errors.at_span(self.value_span(), message);
        }
        count
    }

    /// Where the value stands; the name where there is none.
    pub(crate) fn value_span(&self) -> Span {
        match &self.value {
            Value::Nothing | Value::Settings(_) => self.name.span(),
            Value::Literal(literal) => literal.lit.span(),
            Value::List(span, _) => *span,
            Value::Path(path) => path
                .segments
                .first()
                .map_or(self.name.span(), |it| it.ident.span()),
        }
    }
}

/// Reports an option that is not known, and what was probably meant.
pub(crate) fn unknown(setting: &Setting, known: &[&'static str], errors: &mut Errors) {
    let name = setting.name();
    let help = match specsmith_predicates::nearest(&name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known: {}", listed(known)),
    };
    errors.at(
        &setting.name,
        format!("there is no option `{name}`; {help}"),
    );
}

/// Names in backquotes: "`a`, `b` and `c`".
pub(crate) fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
