//! From the text of an OpenAPI document to its meaning.
//!
//! [`load`] reads documents and follows their references to other files; [`lower`] turns what was
//! read into a [`specsmith_ir::Model`], and remembers in [`specsmith_ir::Origins`] where each rule
//! is written. Both return what could be understood together with findings on what could not.
//!
//! # How documents are read
//! - 3.0, 3.1 and, with a finding, 3.2 as 3.1. A document that is only referred to and says no
//!   version is of that of the document that refers to it.
//! - A keyword whose value cannot be (`minLength: -1`, `type: [string]` in 3.0) counts as absent, as
//!   a whole. So does a keyword that the version does not know.
//! - 3.0: beside `$ref` only `title`, `description` and `deprecated` count. `nullable` needs a `type`
//!   beside it; then null is accepted, also beside an `enum` that does not list it.
//! - A reference inside a schema with `$id` is meant from there, else from its document.
//! - A reference that leads to nothing accepts any value. So does the one that closes a circle of
//!   schemas which all speak about the same value.
//! - `readOnly` and `writeOnly` count where the schema of a property says so, or one that it refers
//!   to. A property that is both need not be sent by anybody.
//! - A schema that only references lead to, where no schema is expected (a file of its own, an
//!   `x-…` entry), is a definition, by the last step of the way to it.
//! - Webhooks and callbacks are operations, told apart by [`specsmith_ir::OperationKind`]; path items
//!   and callbacks among the components count where something refers to them.
//! - The place of a rule is that of its key; that of [`specsmith_ir::Facet::Whole`] is the schema.
#![forbid(unsafe_code)]

mod code;
mod fetch;
mod keyword;
mod limits;
mod links;
mod load;
mod lower;
mod notes;
mod openapi;
mod packed;
mod payload;
mod resolve;
mod specification;
mod uri;
mod version;
mod walk;
mod yaml;

pub use code::CODES;
pub use fetch::{Disk, Embedded, Fetch};
pub use keyword::{KEYWORDS, Keyword};
pub use limits::Limits;
pub use load::load;
pub use lower::{Lowered, lower};
pub use packed::{pack, unpack};
pub use payload::{read_yaml, write_yaml};
pub use specification::{Document, Specification};
pub use yaml::SPACE_BEHIND_DASH;
