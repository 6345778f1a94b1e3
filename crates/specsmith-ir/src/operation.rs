//! Operations: what is sent where, and what comes back.

use crate::{DocumentId, SchemaId, WireName};

/// Which operation of a [`crate::Model`]: an index into [`crate::Model::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub u32);

/// Which way a value travels. Some rules bind in one direction only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}

/// One operation: a method on a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The document that it stands in.
    pub document: DocumentId,
    /// Who calls whom.
    pub kind: OperationKind,
    /// The method.
    pub method: Method,
    /// The path template as written, such as `/items/{id}`; of a webhook its name, of a callback
    /// the expression that says where it goes.
    pub path: String,
    /// Its operationId, where it has one.
    pub id: Option<WireName>,
    /// What it does, in a few words.
    pub summary: Option<String>,
    /// What it does, in CommonMark.
    pub description: Option<String>,
    /// The groups it belongs to.
    pub tags: Vec<String>,
    /// Should no longer be used.
    pub deprecated: bool,
    /// Its parameters, those of the path item included.
    pub parameters: Vec<Parameter>,
    /// The body of the request, where it takes one.
    pub request: Option<Body>,
    /// The responses, in the order written.
    pub responses: Vec<Response>,
    /// The alternatives of which one must be met; empty: nothing is asked.
    pub security: Vec<Vec<Requirement>>,
}

impl Operation {
    /// `POST /items/{id}`.
    pub fn label(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The operationId, else the method and the path.
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => id.as_str().to_owned(),
            None => self.label(),
        }
    }
}

/// Who calls whom in an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// The client calls a path of the server.
    Path,
    /// The server calls the client, on an event that is arranged elsewhere.
    Webhook,
    /// The server calls the client, because of an operation before.
    Callback {
        /// The operation that brings it about.
        of: OperationId,
        /// The callback's name there.
        name: WireName,
    },
}

/// The methods that OpenAPI knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
}

impl Method {
    /// All of them, in the order of OpenAPI's text.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// One parameter of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: WireName,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// Whether it must be sent.
    pub presence: crate::Presence,
    /// What it is, in CommonMark.
    pub description: Option<String>,
    /// What it holds; `None` where the document does not say.
    pub schema: Option<SchemaId>,
    /// Should no longer be used.
    pub deprecated: bool,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Whether it must be sent.
    pub presence: crate::Presence,
    /// What it is, in CommonMark.
    pub description: Option<String>,
    /// What it may be, by media type, in the order written.
    pub content: Vec<Media>,
}

/// A body of one media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// The media type or range as written, such as `application/json`.
    pub media_type: String,
    /// What it holds; `None` where the document does not say.
    pub schema: Option<SchemaId>,
}

impl Media {
    /// Whether the media type is JSON: `application/json`, `…+json`, with or without parameters.
    pub fn is_json(&self) -> bool {
        let essence = self.media_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
            || essence
                .get(essence.len().saturating_sub(5)..)
                .is_some_and(|end| end.eq_ignore_ascii_case("+json"))
    }
}

/// One response of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// For which status.
    pub status: Status,
    /// What it says, in CommonMark.
    pub description: String,
    /// What it may be, by media type, in the order written.
    pub content: Vec<Media>,
    /// Its headers, in the order written.
    pub headers: Vec<Header>,
}

/// One header of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: WireName,
    /// Whether every such response has it.
    pub presence: crate::Presence,
    /// What it is, in CommonMark.
    pub description: Option<String>,
    /// What it holds; `None` where the document does not say.
    pub schema: Option<SchemaId>,
    /// Should no longer be used.
    pub deprecated: bool,
}

/// For which HTTP status a response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status, such as 404.
    Code(u16),
    /// A hundred of them: 4 for `4XX`.
    Range(u8),
    /// Every status that is not listed.
    Default,
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundred) => write!(f, "{hundred}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A security scheme that must be met, with the scopes asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The name of the scheme.
    pub scheme: WireName,
    /// The scopes asked for.
    pub scopes: Vec<String>,
}
