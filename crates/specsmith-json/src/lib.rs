//! The one reading of JSON: RFC 8259 exactly, with spans, exact numbers and duplicate keys.
#![forbid(unsafe_code)]
