//! The whole of what a set of documents says: schemas, operations, security.

use crate::{Operation, OperationId, Schema};

/// A name exactly as the specification spells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName(pub String);

impl WireName {
    /// The name as the specification spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for WireName {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl std::fmt::Display for WireName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which schema of a [`Model`]: an index into [`Model::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// Which document of a [`Model`]: an index into [`Model::documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Which schema resource of a [`Model`]: an index into [`Model::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub u32);

/// What one or several documents mean together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// The documents, those asked for first, then those they refer to.
    pub documents: Vec<Document>,
    /// Every schema once for each place where one stands; equal schemas are not merged.
    pub schemas: Vec<Schema>,
    /// Where each schema stands, one for each of [`Model::schemas`].
    pub homes: Vec<Home>,
    /// The schemas that documents define by name, in the order written.
    pub definitions: Vec<Definition>,
    /// The operations, in the order written.
    pub operations: Vec<Operation>,
    /// The scopes in which dynamic references are resolved.
    pub resources: Vec<Resource>,
}

impl Model {
    /// The schema of that index.
    ///
    /// # Panics
    /// If `id` is of another model.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0 as usize]
    }

    /// Where the schema of that index stands.
    ///
    /// # Panics
    /// If `id` is of another model.
    pub fn home(&self, id: SchemaId) -> &Home {
        &self.homes[id.0 as usize]
    }

    /// The document of that index.
    ///
    /// # Panics
    /// If `id` is of another model.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// The definition that a schema is, where it is one.
    pub fn definition_of(&self, id: SchemaId) -> Option<&Definition> {
        match self.home(id) {
            Home::Definition(index) => self.definitions.get(*index as usize),
            Home::Within { .. }
            | Home::Request { .. }
            | Home::Response { .. }
            | Home::Parameter { .. }
            | Home::Header { .. }
            | Home::Component { .. } => None,
        }
    }

    /// The definition of that name, those of earlier documents first.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|it| it.name.as_str() == name)
    }

    /// The operation of that operationId, or of that method and path (`POST /items`).
    pub fn operation(&self, name: &str) -> Option<(OperationId, &Operation)> {
        let position = self
            .operations
            .iter()
            .position(|it| it.id.as_ref().is_some_and(|id| id.as_str() == name))
            .or_else(|| self.operations.iter().position(|it| it.label() == name))?;
        let id = OperationId(u32::try_from(position).ok()?);
        Some((id, &self.operations[position]))
    }
}

/// One OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// A short name, such as `agent` for `specs/agent.yaml`; distinct in a model.
    pub name: WireName,
    /// The title of the API.
    pub title: String,
    /// The version of the API.
    pub version: String,
    /// What the API is for, in CommonMark.
    pub description: Option<String>,
    /// Which version of OpenAPI it is read as.
    pub dialect: Dialect,
    /// Where the API is served.
    pub servers: Vec<Server>,
    /// The ways to prove who is calling, by name.
    pub security_schemes: Vec<SecurityScheme>,
}

/// The versions of OpenAPI that differ in what a schema means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// 3.0: a dialect of an early JSON Schema.
    V3_0,
    /// 3.1 and later: JSON Schema 2020-12.
    V3_1,
}

/// Where an API is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The address as written, perhaps relative, perhaps with `{variables}`.
    pub url: String,
    /// What is served there.
    pub description: Option<String>,
}

/// One way to prove who is calling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The name that requirements refer to.
    pub name: WireName,
    /// What is to be sent.
    pub kind: SecuritySchemeKind,
    /// What it is, in CommonMark.
    pub description: Option<String>,
}

/// What a security scheme asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecuritySchemeKind {
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where the key is put.
        place: crate::ParameterPlace,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// The `Authorization` header with the scheme named, such as `bearer`.
    Http {
        /// The name of the scheme.
        scheme: String,
    },
    /// Anything else, by its type as written (`oauth2`, `openIdConnect`, `mutualTLS`).
    Other {
        /// The type as written.
        kind: String,
    },
}

/// A schema that a document defines by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The document that defines it.
    pub document: DocumentId,
    /// Its name there.
    pub name: WireName,
    /// What it is.
    pub schema: SchemaId,
}

/// Where a schema stands: what an inline type is named after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// It is `Model::definitions[_]`.
    Definition(u32),
    /// Inside another schema.
    Within {
        /// The schema around it.
        parent: SchemaId,
        /// The way from there.
        step: Step,
    },
    /// The body of a request.
    Request {
        /// Whose body.
        operation: OperationId,
        /// For which media type.
        media_type: String,
    },
    /// The body of a response.
    Response {
        /// Whose response.
        operation: OperationId,
        /// For which status.
        status: crate::Status,
        /// For which media type.
        media_type: String,
    },
    /// A parameter of an operation.
    Parameter {
        /// Whose parameter.
        operation: OperationId,
        /// Its name.
        name: WireName,
    },
    /// A header of a response.
    Header {
        /// Whose response.
        operation: OperationId,
        /// For which status.
        status: crate::Status,
        /// Its name.
        name: WireName,
    },
    /// A named component other than a schema: a response, request body, parameter or header.
    Component {
        /// The document that defines it.
        document: DocumentId,
        /// The section it stands in, such as `responses`.
        section: &'static str,
        /// Its name there.
        name: WireName,
        /// The media type, where the section has bodies.
        media_type: Option<String>,
    },
}

/// The way from a schema to one inside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The value of a property.
    Property(WireName),
    /// The value of properties whose names match.
    PatternProperty(String),
    /// The value of every other property.
    Rest,
    /// The names of the properties.
    Names,
    /// Applies if that property is there.
    Dependent(WireName),
    /// The items of a list.
    Items,
    /// The item at that place.
    Prefix(u32),
    /// What some items must be.
    Contains,
    /// A branch of which all hold.
    All(u32),
    /// A branch of which any holds.
    Any(u32),
    /// A branch of which one holds.
    One(u32),
    /// What must not hold.
    Not,
    /// The condition.
    If,
    /// What holds if the condition does.
    Then,
    /// What holds if the condition does not.
    Else,
    /// The items that nothing else spoke of.
    UnevaluatedItems,
    /// The properties that nothing else spoke of.
    UnevaluatedProperties,
    /// Defined by name inside the schema.
    Definition(WireName),
    /// Reached by a reference only, at a place that is no schema position of its own.
    Elsewhere(String),
}

/// A scope for dynamic references: a document, or a schema that gives itself an identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// The dynamic anchors defined in it.
    pub dynamic_anchors: Vec<(String, SchemaId)>,
}
