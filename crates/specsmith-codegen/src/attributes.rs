//! Custom attributes: which lists of a specification are lists of names and values, and the crate
//! with the derives that know their limits.
//!
//! A list of attributes is an array of records with a string for a name and a string for a value
//! and nothing else. It is found by that shape, or named in the configuration.

mod find;
mod krate;
mod module;
mod options;

use specsmith_diagnostics::{Code, Finding, Level};
use specsmith_ir::Model;

use crate::build::Items;
use crate::file_tree::FileTree;
use crate::items::ItemId;
use crate::options::{CrateSource, Options};
use crate::rust::{Context, Sources};
use crate::view::StringView;

pub(crate) const NO_LIST: Code = Code("config/no-attribute-list");

/// What is generated for custom attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributesOptions {
    /// The name of the crate with the derives.
    pub name: String,
    /// Its folder, relative to where the tree is written.
    pub folder: String,
    /// The lists that are lists of attributes; found by their shape where none are named.
    pub lists: Option<Vec<AttributeList>>,
}

/// A list of attributes, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeList {
    /// The definition that is the list, or the pair in it.
    pub definition: String,
    /// The properties of a pair that hold its name and its value.
    pub keys: [String; 2],
}

/// The lists of a model, and what has them.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    pub(crate) lists: Vec<List>,
    pub(crate) entities: Vec<Entity>,
    /// The crates in which derives can find their pairs, by number.
    roots: Vec<usize>,
}

/// A list of pairs, with its limits.
#[derive(Debug, PartialEq)]
pub(crate) struct List {
    pub(crate) pair: ItemId,
    pub(crate) keys: [String; 2],
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) name: StringView,
    pub(crate) value: StringView,
    /// The property that the first entity holds it in.
    pub(crate) property: String,
}

/// A record with such a list.
#[derive(Debug)]
pub(crate) struct Entity {
    pub(crate) item: ItemId,
    /// What it can be called.
    pub(crate) names: Vec<String>,
    pub(crate) property: String,
    /// By the number of its list.
    pub(crate) list: usize,
    pub(crate) fields: Vec<String>,
}

impl Attributes {
    /// Finds the lists of a model.
    pub(crate) fn of(
        model: &Model,
        items: &Items,
        options: &Options,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let Some(wanted) = &options.attributes else {
            return Self::default();
        };
        let mut found = find::find(model, items, wanted.lists.as_deref());
        for list in wanted.lists.iter().flatten() {
            if !found.named.contains(&list.definition) {
                let [name, value] = &list.keys;
                let message = format!(
                    "`{}` is no list of records with the strings `{name}` and `{value}`",
                    list.definition
                );
                findings.push(Finding::new(NO_LIST, Level::Deny, message));
            }
        }
        // In the order of the document: the first list is the one meant where none is named.
        found.attributes.entities.sort_by_key(|it| it.item);
        found.attributes
    }

    /// Adds the module for custom attributes to a crate that has pairs.
    pub(crate) fn add_to(
        &mut self,
        context: &Context<'_>,
        options: &Options,
        sources: &mut Sources,
    ) {
        let Some(derives) = &options.attributes else {
            return;
        };
        let has = |list: &List| {
            let home = context.crate_of(context.items.get(list.pair).document);
            home == context.krate || context.imported.contains(&list.pair)
        };
        if self.lists.iter().any(has) {
            module::add_to(self, context, options, derives, sources);
            self.roots.push(context.krate);
        }
    }

    /// The crate with the derives, where there is any list.
    pub(crate) fn emit(&self, items: &Items, options: &Options, tree: &mut FileTree) {
        if let Some(derives) = &options.attributes
            && !self.roots.is_empty()
        {
            let sources = self.sources(items, options);
            krate::emit(self, items, options, derives, &sources, tree);
        }
    }

    /// The documents that lists and entities stand in.
    fn sources(&self, items: &Items, options: &Options) -> Vec<CrateSource> {
        let pairs = self.lists.iter().map(|list| list.pair);
        let owners = self.entities.iter().map(|entity| entity.item);
        let mut crates: Vec<usize> = pairs
            .chain(owners)
            .filter_map(|id| {
                let document = items.get(id).document.0 as usize;
                items.crates.get(document).copied()
            })
            .collect();
        crates.sort_unstable();
        crates.dedup();
        crates
            .into_iter()
            .filter_map(|index| options.crates.get(index))
            .flat_map(|krate| krate.sources.clone())
            .collect()
    }
}

/// The name of a derive for one crate; each finds the runtime and the pairs there.
fn derive_name(derive: &str, krate: &str) -> String {
    let words = crate::words::words(krate);
    format!("{derive}In{}", crate::words::pascal(&words))
}
