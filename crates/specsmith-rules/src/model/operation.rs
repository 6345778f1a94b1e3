//! Operations: where a body is sent, and what it must be.

use core::fmt;
use core::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::{Report, Valid, Validate, from_json};

/// One operation of an API, with the type of its request body: `()` where it takes none.
///
/// ```
/// use specsmith_rules::Operation;
///
/// const PING: Operation<()> = Operation::new("POST", "/ping", "ping");
/// assert_eq!(PING.to_string(), "POST /ping");
/// ```
pub struct Operation<Body> {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template, such as `/items/{id}`.
    pub path: &'static str,
    /// The operationId, else the method and the path.
    pub id: &'static str,
    body: PhantomData<fn() -> Body>,
}

impl<Body> Operation<Body> {
    /// An operation of that method, path and operationId.
    #[must_use]
    pub const fn new(method: &'static str, path: &'static str, id: &'static str) -> Self {
        Self {
            method,
            path,
            id,
            body: PhantomData,
        }
    }
}

impl<Body: Validate + DeserializeOwned> Operation<Body> {
    /// Reads a request body and checks every rule.
    ///
    /// # Errors
    /// All that is wrong with it, as [`from_json`] has it.
    pub fn body_from_json(&self, json: &[u8]) -> Result<Valid<Body>, Report> {
        from_json(json)
    }
}

impl<Body> Clone for Operation<Body> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Body> Copy for Operation<Body> {}

impl<Body> fmt::Debug for Operation<Body> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("id", &self.id)
            .finish()
    }
}

/// `POST /items/{id}`.
impl<Body> fmt::Display for Operation<Body> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
