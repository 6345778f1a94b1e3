//! Files: the source of one crate, in one file or, where that would be too long to read, several.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::uses::Uses;
use super::{Context, docs};
use crate::items::{Item, ItemId, ItemKind};
use crate::names::ident;
use crate::options::{CrateOptions, Manifest};

use super::layout::{Piece, Text, group, split};

/// How long a crate's one file may grow, in lines.
const LONGEST_FILE: usize = 4_000;

/// The source files of one crate, by path inside it, and what the manifest must name.
pub(crate) struct Sources {
    pub(crate) files: Vec<(String, String)>,
    /// The numbers of the crates that it refers to.
    pub(crate) crates: Vec<usize>,
    /// serde is named.
    pub(crate) serde: bool,
    /// JSON values of any kind occur.
    pub(crate) values: bool,
    /// The features of the rules that types need besides.
    pub(crate) features: Vec<&'static str>,
    /// How many types there are.
    pub(crate) types: usize,
    /// How many lines of Rust there are.
    pub(crate) lines: usize,
    /// Where there are derives for custom attributes: the numbers of the crates that have the pairs.
    pub(crate) attributes: Option<Vec<usize>>,
}

/// The source of the crate of a context.
pub(crate) fn emit(context: &Context<'_>, options: &CrateOptions, manifest: &Manifest) -> Sources {
    let names = root_names(context);
    let mut pieces = Vec::new();
    for (id, item) in context.own_items() {
        let tokens = context.item(id, item);
        let uses_root = uses_root(item, &tokens, &names);
        let text = context.comments.filled_in(&unparse(tokens));
        pieces.push(Piece {
            name: item.name.clone(),
            lines: text.lines().count() + 1,
            text,
            uses_root,
        });
    }
    let types = pieces.len();
    let operations = quote_all(&context.operations());
    let operations_use_root = is_any_named(&operations, &names);
    let operations = context.comments.filled_in(&unparse(operations));
    let uses = Uses::of(context);
    let total: usize = pieces.iter().map(|piece| piece.lines).sum();
    let imports = prettyplease::unparse(&parsed(imports(context, &uses)));
    let text = Text {
        header: options.header("//"),
        docs: crate_docs(context, options),
        imports,
        operations,
        operations_use_root,
    };
    let files = match manifest {
        Manifest::Module => vec![text.module(&options.ident(), &pieces)],
        Manifest::Workspace | Manifest::Standalone { .. } => {
            let grouped = group(&mut pieces, &context.style.modules);
            let rest = match total > LONGEST_FILE {
                true => split(&mut pieces, &grouped),
                false => Vec::new(),
            };
            text.files(&pieces, grouped.into_iter().chain(rest).collect())
        }
    };
    let lines = files.iter().map(|(_, text)| text.lines().count()).sum();
    let mut crates: Vec<usize> = foreign(context);
    crates.sort_unstable();
    crates.dedup();
    Sources {
        files,
        crates,
        serde: uses.serialize,
        values: uses.value,
        features: [("chrono", uses.chrono), ("uuid", uses.uuid)]
            .into_iter()
            .filter_map(|(name, used)| used.then_some(name))
            .collect(),
        types,
        lines,
        attributes: None,
    }
}

/// What the root of a crate has names for: what it imports, and its types.
fn root_names<'a>(context: &'a Context<'_>) -> BTreeSet<&'a str> {
    let imported = context.imported.iter().map(|id| context.items.get(*id));
    let own = context.own_items().into_iter().map(|(_, item)| item);
    imported
        .chain(own)
        .map(|item| item.name.as_str())
        .chain([
            "BTreeMap",
            "Field",
            "JsonRecord",
            "Report",
            "Serialize",
            "Valid",
            "Validate",
            "Value",
            "Violation",
            "Violations",
            "accepts",
            "check",
        ])
        .collect()
}

/// Whether the source of an item names what the root has.
fn uses_root(item: &Item, tokens: &TokenStream, names: &BTreeSet<&str>) -> bool {
    match item.kind {
        // All of them are `Validate`; to look through their tokens is to copy them.
        ItemKind::Record(_) | ItemKind::Union(_) | ItemKind::Newtype(_) | ItemKind::Judged(_) => {
            true
        }
        ItemKind::Pending | ItemKind::Strings(_) | ItemKind::Literals(_) | ItemKind::Alias(_) => {
            is_any_named(tokens, names)
        }
    }
}

/// Whether some source names one of these.
fn is_any_named(tokens: &TokenStream, names: &BTreeSet<&str>) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => {
            let text = ident.to_string();
            names.contains(text.strip_prefix("r#").unwrap_or(&text))
        }
        TokenTree::Group(group) => is_any_named(&group.stream(), names),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn imports(context: &Context<'_>, uses: &Uses) -> TokenStream {
    let mut lines = Vec::new();
    if uses.map {
        lines.push(quote! { use std::collections::BTreeMap; });
    }
    let mut by_crate: Vec<(usize, Vec<&str>)> = Vec::new();
    for id in &context.imported {
        let item = context.items.get(*id);
        let krate = context.crate_of(item.document);
        match by_crate.iter_mut().find(|(known, _)| *known == krate) {
            Some((_, names)) => names.push(&item.name),
            None => by_crate.push((krate, vec![&item.name])),
        }
    }
    by_crate.sort_by(|a, b| context.crates[a.0].cmp(&context.crates[b.0]));
    for (krate, mut names) in by_crate {
        names.sort_unstable();
        let krate = ident(&context.crates[krate]);
        let names = names.into_iter().map(ident);
        lines.push(quote! { pub use #krate::{#(#names),*}; });
    }
    if uses.serialize {
        lines.push(quote! { use serde::Serialize; });
    }
    if uses.value {
        lines.push(quote! { use serde_json::Value; });
    }
    let mut private = Vec::new();
    if uses.record {
        private.push(quote! { JsonRecord });
    }
    if uses.check {
        private.push(quote! { check });
    }
    if uses.accepts {
        private.push(quote! { judge::accepts });
    }
    if !private.is_empty() {
        lines.push(quote! { use specsmith_rules::{#(#private),*}; });
    }
    lines.push(quote! {
        pub use specsmith_rules::{Field, Report, Valid, Validate, Violation, Violations};
    });
    lines.push(quote! {
        #[doc(hidden)]
        pub use specsmith_rules::__private;
    });
    quote! { #(#lines)* }
}

fn foreign(context: &Context<'_>) -> Vec<usize> {
    let mut crates = Vec::new();
    let mut note = |id: ItemId| {
        let krate = context.crate_of(context.items.get(id).document);
        if krate != context.krate {
            crates.push(krate);
        }
    };
    for (_, item) in context.own_items() {
        item.kind
            .each_slot(&mut |slot, _| slot.each_item(&mut note));
    }
    for id in &context.imported {
        note(*id);
    }
    crates
}

fn crate_docs(context: &Context<'_>, options: &CrateOptions) -> String {
    let mut lines = Vec::new();
    for (index, document) in context.model.documents.iter().enumerate() {
        if context.items.crates.get(index) != Some(&context.krate) {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let title = docs::markdown(&document.title).join(" ");
        lines.push(format!("Types of “{title}”."));
        if let Some(description) = &document.description {
            lines.push(String::new());
            lines.extend(docs::markdown(description));
        }
    }
    if lines.is_empty() {
        lines.push(format!("Types of `{}`.", options.name));
    }
    lines
        .iter()
        .map(|line| format!("//! {line}").trim_end().to_owned() + "\n")
        .collect()
}

fn quote_all(streams: &[TokenStream]) -> TokenStream {
    quote! { #(#streams)* }
}

/// The tokens as a file. Those that are written here, with names and numbers in them, always parse;
/// if they did not, the compiler would say so where the text belongs.
pub(crate) fn parsed(tokens: TokenStream) -> syn::File {
    syn::parse2(tokens).unwrap_or_else(|error| {
        let message = format!("{DEFECT}: {error}");
        syn::parse_quote! { compile_error!(#message); }
    })
}

/// How the message begins that stands in place of what is not Rust.
pub const DEFECT: &str = "specsmith wrote what is not Rust";

/// Items as text, a blank line between them.
fn unparse(tokens: TokenStream) -> String {
    let mut text = String::new();
    for item in parsed(tokens).items {
        if !text.is_empty() {
            text.push('\n');
        }
        let one = syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        };
        text.push_str(&aired(&prettyplease::unparse(&one)));
    }
    text
}

/// The text with a blank line behind each function of an `impl`.
fn aired(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut after_function = false;
    for line in text.lines() {
        if after_function && line != "}" {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        after_function = line == "    }" && text.starts_with("impl");
    }
    out
}

/// A file's text with a blank line behind its imports, its items and their functions.
pub(crate) fn spaced(text: &str) -> String {
    let is_use = |line: &str| {
        ["use ", "pub use ", "#[cfg("]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let mut out = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let next = lines.peek().copied().unwrap_or("}");
        let ends_uses = (is_use(line) && line.ends_with(';')) || line == "};";
        let ends_function = line == "    }" && next != "}";
        if line == "}" || ends_function || (ends_uses && !is_use(next)) {
            out.push('\n');
        }
    }
    out
}
