//! The independent judge: JSON Schema made from the raw document, run by the jsonschema crate.
#![forbid(unsafe_code)]
