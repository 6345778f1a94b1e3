//! From the meaning of an OpenAPI document to Rust crates and their documentation.
//!
//! [`emit`] is pure: a model and options give a [`FileTree`]. [`write()`] brings a tree to the disk,
//! whole or not at all. [`generate()`] does the whole way from the documents of a configuration.
#![forbid(unsafe_code)]

mod attributes;
mod build;
mod children;
mod config;
mod dynamic;
mod emit;
mod facts;
mod file_tree;
mod generate;
mod items;
mod json_schema;
mod kinds;
mod literal;
mod manifest;
mod names;
mod options;
mod pages;
mod reach;
mod rust;
mod shape;
mod spoken;
mod union;
mod view;
mod words;
mod write;

use specsmith_diagnostics::{CodeInfo, Level};

pub use attributes::{AttributeList, AttributesOptions};
pub use config::{Config, ConfigError};
pub use emit::{Stats, emit, emit_with_stats};
pub use file_tree::FileTree;
pub use generate::{Generated, generate, generate_crate};
pub use options::{CrateOptions, CrateSource, MARK, Manifest, Options};
pub use write::{Change, ChangeKind, Mode, Outcome, write};

/// The codes that emission raises.
pub const CODES: &[CodeInfo] = &[
    CodeInfo {
        code: emit::CRATE_CIRCLE,
        level: Level::Deny,
        summary: "crates would depend on each other in a circle",
        explanation: "Each document becomes a crate, and a reference into another document a \
            dependency on its crate. Documents that refer to each other in a circle must share one: \
            give them the same name in `[codegen.crates]`.",
    },
    CodeInfo {
        code: attributes::NO_LIST,
        level: Level::Deny,
        summary: "there is no list of attributes of a name that the configuration has",
        explanation: "`lists` under `[codegen.attributes]` names the definitions that are lists of \
            attributes: arrays of objects with a string for a name and a string for a value and \
            nothing else. Where the two are called otherwise than `name` and `value`, say so: \
            `{ list = \"Labels\", name = \"key\", value = \"text\" }`.",
    },
    CodeInfo {
        code: emit::UNTYPED,
        level: Level::Warn,
        summary: "no Rust type says all that a schema says",
        explanation: "The generated type accepts more than the schema does. `specsmith validate` \
            checks every rule all the same.",
    },
    CodeInfo {
        code: emit::NOT_RUST,
        level: Level::Deny,
        summary: "what was generated is not Rust",
        explanation: "This is a defect of Specsmith, not of the specification. Please report it \
            with the schema that it names.",
    },
];
