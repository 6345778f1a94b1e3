//! About: what the doc comment of a type says.

use proc_macro2::TokenStream;

use super::{Context, docs};
use crate::items::Item;

impl Context<'_> {
    /// The words of its schema, else its name and what it is in general; then the rules and notes.
    pub(crate) fn about(&self, item: &Item, what: Option<&str>, rules: String) -> TokenStream {
        let what = match (what, item.words.differ) {
            (Some(what), _) => format!(": {what}"),
            (None, true) => ": the type of several places".to_owned(),
            (None, false) => String::new(),
        };
        let otherwise = format!("`{}`{what}.", item.name);
        let mut facts = vec![rules];
        if item.words.deprecated {
            facts.push("Deprecated.".to_owned());
        }
        facts.retain(|it| !it.is_empty());
        docs::attributes(&docs::lines(&item.words, &otherwise, &facts.join(" ")))
    }
}
