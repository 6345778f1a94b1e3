//! About: what the doc comment of a type says.

use proc_macro2::TokenStream;

use super::{Context, docs};
use crate::items::Item;
use crate::words::{pascal, words};

impl Context<'_> {
    /// The words of its schema, else its name and what it is in general; then the rules and notes.
    pub(crate) fn about(&self, item: &Item, what: Option<&str>, rules: String) -> TokenStream {
        let what = match (what, item.words.differ) {
            (Some(what), _) => format!(": {what}"),
            (None, true) => ": the type of several places".to_owned(),
            (None, false) => String::new(),
        };
        let schema = self.other_name(item).map(docs::code);
        let described = item.words.description.is_some() || item.words.title.is_some();
        let mut facts = Vec::new();
        let mut name = format!("`{}`", item.name);
        match schema {
            Some(schema) if described => facts.push(format!("The schema {schema}.")),
            Some(schema) => name = format!("{name}, the schema {schema}"),
            None => {}
        }
        facts.extend(Some(rules).filter(|it| !it.is_empty()));
        if item.words.deprecated {
            facts.push(docs::DEPRECATED.to_owned());
        }
        let otherwise = format!("{name}{what}.");
        let lines = docs::lines(&item.words, &otherwise, &facts.join(" "));
        self.comments.stand_in(lines)
    }

    /// What the specification calls the type, where that cannot be told from the name in Rust.
    pub(crate) fn other_name(&self, item: &Item) -> Option<&str> {
        let definition = self.model.definition_of(item.definition?)?;
        let name = definition.name.as_str();
        (pascal(&words(name)) != item.name).then_some(name)
    }
}
