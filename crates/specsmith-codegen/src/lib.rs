//! From the meaning of an OpenAPI document to Rust crates and their documentation.
//!
//! [`emit`] is pure: a model and options give a [`FileTree`]. [`write()`] brings a tree to the disk,
//! whole or not at all. [`generate()`] does the whole way from the documents of a configuration.
#![forbid(unsafe_code)]

mod adapt;
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
mod listed;
mod literal;
mod manifest;
mod names;
mod never;
mod options;
mod pages;
mod path;
mod reach;
mod rust;
mod select;
mod shape;
mod spoken;
mod style;
mod union;
mod view;
mod words;
mod write;

use specsmith_diagnostics::CodeInfo;
pub use specsmith_diagnostics::{Finding, Level};

pub use attributes::{AttributeList, AttributesOptions};
pub use config::{Config, ConfigError, is_crate_name};
pub use emit::{DefinedType, Stats, emit, emit_with_stats};
pub use file_tree::FileTree;
pub use generate::{Generated, generate, generate_crate, generate_crate_with, generate_module};
pub use options::{CrateOptions, CrateSource, MARK, Manifest, Options};
pub use rust::DEFECT;
pub use style::{Formats, Integers, Messages, Nullable, Style, UnknownFields};
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
        code: emit::SELECTION,
        level: Level::Deny,
        summary: "a schema or an operation is asked for that the specification does not have",
        explanation: "`schemas` and `operations`, on the command line or under `[codegen]`, name \
            definitions, and operations by operationId or by method and path (`POST /items`).",
    },
    CodeInfo {
        code: emit::RENAME,
        level: Level::Deny,
        summary: "`[codegen.rename]` gives a name that cannot be given",
        explanation: "Each key names a type, a field or a variant (`Pet`, `Pet.petType`, \
            `Order.ASC`), and no two types of a crate, fields of a type or variants of an enum may \
            have one name.",
    },
];
