//! Layout: which piece of source stands in which file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::names::{Scope, ident};

/// How long each of several files should be.
const GOOD_FILE: usize = 1_500;
/// Names that a module may not have, since the sources mean something else by them.
const TAKEN: [&str; 12] = [
    "operations",
    "attributes",
    "lib",
    "main",
    "mod",
    "std",
    "core",
    "serde",
    "serde_json",
    "specsmith_rules",
    "accepts",
    "check",
];
/// What clippy would say of other people's descriptions and types.
const ALLOWED: &str =
    "clippy::doc_lazy_continuation, clippy::doc_overindented_list_items, clippy::type_complexity";

/// One piece of source and what it is called.
pub(crate) struct Piece {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) lines: usize,
    /// It names what the root has.
    pub(crate) uses_root: bool,
}

/// One of several files.
pub(crate) struct Module {
    name: String,
    says: String,
    pieces: Vec<Piece>,
}

/// What stands around the pieces.
pub(crate) struct Text {
    pub(crate) header: String,
    pub(crate) docs: String,
    pub(crate) imports: String,
    pub(crate) operations: String,
    /// The operations name what the root has.
    pub(crate) operations_use_root: bool,
}

/// What a file begins with that is no root.
const INNER: &str = "#![cfg_attr(rustfmt, rustfmt_skip)]\n";
/// How the others come by the names of the root.
const USE_ROOT: &str = "use super::*;\n";

impl Text {
    /// The files of a crate: the root with those pieces, and the modules.
    pub(crate) fn files(&self, pieces: &[Piece], modules: Vec<Module>) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut lib = format!(
            "{INNER}{}{}#![forbid(unsafe_code)]\n#![allow({ALLOWED})]\n\n{}",
            self.header, self.docs, self.imports
        );
        for piece in pieces {
            lib.push('\n');
            lib.push_str(&piece.text);
        }
        if !modules.is_empty() {
            lib.push('\n');
            for module in &modules {
                let _ = writeln!(lib, "mod {};", ident(&module.name));
            }
            lib.push('\n');
            for module in &modules {
                let _ = writeln!(lib, "pub use {}::*;", ident(&module.name));
            }
        }
        if !self.operations.trim().is_empty() {
            lib.push_str("\npub mod operations;\n");
            let text = format!("{INNER}{}{}", self.header, self.inner_operations());
            files.push(("src/operations.rs".to_owned(), text));
        }
        for module in modules {
            let mut text = format!("{INNER}{}//! {}\n", self.header, module.says);
            if module.pieces.iter().any(|piece| piece.uses_root) {
                let _ = write!(text, "\n{USE_ROOT}");
            }
            for piece in module.pieces {
                text.push('\n');
                text.push_str(&piece.text);
            }
            files.push((format!("src/{}.rs", module.name), text));
        }
        files.push(("src/lib.rs".to_owned(), lib));
        files
    }

    /// One file that holds a module of that name.
    pub(crate) fn module(&self, name: &str, pieces: &[Piece]) -> (String, String) {
        let mut text = format!(
            "{}#[rustfmt::skip]\n#[allow({ALLOWED})] // descriptions are the specification's\npub mod {} {{\n{}\n{}",
            self.header,
            ident(name),
            self.docs,
            self.imports
        );
        for piece in pieces {
            text.push('\n');
            text.push_str(&piece.text);
        }
        if !self.operations.trim().is_empty() {
            let _ = write!(
                text,
                "\npub mod operations {{\n{}}}\n",
                self.inner_operations()
            );
        }
        text.push_str("}\n");
        (format!("{name}.rs"), text)
    }

    fn inner_operations(&self) -> String {
        let mut text = "//! The operations, one constant each.\n\n".to_owned();
        text.push_str("use specsmith_rules::Operation;\n\n");
        if self.operations_use_root {
            let _ = writeln!(text, "{USE_ROOT}");
        }
        text.push_str(&self.operations);
        text
    }
}

/// The modules that the style asks for; their pieces are taken out of the others.
pub(crate) fn group(
    pieces: &mut Vec<Piece>,
    modules: &BTreeMap<String, Vec<String>>,
) -> Vec<Module> {
    let mut grouped = Vec::new();
    for (name, types) in modules {
        let (taken, left) = std::mem::take(pieces)
            .into_iter()
            .partition(|piece| types.iter().any(|it| is_meant(it, &piece.name)));
        *pieces = left;
        let taken: Vec<Piece> = taken;
        if !taken.is_empty() {
            grouped.push(Module {
                name: name.clone(),
                says: format!("The types of `{name}`."),
                pieces: taken,
            });
        }
    }
    grouped
}

fn is_meant(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

/// Files of a size that people can open, by name, so that what belongs together stays together.
pub(crate) fn split(pieces: &mut Vec<Piece>, beside: &[Module]) -> Vec<Module> {
    let mut pieces = std::mem::take(pieces);
    pieces.sort_by(|a, b| a.name.cmp(&b.name));
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    let mut room = 0;
    for piece in pieces {
        if room < piece.lines {
            groups.push(Vec::new());
            room = GOOD_FILE;
        }
        room = room.saturating_sub(piece.lines);
        if let Some(group) = groups.last_mut() {
            group.push(piece);
        }
    }
    let mut scope = Scope::default();
    for taken in TAKEN
        .into_iter()
        .chain(beside.iter().map(|it| it.name.as_str()))
    {
        scope.take(taken);
    }
    groups
        .into_iter()
        .filter_map(|pieces| {
            let (first, last) = (pieces.first()?, pieces.last()?);
            let name = scope.field(&first.name);
            let says = format!("Types from `{}` to `{}`.", first.name, last.name);
            Some(Module { name, says, pieces })
        })
        .collect()
}
