//! From the text of an OpenAPI document to its meaning.
//!
//! [`load`] reads documents and follows their references to other files; [`lower`] turns what was
//! read into a [`specsmith_ir::Model`], and remembers in [`specsmith_ir::Origins`] where each rule
//! is written. Both return what could be understood together with findings on what could not.
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
pub use lower::{Lowered, Sample, SampleKind, lower};
pub use payload::read_yaml;
pub use specification::{Document, Specification};
