//! Which version of OpenAPI a document says it is of.

use specsmith_diagnostics::{SourceId, Span as Place};
use specsmith_ir::Dialect;
use specsmith_json::{Node, Span};

use crate::code;
use crate::notes::Note;

/// What a document says about its version, with the place where it says so.
pub(crate) enum Version {
    /// A version that is read.
    Read(Dialect),
    /// A version that is read as an earlier one.
    Later(Span),
    /// It says none.
    Missing(Span),
    /// One that is not read.
    Unsupported(Unsupported),
}

/// Why a document is not read.
pub(crate) struct Unsupported {
    swagger: bool,
    span: Span,
}

/// What a document says.
pub(crate) fn of(root: &Node) -> Version {
    if let Some(swagger) = root.as_object().and_then(|it| it.member("swagger")) {
        return Version::Unsupported(Unsupported {
            swagger: true,
            span: swagger.node.span,
        });
    }
    let Some(entry) = root.get("openapi") else {
        return Version::Missing(first_bytes(root));
    };
    // `openapi: 3.1` is a number to YAML.
    let written = match (entry.as_str(), entry.as_number()) {
        (Some(text), _) => text,
        (None, Some(number)) => number.as_str(),
        (None, None) => "",
    };
    let mut parts = written.trim().split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Version::Read(Dialect::V3_0),
        (Some("3"), Some("1")) => Version::Read(Dialect::V3_1),
        (Some("3"), Some("2")) => Version::Later(entry.span),
        _ => Version::Unsupported(Unsupported {
            swagger: false,
            span: entry.span,
        }),
    }
}

impl Unsupported {
    pub(crate) fn note(&self, source: SourceId) -> Note {
        let place = Place {
            source,
            start: self.span.start,
            end: self.span.end,
        };
        if self.swagger {
            let message = "this is a Swagger 2.0 document; OpenAPI 3.0 and 3.1 are read";
            Note::deny(code::UNSUPPORTED_VERSION, place, message).help(
                "convert it to OpenAPI 3 first, as with `npx swagger2openapi` or the Swagger editor",
            )
        } else {
            let message = "this version of OpenAPI is not read";
            Note::deny(code::UNSUPPORTED_VERSION, place, message)
                .help("write the version as `3.0.3` or `3.1.0`; 3.2 is read as 3.1")
        }
    }
}

/// What is said of a version that is read as 3.1.
pub(crate) fn later(place: Place) -> Note {
    let message = "OpenAPI 3.2 is read as 3.1; what only 3.2 has is passed over";
    Note::warn(code::NEWER_VERSION, place, message)
}

/// What is said of a document that should be OpenAPI and does not say so.
pub(crate) fn missing(place: Place) -> Note {
    let message = "this is no OpenAPI document: it has no `openapi`";
    Note::deny(code::NOT_OPENAPI, place, message)
        .help("begin it with the version that it is written in, such as `openapi: 3.0.3`")
}

/// The first byte of a document: the whole would be no place.
fn first_bytes(root: &Node) -> Span {
    let start = root.span.start;
    Span::new(start, root.span.end.min(start.saturating_add(1)))
}
