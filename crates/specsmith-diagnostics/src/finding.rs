//! One finding: what is wrong, where, and what to do.

use std::sync::Arc;

use crate::{Code, Excerpt, Level, Location};

/// Something that was found, in a payload, a specification or the configuration. What many findings
/// of a run have in common is shared between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing was found.
    pub code: Code,
    /// How grave it is, in this run.
    pub level: Level,
    /// What is wrong: one plain clause, without the value.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it stands; `None` where it is about the run as a whole.
    pub location: Option<Location>,
    /// The line it stands in, as it may be shown.
    pub excerpt: Option<Excerpt>,
    /// The JSON pointer of the value in its record or document.
    pub pointer: Option<String>,
    /// Which record of the file it is in.
    pub record: Option<Record>,
    /// The operation or schema that the payload was held against.
    pub operation: Option<Arc<str>>,
    /// The rule, where it is written.
    pub spec: Option<Arc<SpecPlace>>,
    /// The text that would mend it.
    pub suggestion: Option<Suggestion>,
    /// Other places that help to understand it.
    pub related: Vec<Related>,
}

impl Finding {
    /// A finding with nothing but its code, level and message.
    pub fn new(code: Code, level: Level, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            help: None,
            location: None,
            excerpt: None,
            pointer: None,
            record: None,
            operation: None,
            spec: None,
            suggestion: None,
            related: Vec::new(),
        }
    }

    /// The same finding, with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding, at a place of a source, the line shown as it is.
    #[must_use]
    pub fn at(mut self, sources: &crate::Sources, span: crate::Span) -> Self {
        let source = sources.get(span.source);
        self.location = Some(source.locate(span.start, span.end));
        self.excerpt = Some(source.excerpt(span.start, span.end));
        self
    }
}

/// Which record of a file a finding is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The place of the record among its file's, or of the item in its batch, from 0.
    pub index: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its id, where that may be shown.
    pub id: Option<String>,
}

/// Where a rule is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecPlace {
    /// The document.
    pub file: String,
    /// The line of the keyword, from 1.
    pub line: u64,
    /// The column of the keyword, from 1, in code points.
    pub column: u64,
    /// The JSON pointer of the keyword in the document.
    pub pointer: String,
    /// Whether the document is part of the command: no file of that name need be there.
    pub built_in: bool,
}

/// A text that would mend a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What stands in the place of the bytes.
    pub replacement: String,
    /// The first byte replaced, from the start of the file.
    pub byte_start: u64,
    /// The byte behind the last one replaced.
    pub byte_end: u64,
}

/// Another place that helps to understand a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is there, in one clause.
    pub message: String,
    /// Where.
    pub location: Location,
}
