//! What an OpenAPI document means, apart from how it is written.
//!
//! No I/O, no Rust identifiers, no keyword spellings and no positions: two spellings of one meaning
//! lower to the same [`Schema`], and where each rule was written is kept beside the model, in
//! [`Origins`].
//!
//! JSON Schema's keywords speak to types one by one (`{maxLength: 5}` accepts any number), so a
//! [`Schema`] says it that way: [`ByType`] holds, for each of the six types of JSON, whether it is
//! accepted and by which rules.
#![forbid(unsafe_code)]

mod literal;
mod model;
mod notes;
mod operation;
mod origins;
mod schema;

pub use literal::Literal;
pub use model::{
    Definition, Dialect, Document, DocumentId, Home, Model, Resource, ResourceId, SchemaId,
    SecurityScheme, SecuritySchemeKind, Server, Step, WireName,
};
pub use notes::{Discriminator, Notes};
pub use operation::{
    Body, Direction, Header, Media, Method, Operation, OperationId, OperationKind, Parameter,
    ParameterPlace, Requirement, Response, Status,
};
pub use origins::{Facet, Origins};
pub use schema::{
    Access, Applied, ByType, Contains, ListRules, NumberRules, Numbers, PatternProperty, Presence,
    Property, RecordRules, Rest, Schema, StringRules,
};
pub use specsmith_decimal::Decimal;
