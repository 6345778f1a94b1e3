//! What a judge says about one record, before anyone knows which file the record came from.

use crate::{Code, Span};

/// Something wrong with one record. Bytes count from the first byte of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What kind of thing is wrong.
    pub code: Code,
    /// What is wrong: one plain clause, without the value.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The bytes meant.
    pub bytes: std::ops::Range<u64>,
    /// The JSON pointer of the value in the record.
    pub pointer: String,
    /// The keyword in the specification that says so.
    pub spec: Option<Span>,
    /// A text that would mend it, and the bytes it replaces.
    pub suggestion: Option<(String, std::ops::Range<u64>)>,
    /// Other bytes of the record that help to understand it, each with a clause.
    pub related: Vec<(String, std::ops::Range<u64>)>,
    /// The property that is missing from the value, where that is what is wrong.
    pub missing: Option<Box<str>>,
}

impl Mistake {
    /// A mistake of which no more is known; at the root of the record.
    pub fn new(code: Code, message: impl Into<String>, bytes: std::ops::Range<u64>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            bytes,
            pointer: String::new(),
            spec: None,
            suggestion: None,
            related: Vec::new(),
            missing: None,
        }
    }
}
