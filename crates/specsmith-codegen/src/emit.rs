//! Emission: from the model to the files of all crates.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use specsmith_diagnostics::{Code, Finding, Level};
use specsmith_ir::{Direction, DocumentId, Model, SchemaId};

use crate::adapt::adapt;
use crate::attributes::Attributes;
use crate::build::{Items, build};
use crate::dynamic::specialised;
use crate::file_tree::FileTree;
use crate::items::ItemId;
use crate::listed::listed;
use crate::options::{Manifest, Options};
use crate::rust::{self, Context, Shared};
use crate::select::select;
use crate::{json_schema, manifest, pages};

/// What emission is worth reporting in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// How many schemas the model has.
    pub schemas: usize,
    /// How many types were written.
    pub types: usize,
    /// How many lines of Rust were written.
    pub lines: usize,
    /// How many schemas are a JSON value of any kind, since they accept every value.
    pub any_by_spec: usize,
    /// How many schemas have become a JSON value for want of a type that says what they say.
    pub any_fallback: usize,
    /// Where those stand.
    pub refused: Vec<String>,
    /// The types of definitions, in the order in which definitions are written.
    pub definitions: Vec<DefinedType>,
}

/// The type that a definition has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedType {
    /// Which schema of the model the definition is.
    pub schema: SchemaId,
    /// What the type is for, where the definition means something else in the other direction.
    pub direction: Option<Direction>,
    /// Its name in Rust.
    pub name: String,
    /// The schema accepts null too, which the type itself leaves out.
    pub or_null: bool,
}

/// The files of all crates. Pure: the same model and options give the same bytes.
///
/// The tree is always usable; what could not be said is a finding.
pub fn emit(model: &Model, options: &Options) -> (FileTree, Vec<Finding>) {
    let emitted = emit_from(Cow::Borrowed(model), options);
    (emitted.tree, emitted.findings)
}

/// The same, with figures.
pub fn emit_with_stats(model: &Model, options: &Options) -> (FileTree, Vec<Finding>, Stats) {
    let emitted = emit_from(Cow::Borrowed(model), options);
    (emitted.tree, emitted.findings, emitted.stats)
}

/// What emission gives.
pub(crate) struct Emitted<'m> {
    pub(crate) tree: FileTree,
    pub(crate) findings: Vec<Finding>,
    pub(crate) stats: Stats,
    pub(crate) remains: Remains<'m>,
}

/// What was emitted from.
pub(crate) struct Remains<'m> {
    _model: Cow<'m, Model>,
    _items: Items,
}

impl fmt::Debug for Remains<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remains").finish_non_exhaustive()
    }
}

/// The same from a model that need not be copied to be changed.
pub(crate) fn emit_from<'m>(model: Cow<'m, Model>, options: &Options) -> Emitted<'m> {
    let mut findings = Vec::new();
    let mut tree = FileTree::default();
    let schemas = model.schemas.len();
    let mut whole = specialised(model);
    let (selected, unknown) = select(&whole, &options.style);
    findings.extend(unknown);
    let mut listed = listed(&whole);
    listed.swap(&mut whole);
    let mut items = build(
        &whole,
        &listed.spoken,
        crates_of_documents(&whole, options),
        &options.style,
        &selected,
    );
    listed.swap(&mut whole);
    let model = &*whole;
    findings.extend(adapt(model, &mut items, &options.style));
    let refused = refused(model, &items);
    let mut stats = Stats {
        schemas,
        any_by_spec: model.schemas.iter().filter(|it| it.is_any()).count(),
        any_fallback: refused.len(),
        refused: refused.iter().cloned().collect(),
        definitions: defined(&items),
        ..Stats::default()
    };
    findings.extend(refused.iter().map(|place| {
        Finding::new(
            UNTYPED,
            Level::Warn,
            format!("no Rust type says all that the schema at {place} says"),
        )
        .with_help("the validator checks it all the same")
    }));
    let names: Vec<String> = options.crates.iter().map(|it| it.ident()).collect();
    let shared = Shared::new(&items);
    let mut attributes = Attributes::of(model, &items, options, &mut findings);
    let mut uses: Vec<Vec<usize>> = Vec::new();
    for (index, krate) in options.crates.iter().enumerate() {
        let context = Context::new(model, &items, index, &names, &shared, &options.style);
        let mut sources = rust::emit(&context, krate, &options.manifest);
        attributes.add_to(&context, options, &mut sources);
        stats.types += sources.types;
        stats.lines += sources.lines;
        uses.push(sources.crates.clone());
        let folder = &krate.folder;
        if options.manifest == Manifest::Module {
            for (path, text) in &sources.files {
                tree.add(path.clone(), text);
            }
            continue;
        }
        tree.add(
            format!("{folder}/Cargo.toml"),
            &manifest::manifest(model, options, index, &sources),
        );
        tree.add(
            format!("{folder}/README.md"),
            &pages::readme(&context, krate),
        );
        tree.add(
            format!("{folder}/reference.md"),
            &pages::reference(&context, krate),
        );
        for (path, text) in &sources.files {
            tree.add(format!("{folder}/{path}"), text);
        }
        if options.json_schema {
            for (path, text) in json_schema::documents(&context, krate) {
                tree.add(format!("{folder}/schemas/{path}"), &text);
            }
        }
        tree.folders.push(folder.clone());
    }
    attributes.emit(&items, options, &mut tree);
    if let Some(circle) = circle(&uses) {
        let names: Vec<&str> = circle
            .iter()
            .filter_map(|index| options.crates.get(*index))
            .map(|krate| krate.name.as_str())
            .collect();
        findings.push(
            Finding::new(
                CRATE_CIRCLE,
                Level::Deny,
                format!(
                    "the crates `{}` would depend on each other",
                    names.join("`, `")
                ),
            )
            .with_help("give their documents one crate"),
        );
    }
    Emitted {
        tree,
        findings,
        stats,
        remains: Remains {
            _model: whole,
            _items: items,
        },
    }
}

pub(crate) const CRATE_CIRCLE: Code = Code("config/crate-circle");
pub(crate) const SELECTION: Code = Code("config/unknown-selection");
pub(crate) const RENAME: Code = Code("config/impossible-rename");
pub(crate) const UNTYPED: Code = Code("model/untyped");

/// For each document the number of its crate.
fn crates_of_documents(model: &Model, options: &Options) -> Vec<usize> {
    let of_document = |name: &str| {
        options
            .crates
            .iter()
            .position(|krate| krate.sources.iter().any(|source| source.document == name))
    };
    model
        .documents
        .iter()
        .map(|document| of_document(document.name.as_str()).unwrap_or(0))
        .collect()
}

/// The types of definitions, in the order written.
fn defined(items: &Items) -> Vec<DefinedType> {
    let mut defined: Vec<_> = items.definitions.iter().collect();
    defined.sort_by_key(|(_, id)| **id);
    let of = |(&(schema, direction), id): (&(SchemaId, Direction), &ItemId)| {
        let item = items.get(*id);
        DefinedType {
            schema,
            direction: items.one_way.contains(&schema).then_some(direction),
            name: item.name.clone(),
            or_null: item.or_null,
        }
    };
    defined.into_iter().map(of).collect()
}

/// Where the schemas stand that no type says all of.
fn refused(model: &Model, items: &Items) -> BTreeSet<String> {
    let known = items
        .refused
        .iter()
        .filter(|it| (it.0 as usize) < model.schemas.len());
    known.map(|schema| pages::place(model, *schema)).collect()
}

/// A circle among the crates, if there is one.
fn circle(uses: &[Vec<usize>]) -> Option<Vec<usize>> {
    let leads = |from: usize, to: usize| {
        let mut seen = vec![false; uses.len()];
        let mut ahead = uses[from].clone();
        while let Some(next) = ahead.pop() {
            if next == to {
                return true;
            }
            match seen.get_mut(next) {
                Some(flag) if !*flag => {
                    *flag = true;
                    ahead.extend(uses.get(next).into_iter().flatten());
                }
                Some(_) | None => {}
            }
        }
        false
    };
    let circle: Vec<usize> = (0..uses.len())
        .filter(|index| leads(*index, *index))
        .collect();
    (!circle.is_empty()).then_some(circle)
}

/// The documents of one crate.
pub(crate) fn documents_of(model: &Model, items: &Items, krate: usize) -> Vec<DocumentId> {
    (0_u32..)
        .zip(&model.documents)
        .filter(|(index, _)| items.crates.get(*index as usize) == Some(&krate))
        .map(|(index, _)| DocumentId(index))
        .collect()
}
