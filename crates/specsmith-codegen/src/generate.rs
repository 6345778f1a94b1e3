//! Generation: documents on the disk to a file tree, the whole way.
//!
//! What `xtask`, the binary and a `build.rs` call.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use specsmith_diagnostics::{Finding, Level};
use specsmith_source::{Disk, Limits, Lowered, Specification, load, lower};

use crate::config::Config;
use crate::emit::{Remains, Stats, emit_from};
use crate::file_tree::FileTree;
use crate::options::{CrateOptions, CrateSource, Manifest, Options};
use crate::style::Style;

/// What generation gives.
///
/// It holds on to what it was made from, since letting go of it piece by piece takes a while for a
/// large document. A program that ends anyway may [`forget`](std::mem::forget) it.
#[derive(Debug)]
pub struct Generated {
    /// The files; empty where the documents could not be understood at all.
    pub tree: FileTree,
    /// What is wrong with the documents, and what could not be said in Rust.
    pub findings: Vec<Finding>,
    /// The figures.
    pub stats: Stats,
    /// Kept, not used.
    _remains: Option<Remains<'static>>,
}

impl Generated {
    /// Whether anything stands in the way of using the tree.
    pub fn is_broken(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.level == Level::Deny)
    }
}

/// The crates of a configuration. `root` is the folder that its paths are relative to.
pub fn generate(config: &Config, root: &Path) -> Generated {
    let paths: Vec<PathBuf> = config
        .crates
        .iter()
        .map(|(document, _)| root.join(document))
        .collect();
    let (specification, findings) = load(&paths, &Disk, &Limits::default());
    let Some(specification) = specification else {
        return Generated {
            tree: FileTree::default(),
            findings,
            stats: Stats::default(),
            _remains: None,
        };
    };
    let mut options = Options {
        crates: Vec::new(),
        manifest: config.manifest.clone(),
        json_schema: config.json_schema,
        style: config.style.clone(),
        attributes: config.attributes.clone(),
    };
    for ((label, name), path) in config.crates.iter().zip(&paths) {
        let Some(source) = source(&specification, path, label) else {
            continue;
        };
        match options.crates.iter_mut().find(|it| it.name == *name) {
            Some(krate) => krate.sources.push(source),
            None => options.crates.push(CrateOptions {
                name: name.clone(),
                folder: format!("{}/{name}", config.folder),
                sources: vec![source],
            }),
        }
    }
    let mut generated = finish(specification, &options, findings);
    generated.tree.shelves.push(config.folder.clone());
    generated
}

/// One crate from documents anywhere, in a folder of that name; the tree is relative to the folder
/// around it. Documents that they refer to go into the same crate.
pub fn generate_crate(documents: &[PathBuf], name: &str, manifest: Manifest) -> Generated {
    generate_crate_with(documents, name, manifest, &Style::default())
}

/// The same in a style of one's own.
pub fn generate_crate_with(
    documents: &[PathBuf],
    name: &str,
    manifest: Manifest,
    style: &Style,
) -> Generated {
    one(documents, name, manifest, style)
}

/// One file, `<name>.rs`, that holds the module `<name>`, for a `build.rs` to write into `OUT_DIR`
/// and the crate to `include!`.
pub fn generate_module(documents: &[PathBuf], name: &str, style: &Style) -> Generated {
    one(documents, name, Manifest::Module, style)
}

fn one(documents: &[PathBuf], name: &str, manifest: Manifest, style: &Style) -> Generated {
    let (specification, findings) = load(documents, &Disk, &Limits::default());
    let Some(specification) = specification else {
        return Generated {
            tree: FileTree::default(),
            findings,
            stats: Stats::default(),
            _remains: None,
        };
    };
    let sources = documents
        .iter()
        .filter_map(|path| {
            let label = path.file_name()?.to_string_lossy().into_owned();
            source(&specification, path, &label)
        })
        .collect();
    let options = Options {
        crates: vec![CrateOptions {
            name: name.to_owned(),
            folder: name.to_owned(),
            sources,
        }],
        manifest,
        json_schema: false,
        style: style.clone(),
        attributes: None,
    };
    finish(specification, &options, findings)
}

/// The documents, and where each schema stands in them, are let go before anything is written: they
/// are the most of what a large document takes.
fn finish(
    specification: Specification,
    options: &Options,
    mut findings: Vec<Finding>,
) -> Generated {
    let Lowered {
        model,
        findings: more,
        ..
    } = lower(&specification);
    drop(specification);
    findings.extend(more);
    let emitted = emit_from(Cow::Owned(model), options);
    findings.extend(emitted.findings);
    Generated {
        tree: emitted.tree,
        findings,
        stats: emitted.stats,
        _remains: Some(emitted.remains),
    }
}

fn source(specification: &Specification, path: &Path, label: &str) -> Option<CrateSource> {
    let (_, document) = specification.document_at(path)?;
    let text = specification.sources.get(document.source).text();
    Some(CrateSource {
        document: document.name.as_str().to_owned(),
        label: label.to_owned(),
        sha256: hexadecimal(&Sha256::digest(text.as_bytes())),
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
