//! What a schema says to people and to tools, and that no verdict depends on.

use crate::{Literal, SchemaId, WireName};

/// The annotations of one schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// A short name for people.
    pub title: Option<String>,
    /// What the value is, in CommonMark.
    pub description: Option<String>,
    /// The value that the receiver takes where none is sent.
    pub default: Option<Literal>,
    /// Examples, in the order written.
    pub examples: Vec<Literal>,
    /// Should no longer be used.
    pub deprecated: bool,
    /// Only ever sent by the server.
    pub read_only: bool,
    /// Only ever sent by the client.
    pub write_only: bool,
    /// Which property tells the branches of a union apart.
    pub discriminator: Option<Discriminator>,
    /// Something that it asks could not be read, such as a reference that leads to nothing; it
    /// accepts what that would have refused.
    pub unread: bool,
    /// How the string encodes binary data, such as `base64`.
    pub content_encoding: Option<String>,
    /// The media type of the string's content.
    pub content_media_type: Option<String>,
    /// The `x-…` entries, in the order written.
    pub extensions: Vec<(WireName, Literal)>,
}

/// Which property tells the branches of a union apart. It picks a type and never replaces a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The property that is looked at.
    pub property: WireName,
    /// Which value names which schema; values that are not listed name a definition.
    pub mapping: Vec<(String, SchemaId)>,
}
